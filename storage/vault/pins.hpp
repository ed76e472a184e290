#pragma once
// Staff and their PINs, inside the vault's database. A PIN alone says who it is, so no two are
// equal. Wrong ones are counted by pin_tries.hpp. `pepper` is a key that is not in the database.

#include <string_view>
#include <vector>

#include "storage/domain/values/pin_place.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/staff_member.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::pins {

Result<Done> put(Database& database, std::string_view pepper, const StaffMember& member,
                 std::string_view pin);
Result<Done> remove(Database& database, std::string_view id);
/// Whether any PIN was mixed with a pepper.
bool has_marks(Database& database);
std::vector<StaffMember> all(Database& database);
Result<StaffMember> check(Database& database, std::string_view pepper, std::string_view pin,
                          PinPlace place, Instant now);

}  // namespace keepsake::pins

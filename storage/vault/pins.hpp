#pragma once
// Staff and their PINs, inside the vault's database. A PIN alone says who it is, so no two are
// equal.

#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/staff_member.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::pins {

Result<Done> put(Database& database, const StaffMember& member, std::string_view pin);
Result<Done> remove(Database& database, std::string_view id);
std::vector<StaffMember> all(Database& database);
Result<StaffMember> check(Database& database, std::string_view pin, Instant now);

}  // namespace keepsake::pins

#pragma once
// Staff: who works at the store's tills, and who signs in.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/pin_place.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Book;
class Reader;
class Vault;

/// Everybody, by id.
Result<std::vector<StaffEntry>> all_staff(Reader& reader, Vault& vault);
/// Of somebody with this id; StaffRole::none: nobody has it.
Result<StaffRole> role_of(Reader& reader, std::string_view id);

/// Vault::check_pin among the store's staff.
Result<StaffMember> sign_in(Reader& reader, Vault& vault, std::string_view pin, PinPlace place,
                            Instant now);

/// Takes somebody on, or changes their name, role and, where one is given, PIN. `by`: an id of
/// staff, or "shell:USER". Failure::bad_input "staff.id", and those of Vault::seal_staff.
Result<FactId> put_staff(Book& book, const StaffMember& member, std::optional<std::string_view> pin,
                         std::string_view by, LocalTime at);
/// Failure::not_found "staff.none".
Result<FactId> remove_staff(Book& book, std::string_view id, std::string_view by, LocalTime at);

}  // namespace keepsake

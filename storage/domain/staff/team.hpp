#pragma once
// What holds of everybody who works at the store's tills, taken together.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

/// An id that nobody has, for somebody new: the small letters and digits of the first word that has
/// any, at most 20 of them, with -2, -3 and so on where it is taken. `latin_name`: the name in plain
/// Latin letters (in_ascii() of storage/locale).
std::string new_staff_id(std::string_view latin_name, std::span<const StaffEntry> everybody);

/// A till that no manager can sign in to helps nobody. Failure::refused "staff.last-manager": of
/// those who could, none is left once the one with this id has the role. `none`: they leave.
Result<Done> expect_manager_left(std::span<const StaffEntry> everybody, std::string_view id,
                                 StaffRole role);

}  // namespace keepsake

#pragma once

#include <string>

#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// Somebody begins to work at the store's tills, stops, or gets another name, role or PIN. It says
/// all of the person; of several facts about one id the last in head office's order stands.
struct StaffChange {
  SealedStaffMember member;
  std::string staff;  ///< who did it; empty: head office
  LocalTime at;
  bool operator==(const StaffChange&) const = default;
};

/// Failure::bad_input "staff.id", "staff.name", "staff.role".
Result<Done> check(const StaffChange& change);

/// Up to 32 small letters, digits, - and _. Failure::bad_input "staff.id".
Result<Done> check_staff_id(std::string_view id);

}  // namespace keepsake

#pragma once
// Who works at the till.

#include <string>

#include "storage/domain/values/ids.hpp"

namespace keepsake {

struct StaffMember {
  std::string id;    ///< short, appears in facts
  std::string name;  ///< shown on screens and receipts
  bool manager = false;
  bool operator==(const StaffMember&) const = default;
};

struct StaffEntry {
  StaffMember member;
  bool has_pin = false;  ///< without one nobody can sign in
  bool operator==(const StaffEntry&) const = default;
};

enum class StaffRole : unsigned char {
  none,  ///< does not work here any more
  cashier,
  manager,
};

/// The same as facts and records have it: name and PIN are sealed under a key of this person, which
/// is kept and sent like a customer's.
struct SealedStaffMember {
  std::string id;
  StaffRole role = StaffRole::none;
  CustomerRef key;          ///< names the key; nobody where there is nothing sealed
  std::string sealed_name;  ///< UTF-8
  std::string sealed_pin;   ///< storage/vault/pins.hpp; empty: no PIN yet
  bool operator==(const SealedStaffMember&) const = default;
};

}  // namespace keepsake

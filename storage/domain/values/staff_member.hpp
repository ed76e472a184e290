#pragma once
// Who works at the till.

#include <string>

namespace keepsake {

struct StaffMember {
  std::string id;    ///< short, appears in facts
  std::string name;  ///< shown on screens and receipts
  bool manager = false;
  bool operator==(const StaffMember&) const = default;
};

}  // namespace keepsake

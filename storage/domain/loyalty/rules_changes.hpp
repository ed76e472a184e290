#pragma once
// How two programmes differ, for a person who is about to publish one.

#include <string>
#include <vector>

#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

struct RulesChange {
  enum class How : unsigned char { added, removed, changed };
  How how = How::changed;
  std::string what;  ///< "rule", "multiplier", "group", "level", "reward"; "setting" for the rest
  std::string id;    ///< of a setting: "name", "earning", "expiry", "levels", "paying", ...
  bool operator==(const RulesChange&) const = default;
};

/// Nothing where they are equal; otherwise at least one. In the order of `after`, what was removed
/// behind it.
std::vector<RulesChange> changes_between(const Rules& before, const Rules& after);

}  // namespace keepsake::loyalty

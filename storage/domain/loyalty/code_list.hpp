#pragma once
// Codes of a reward that come from a file, not from the programme: coupons that customers show, or
// vouchers that are handed out, as the reward's kind says. Each is good once. They belong to the
// till where they were brought in, since two would hand out the same code.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// Type 44: a part of a list, in the order in which vouchers are handed out.
struct CodesAdded {
  LocalTime at;
  std::string staff;
  std::string reward;
  std::vector<std::string> codes;  ///< as written; 1..limits::codes_per_fact
  bool operator==(const CodesAdded&) const = default;
};
/// Failure::bad_input "codes.*", "text.*", ::limit "codes.limit".
Result<Done> check(const CodesAdded& added);

/// A list as the facts that hold it, one after the other.
std::vector<CodesAdded> parts_of(const CodesAdded& list);

/// How many codes of a reward were brought in here.
struct CodeCount {
  std::int64_t all = 0;
  std::int64_t used = 0;
};

namespace loyalty {

/// When a code was taken, and by whom.
struct CodeUse {
  LocalTime at;
  std::string staff;  ///< "": nobody's name was recorded
  bool operator==(const CodeUse&) const = default;
};

/// What is known of a code of a list.
struct ListedCode {
  std::string code;  ///< as the list writes it
  std::string reward;
  std::optional<CodeUse> used;
  bool operator==(const ListedCode&) const = default;
};

}  // namespace loyalty
}  // namespace keepsake

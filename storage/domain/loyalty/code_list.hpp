#pragma once
// Codes of a reward that come from a file, not from the programme: coupons that customers show, or
// vouchers that are handed out, as the reward's kind says. Each is good once. A till alone hands out
// any of them; where there is a head office it deals them out, and a till hands out its own, since two
// without a line would hand out the same code.

#include <optional>
#include <span>
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

/// Type 46, of head office: some codes of a part of a list are this till's to hand out.
struct CodesDealt {
  LocalTime at;
  std::string reward;
  FactId list;              ///< the CodesAdded that brought them in
  std::uint32_t first = 0;  ///< index among its codes
  std::uint32_t count = 0;  ///< 1..limits::codes_per_fact
  TerminalNumber to;
  bool operator==(const CodesDealt&) const = default;
};
Result<Done> check(const CodesDealt& dealt);

/// Where a code stands: in which part of a list, and there.
struct CodePlace {
  FactId list;
  std::uint32_t n = 0;
  bool operator==(const CodePlace&) const = default;
};
/// These codes of a reward, which rise within each list, are this till's.
std::vector<CodesDealt> dealt(LocalTime at, const std::string& reward,
                              std::span<const CodePlace> codes, TerminalNumber to);

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

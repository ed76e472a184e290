#pragma once
// What a search among customers answers.

#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"

namespace keepsake {

enum class MatchedBy { name, phone, email, card, field };  ///< field: one of the shop's own
std::string_view name_of(MatchedBy by);

/// How much of a name's word or of a value was typed.
enum class MatchedPart { whole, beginning, end };

/// One person. Personal: what a screen may show of it depends on who looks.
struct CustomerHit {
  CustomerRef ref;           ///< the one that is kept
  std::string label;         ///< masked name, else card, else origin
  std::string name;          ///< in full; empty: unknown
  std::string phone;         ///< E.164, the one that was found, else the first; may be empty
  std::string masked_phone;  ///< of `phone`
  MatchedBy by = MatchedBy::name;
  MatchedPart part = MatchedPart::whole;
  std::string matched;  ///< the whole value that was found: name, phone, e-mail or card
  bool operator==(const CustomerHit&) const = default;
};

}  // namespace keepsake

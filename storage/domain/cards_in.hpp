#pragma once
// Which gift cards a fact is about.

#include <string>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/values/money.hpp"

namespace keepsake {

struct CardNamed {
  std::string card;
  Currency currency;  ///< of what it moves on the card; none: it moves nothing
  bool operator==(const CardNamed&) const = default;
};
/// Each once. What a return takes back of a top-up it does not name: only records know that card.
std::vector<CardNamed> cards_in(const Fact& fact);

}  // namespace keepsake

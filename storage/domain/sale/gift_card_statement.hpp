#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

/// Money on a gift card that came together.
struct StatedMoney {
  FactId from;                  ///< that brought it: what is refunded of it goes out of it first
  Money amount;                 ///< > 0
  std::optional<Date> expires;  ///< the last day; nullopt: never
  bool top_up = true;           ///< a later top-up gives its day to it; not to what was refunded
  bool operator==(const StatedMoney&) const = default;
};

/// What is on a gift card, by head office, which alone knows what every store did with it. A store
/// hears it of cards of other stores; it says nothing of who bought the card or what it paid for.
struct GiftCardStatement {
  LocalTime at;
  std::string card;
  Currency currency;
  std::vector<StatedMoney> money;  ///< all of it, in the order in which it came
  std::optional<Date> sold_on;
  GiftCardState state = GiftCardState::active;
  std::string reason;  ///< why it is blocked
  bool operator==(const GiftCardStatement&) const = default;
};
Result<Done> check(const GiftCardStatement& statement);

}  // namespace keepsake

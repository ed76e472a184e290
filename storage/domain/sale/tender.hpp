#pragma once
// What a purchase is paid with, or a return given back by.

#include <optional>
#include <string>

#include "storage/domain/values/money.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// unknown: imported sales that do not say. points, wallet: of the purchase's customer.
enum class TenderKind { cash, card, unknown, points, wallet, gift_card };

struct Tender {
  TenderKind kind = TenderKind::cash;
  Money amount;           ///< what it paid of the total (cash: including cash rounding)
  Money tendered;         ///< what was handed over; >= amount; the difference is change
  std::string reference;  ///< card: the terminal's reference, never a card number; gift_card: its
                          ///< card_name()
  /// A return's onto a gift card or wallet: the last day of what it gives back; nullopt: never.
  std::optional<Date> expires = {};
  bool operator==(const Tender&) const = default;
};

}  // namespace keepsake

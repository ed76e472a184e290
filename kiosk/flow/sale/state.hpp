#pragma once
// The screens of a sale.

#include <memory>
#include <optional>
#include <string>

#include "kiosk/flow/sale/done.hpp"
#include "kiosk/flow/sale/panes.hpp"
#include "kiosk/flow/sale/returning.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/flow/shared/field.hpp"
#include "storage/domain/loyalty/events.hpp"

namespace keepsake {
struct Purchase;
}

namespace keepsake::flow {

/// The sale itself is Session::till; this is only how one looks at it.
struct Sale {
  SalePane pane;
  std::optional<std::size_t> touched;  ///< the line last added or changed: highlight, keep in view
  int page = 0;
  std::optional<LoyaltyEvent> recording = {};  ///< rewards that the worker has, while it writes
  bool operator==(const Sale&) const = default;
};

/// Paying. What was taken so far is Session::till.tenders; figures: figures.hpp.
struct Tendering {
  TenderKind kind = TenderKind::cash;
  Field editing = Field::amount;
  std::string amount;     ///< empty: all that is left, or all that this tender can pay of it
  std::string reference;  ///< card: the terminal's reference; gift card: its number as typed
  std::optional<GiftCardView> card = {};  ///< the gift card that pays
  std::shared_ptr<const Purchase> recording =
      {};  ///< what the worker has, while a write is pending
  bool operator==(const Tendering&) const = default;
};

}  // namespace keepsake::flow

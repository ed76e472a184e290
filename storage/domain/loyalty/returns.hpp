#pragma once
// Undoing a purchase, whole or in parts: what it earned is taken back and what it spent is given
// back in proportion to the pieces that return, each exactly once. Rounding is cumulative, so that
// parts sum to the whole; parts take and give no smaller points than the programme counts in, what
// that leaves goes with the last piece of the purchase.

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/rules.hpp"

namespace keepsake::loyalty {

struct SoldLine {
  Quantity quantity;  ///< > 0
  Money net;          ///< paid for it in money: discounts and points tenders taken off
  Points earned;      ///< its share of what the purchase earned
  Points spent;       ///< its share of what the purchase spent
  bool operator==(const SoldLine&) const = default;
};

/// A debit of the purchase, with the lot's own dates: the lot may be gone from the records by now.
struct SpentLot {
  std::string lot;
  Points points;
  std::optional<Date> expires;
  bool operator==(const SpentLot&) const = default;
};

/// What the ledger holds of one purchase.
struct PurchaseLedger {
  std::vector<SoldLine> lines;
  std::vector<std::string> lots;  ///< ids of the lots it issued
  Points expired;                 ///< what expiry took of those lots: it has gone back already
  std::vector<SpentLot> spent;    ///< in the order they were consumed; sums to the lines' `spent`
  bool operator==(const PurchaseLedger&) const = default;
};

struct LineQuantity {
  std::size_t line = 0;
  Quantity quantity;  ///< > 0
  bool operator==(const LineQuantity&) const = default;
};

struct ReturnedLine {
  std::size_t line = 0;
  Quantity quantity;
  Money amount;         ///< to give back
  Money amount_before;  ///< what earlier returns of the line gave
  Points reversed;      ///< earned points that go
  Points given_back;    ///< spent points that come
  bool operator==(const ReturnedLine&) const = default;
};

struct ReturnQuote {
  std::vector<ReturnedLine> lines;
  Money amount;
  Money amount_before;  ///< over all lines of the purchase
  Points reversed;
  Points given_back;
  std::vector<LotUse> restored;     ///< onto lots that still live; never beyond what they lost
  std::vector<IssuedLot> new_lots;  ///< for those that have expired since
  std::vector<LotUse> taken;  ///< out of which lots the reversal comes: the purchase's own first
  Points debt_before;
  Points debt_after;  ///< what lots could not cover
  Points balance_before;
  Points balance_after;
  Pending pending_after;  ///< of balance_after
  std::vector<Why> why;
  bool operator==(const ReturnQuote&) const = default;
};

/// The purchase as a ledger, had `quoted` been paid. Order and event bonuses are spread over the
/// lines by what was paid for them, spent points by what they took off, by largest remainder.
/// Points spent on rewards handed over (gift, voucher, donation, cash) stay spent: goods do not
/// undo them. `lot_ids` name quoted.new_lots, `member` is the one quoted for. A purchase of no
/// lines gives an empty ledger.
Result<PurchaseLedger> ledger_of(const Quote& quoted, const Basket& basket, const Member& member,
                                 const std::vector<std::string>& lot_ids);

/// Failure::refused "return.exceeds" when more returns than was sold, Failure::bad_input
/// "return.line" for a line that does not exist or stands twice.
Result<ReturnQuote> quote_return(const Rules& programme, const PurchaseLedger& original,
                                 const std::vector<LineQuantity>& returned_before,
                                 const std::vector<LineQuantity>& returning, const Member& member,
                                 LocalTime at);

}  // namespace keepsake::loyalty

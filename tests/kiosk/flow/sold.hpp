#pragma once
// A purchase as a return finds it, made without a book: what it earned is spread over its lines by
// their amounts, from one lot.

#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/values/rounding.hpp"

namespace keepsake::flow {

inline constexpr const char* sold_lot = "00000000000000000000000000000002:0";

/// `member`: who bought, with all that was earned still there.
inline std::shared_ptr<const ReturnBasis> basis_of(
    const FactId& id, const Purchase& purchase, loyalty::Member member,
    std::vector<loyalty::LineQuantity> returned = {}) {
  loyalty::PurchaseLedger ledger;
  std::vector<std::int64_t> weights;
  for (const PurchaseLine& line : purchase.lines) weights.push_back(line.amount.minor);
  const auto shares =
      allocate_or_evenly({purchase.points_earned.hundredths, purchase.currency}, weights);
  for (std::size_t i = 0; i < purchase.lines.size(); ++i) {
    const PurchaseLine& line = purchase.lines[i];
    ledger.lines.push_back({line.quantity, line.amount, Points{(*shares)[i].minor}, {}});
  }
  if (purchase.points_earned.hundredths > 0) {
    ledger.lots = {sold_lot};
    member.lots.push_back(
        {sold_lot, purchase.points_earned, purchase.points_earned, purchase.at.date(), {}});
  }
  return std::make_shared<const ReturnBasis>(
      ReturnBasis{std::move(member), {{id, purchase, std::move(ledger), std::move(returned)}}});
}

}  // namespace keepsake::flow

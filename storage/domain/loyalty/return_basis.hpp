#pragma once

#include <vector>

#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/sale/purchase.hpp"

namespace keepsake {

/// What a return is judged by: the member, and each purchase that goods come back from.
struct SoldPurchase {
  FactId id;
  Purchase purchase;
  loyalty::PurchaseLedger ledger;
  std::vector<loyalty::LineQuantity> returned;  ///< before
  std::int64_t rounded_minor = 0;  ///< what coins added to earlier returns of it, or took
  bool operator==(const SoldPurchase&) const = default;
};

struct ReturnBasis {
  loyalty::Member member;
  std::vector<SoldPurchase> purchases;
  bool operator==(const ReturnBasis&) const = default;
};

}  // namespace keepsake

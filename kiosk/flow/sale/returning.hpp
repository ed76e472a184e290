#pragma once
// Taking goods back: first which purchase, then what of it and how the money goes, then done.

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/flow/sale/touches.hpp"
#include "kiosk/flow/shared/field.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/views/purchase_summary.hpp"

namespace keepsake::flow {

/// "Scan the receipt, or choose the purchase."
struct ReturnFind {
  enum class List { asked, there, failed };
  CustomerRef customer;                 ///< whose purchases are listed; nobody: all of this till
  std::string number;                   ///< of a receipt of this till, as typed
  std::vector<PurchaseSummary> recent;  ///< newest first
  List list = List::asked;
  bool operator==(const ReturnFind&) const = default;
};

/// As it is recorded (Return::reason): "unwanted"; empty when unsaid.
std::string_view word_of(ReturnReason reason);

/// What of one purchase comes back.
struct Returning {
  ReturnBasis basis;             ///< with this purchase alone
  std::vector<Quantity> chosen;  ///< by its lines
  TenderKind kind = TenderKind::cash;
  std::string reference;          ///< card: the slip's; gift card: its number as typed
  std::string card;               ///< card_name() of the gift card that takes the money
  Field editing = Field::amount;  ///< reference: it is being typed
  ReturnReason reason = ReturnReason::unsaid;
  /// What is chosen, as it would be recorded, but that money other than cash is not said to go
  /// anywhere yet; none: nothing is chosen.
  std::optional<Return> draft;

  const ReturnBasis::Sold& sold() const {
    assert(basis.purchases.size() == 1);
    return basis.purchases.front();
  }
  bool operator==(const Returning&) const = default;
};

/// What has not come back of a line yet.
Quantity left_of(const ReturnBasis::Sold& sold, std::size_t line);

/// Earned points that go: of what is reversed, that which has not expired by itself.
Points points_taken(const Return& returned);

/// A purchase as it is opened: nothing chosen, the money goes the way it came.
Returning opened(ReturnBasis basis);

}  // namespace keepsake::flow

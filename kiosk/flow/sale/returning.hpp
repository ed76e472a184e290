#pragma once
// Taking goods back: first which purchase, then what of it and how the money goes, then done.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/flow/sale/touches.hpp"
#include "kiosk/flow/shared/field.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/views/purchase_summary.hpp"

namespace keepsake {
struct ReturnBasis;
struct SoldPurchase;
}  // namespace keepsake

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
  std::shared_ptr<const ReturnBasis> basis;  ///< with this purchase alone; never null
  std::vector<Tender> refunds;               ///< of it before
  std::vector<Quantity> chosen;              ///< by its lines
  /// Over all the tenders that paid (refund_over()), not by `kind` alone; only where there are
  /// several.
  bool as_paid = false;
  TenderKind kind = TenderKind::cash;  ///< as_paid: card, of which a reference may be asked
  std::string reference;               ///< card: the slip's; gift card: its number as typed
  std::string card;                    ///< card_name() of the gift card that takes the money
  Field editing = Field::amount;       ///< reference: it is being typed
  ReturnReason reason = ReturnReason::unsaid;
  /// What is chosen, as it would be recorded, but that money other than cash is not said to go
  /// anywhere yet; none: nothing is chosen.
  std::optional<Return> draft;

  const SoldPurchase& sold() const;
  /// Whether the money can go back over several tenders.
  bool paid_in_parts() const;
  bool operator==(const Returning&) const = default;
};

/// What has not come back of a line yet.
Quantity left_of(const SoldPurchase& sold, std::size_t line);

/// Earned points that go: of what is reversed, that which has not expired by itself.
Points points_taken(const Return& returned);

/// What of the draft goes by `kind`; nothing without one.
Money going_by(const Returning& returning, TenderKind kind);
/// All that is given back.
Money given_by(const Return& returned);

/// A purchase as it is opened: nothing chosen, the money goes the way it came.
Returning opened(std::shared_ptr<const ReturnBasis> basis, std::vector<Tender> refunds = {});

}  // namespace keepsake::flow

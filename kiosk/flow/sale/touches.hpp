#pragma once
// Touches of the sale, of paying and of returns.

#include <cstddef>
#include <string>
#include <variant>

#include "storage/domain/loyalty/cash_out.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

enum class ReturnReason { unsaid, unwanted, faulty, wrong };

struct OpenSearch {};

struct OpenCustomer {};  ///< attach a member

struct DetachCustomer {};

struct OpenQuantity {
  std::size_t line;
};  ///< by piece: a keypad; weighed: the weight again

struct AddPieces {
  std::size_t line;
  int pieces;
};  ///< the + and - buttons; down to 0 voids the line

struct VoidLine {
  std::size_t line;
};

struct OpenSerial {
  std::size_t line;
};  ///< start cover on this line's item

struct OpenClear {};  ///< ask before throwing the basket away; Submit does it

struct OpenMore {};

struct OpenWhy {};

struct OpenRewards {};

struct OpenCoupon {};

struct ClaimReward {
  std::string reward;
  int steps;  ///< more or fewer
};

/// How money for points is given.
struct ChooseCashOut {
  CashOut way;
};

struct DropCode {
  std::size_t index;
};

/// The answers to "use your points now, or keep them?"; both go on to paying.
struct UsePoints {};

struct KeepPoints {};

struct OpenGiftCard {
  StoredValue kind;
};

struct AskCardState {};  ///< block the gift card of the pane, or free it; Submit does it

struct HoldSale {};

struct OpenHeldSales {};

struct RecallSale {
  std::size_t index;
};  ///< of Device::held

struct OpenAgain {};  ///< the member's last basket; Submit puts it in

struct OpenPeople {};  ///< the sale's customer by name instead of by phone

struct RefundAsPaid {};  ///< over the tenders that paid

struct ChooseTender {
  TenderKind kind;
};

struct QuickAmount {
  Money amount;
};  ///< fills the amount; Submit takes it

struct RemoveTender {
  std::size_t index;
};

struct PrintReceipt {};  ///< on the done screens; again after a failure

struct PickPurchase {
  std::size_t index;
};  ///< of ReturnFind::recent

struct ReturnPieces {
  std::size_t line;
  int pieces;
};  ///< the + and - buttons; what is weighed comes back whole

struct ReturnAll {};

struct ChooseReason {
  ReturnReason reason;
};  ///< the one chosen already: none

using SaleTouches =
    Types<OpenSearch, OpenCustomer, DetachCustomer, OpenQuantity, AddPieces, VoidLine, OpenSerial,
          OpenClear, OpenMore, OpenWhy, OpenRewards, OpenCoupon, ClaimReward, ChooseCashOut,
          DropCode, UsePoints, KeepPoints, OpenGiftCard, AskCardState, HoldSale, OpenHeldSales,
          RecallSale, OpenAgain, OpenPeople, RefundAsPaid, ChooseTender, QuickAmount, RemoveTender,
          PrintReceipt, PickPurchase, ReturnPieces, ReturnAll, ChooseReason>;

}  // namespace keepsake::flow

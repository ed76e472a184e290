#pragma once
// What the sale asks of the worker, and the answers.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flow/sale/held.hpp"
#include "kiosk/flow/shared/item_seen.hpp"
#include "kiosk/flow/shared/question.hpp"
#include "kiosk/flow/shared/requester.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/spending.hpp"
#include "storage/domain/values/types.hpp"
#include "storage/domain/views/customer_view.hpp"

namespace keepsake {
struct ActiveProgramme;
struct ReturnBasis;
}  // namespace keepsake

namespace keepsake::flow {

/// A code of a receipt's shape.
struct ReceiptScanned {
  std::optional<FactId> purchase;  ///< none: forged, or it names no purchase recorded here
};

/// A code of one list or several: a coupon, or a voucher that was handed out.
struct CodeScanned {
  std::vector<loyalty::ListedCode> listed;
};

/// The serial number of items under cover: one for each maker that uses it.
struct ItemsScanned {
  std::vector<ItemSeen> items;  ///< not empty
};

/// What a scanned code turned out to be. monostate: nothing known.
using Scanned = std::variant<std::monostate, Article, CustomerView, ReceiptScanned, GiftCardView,
                             CodeScanned, ItemsScanned>;

struct ScanResolved {
  Ticket ticket = {};
  Result<Scanned> scanned;
  std::string text = {};
};

/// Article by GTIN or code, else member by card, else gift card, code of a list, receipt, serial of items
/// under cover.
struct ResolveScan {
  using Answer = ScanResolved;
  static constexpr Wait wait = Wait::person;
  std::string text;
  Ticket ticket = {};
  Requester requester = {};
  void echo(Answer& to) const { to.text = text; }
};

inline constexpr std::size_t articles_shown = 50;  ///< of a search at first, and more at a time
inline constexpr std::size_t articles_most = 500;  ///< beyond these another letter helps

struct ArticlesFound {
  Ticket ticket = {};
  Result<std::vector<Article>> articles;
  std::string words = {};
  bool more = false;  ///< there are others beyond the limit
};

struct SearchArticles {
  using Answer = ArticlesFound;
  static constexpr Wait wait = Wait::background;
  std::string words;
  Ticket ticket = {};
  Requester requester = {};
  std::size_t limit = articles_shown;
  void echo(Answer& to) const { to.words = words; }
};

struct MemberLoaded {
  Ticket ticket = {};
  Result<loyalty::Member> member;
  CustomerRef customer = {};
};

/// What the rules know of the customer.
struct LoadMember {
  using Answer = MemberLoaded;
  static constexpr Wait wait = Wait::person;
  CustomerRef customer;
  LocalTime at;
  /// By which the sale is judged; null: by the one in force.
  std::shared_ptr<const ActiveProgramme> programme = {};
  Ticket ticket = {};
  Requester requester = {};
  void echo(Answer& to) const { to.customer = customer; }
};

struct GiftCardFound {
  Ticket ticket = {};
  Result<std::optional<GiftCardView>> found;
  std::string card = {};
};

struct LookUpGiftCard {
  using Answer = GiftCardFound;
  static constexpr Wait wait = Wait::person;
  std::string card;  ///< card_name()
  Ticket ticket = {};
  Requester requester = {};
  void echo(Answer& to) const { to.card = card; }
};

struct LinesFound {
  Ticket ticket = {};
  Result<std::vector<FoundLine>> lines;
  std::optional<std::vector<HeldSaleView>> held = {};  ///< what is held after recalling one
};

/// The lines of a purchase with their articles as they are sold today.
struct LoadLines {
  using Answer = LinesFound;
  static constexpr Wait wait = Wait::person;
  FactId purchase;
  Ticket ticket = {};
  Requester requester = {};
};

struct OnHold {
  Ticket ticket = {};
  Result<std::vector<HeldSaleView>> held;  ///< all that are
};

/// Keeps the basket on this terminal, over a restart too.
struct PutOnHold {
  using Answer = OnHold;
  static constexpr Wait wait = Wait::write;
  HeldSale basket;
  Ticket ticket = {};
  Requester requester = {};
};

/// Recalls a held sale; it is kept no longer.
struct Recall {
  using Answer = LinesFound;
  static constexpr Wait wait = Wait::write;
  std::string id;
  Ticket ticket = {};
  Requester requester = {};
};

/// The fact is on disk (or is not: the error). With a member, their view after it.
struct Recorded {
  Ticket ticket = {};
  Result<FactId> id;
  std::optional<CustomerView> member = {};
  std::optional<ShiftView> shift = {};  ///< the open shift after it
  /// Why it is not recorded, where less may be spent than it spends.
  std::optional<Shortage> shortage = {};
};

struct RecordFact {
  using Answer = Recorded;
  static constexpr Wait wait = Wait::write;
  Fact fact;
  Ticket ticket = {};
  Requester requester = {};
};

struct PurchasesListed {
  Ticket ticket = {};
  Result<std::vector<PurchaseSummary>> purchases;
};

/// -> PurchasesListed, newest first; of everybody where `customer` is nobody.
struct ListPurchases {
  using Answer = PurchasesListed;
  static constexpr Wait wait = Wait::background;
  CustomerRef customer;
  Ticket ticket = {};
  Requester requester = {};
};

struct PurchaseOpened {
  Ticket ticket = {};
  /// With one purchase. Failure::not_found "return.unknown-purchase".
  Result<std::shared_ptr<const ReturnBasis>> basis;
  std::vector<Tender> refunds = {};  ///< of it before, however they were paid
};

/// By its id or by the number on its receipt.
struct OpenPurchase {
  using Answer = PurchaseOpened;
  static constexpr Wait wait = Wait::person;
  std::variant<FactId, Seq> which;
  LocalTime at;
  Ticket ticket = {};
  Requester requester = {};
};

using SaleQuestions = Types<ResolveScan, SearchArticles, LoadMember, LookUpGiftCard, LoadLines,
                            PutOnHold, Recall, RecordFact, ListPurchases, OpenPurchase>;
using SaleAnswers = Types<ScanResolved, ArticlesFound, MemberLoaded, GiftCardFound, LinesFound,
                          OnHold, Recorded, PurchasesListed, PurchaseOpened>;

}  // namespace keepsake::flow

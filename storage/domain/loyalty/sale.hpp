#pragma once
// From a basket to a purchase, and from a purchase to its return, with all that loyalty does. Pure:
// the member, the rules and the time are given.

#include <string>
#include <vector>

#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/loyalty/cash_out.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/sale/basket.hpp"

namespace keepsake {

struct LoyaltyEvent;
struct Return;
struct ReturnBasis;  // return_basis.hpp

/// Who sells when, under which programme.
struct SaleContext {
  LocalTime at;
  std::string staff;
  std::optional<FactId> shift;
  CustomerRef customer;
  Programme programme;
  CashStep cash_step;
  const StatutoryCover* statutory = nullptr;  ///< of the shop's country, where one is configured
};

/// What the customer asks for beside the goods.
struct SaleRequest {
  std::string store;
  std::vector<loyalty::Claim> claims;
  std::vector<std::string> codes;
  std::vector<loyalty::ListedCode> listed = {};  ///< of `codes`; see loyalty::Basket
  std::vector<loyalty::Event> events;
  CashOut cash_out = CashOut::onto_wallet;  ///< nothing leaves a drawer unasked
  bool operator==(const SaleRequest&) const = default;
};

/// The basket as the rules see it. Lines that pay in to a gift card or wallet carry the label
/// "gift-card" or "wallet" beside their article's own: rules leave them alone unless they name them
/// (loyalty::is_load). A line that starts cover registers a warranty.
loyalty::Basket loyalty_basket(const Basket& basket, const std::vector<Tender>& tenders,
                               const SaleRequest& request);

/// The quote of a sale as it stands; cash pays what the other tenders leave, if there is cash.
Result<loyalty::Quote> quote_sale(const Basket& basket, const std::vector<Tender>& tenders,
                                  const SaleRequest& request, const loyalty::Rules& rules,
                                  const loyalty::Member& member, LocalTime at);

/// The purchase that these lines and tenders make, with discounts, points and tiers. Tenders must
/// cover the total exactly, cash over-tendering apart. `rules` are those of `context.programme`,
/// `member` is `context.customer` at `context.at`. Failure as `check(Purchase)`; Failure::refused
/// "tender.short", "tender.over", or "loyalty.refused" when a claim, code or tender cannot be
/// honoured.
Result<Purchase> to_purchase(const Basket& basket, const std::vector<Tender>& tenders,
                             const SaleContext& context, const SaleRequest& request,
                             const loyalty::Rules& rules, const loyalty::Member& member);

/// Points without goods. Failure as to_purchase.
Result<LoyaltyEvent> to_event(const SaleContext& context, const SaleRequest& request,
                              const std::string& event, const loyalty::Rules& rules,
                              const loyalty::Member& member);

/// Lets a purchase that has happened already, as an import finds it, earn: prices stay, so rewards
/// and discounts of the programme play no part. Its lines say article and amount only: rules by
/// category, brand or label do not find them.
Result<Done> earn(Purchase& purchase, const ActiveProgramme& programme,
                  const loyalty::Member& member);

/// Sets what the return undoes: points_reversed and loyalty. Lines without a receipt undo nothing.
/// Failure as loyalty::quote_return; Failure::not_found "return.unknown-purchase".
Result<Done> reverse(Return& returned, const ReturnBasis& basis, const loyalty::Rules& rules);

struct ReturnedPiece {
  FactId purchase;
  std::uint32_t line_no = 0;
  Quantity quantity;
};

/// How a return gives the money back: cash, card, wallet or gift card (its name in `reference`).
struct Refund {
  TenderKind kind = TenderKind::cash;
  std::string reference;
  std::optional<Date> expires = {};  ///< wallet, gift card: the last day of what it gives back
};

/// The return of these pieces: amounts are what was paid for them in money, discounts and points
/// taken off. `context.programme` is not asked.
Result<Return> to_return(const std::vector<ReturnedPiece>& pieces, const Refund& refund,
                         const std::string& reason, const SaleContext& context,
                         const ReturnBasis& basis, const loyalty::Rules& rules);

}  // namespace keepsake

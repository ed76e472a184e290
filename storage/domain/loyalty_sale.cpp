#include "storage/domain/loyalty_sale.hpp"

#include <algorithm>

#include "storage/domain/limits.hpp"
#include "storage/domain/loyalty/why.hpp"

namespace keepsake {
namespace {

loyalty::TenderKind kind_of(TenderKind kind) {
  switch (kind) {
    case TenderKind::cash:
      return loyalty::TenderKind::cash;
    case TenderKind::card:
      return loyalty::TenderKind::card;
    case TenderKind::points:
      return loyalty::TenderKind::points;
    case TenderKind::wallet:
      return loyalty::TenderKind::wallet;
    case TenderKind::gift_card:
      return loyalty::TenderKind::gift_card;
    case TenderKind::unknown:
      break;
  }
  return loyalty::TenderKind::other;
}

std::vector<loyalty::Tender> without_cash(const std::vector<Tender>& tenders) {
  std::vector<loyalty::Tender> found;
  for (const Tender& tender : tenders)
    if (tender.kind != TenderKind::cash && tender.amount.minor > 0)
      found.push_back({kind_of(tender.kind), tender.amount.minor});
  return found;
}

/// Lots of the fact being made have no id yet; what asks for names of theirs gets none.
Result<std::vector<LotPoints>> lots_of(const std::vector<loyalty::LotUse>& uses) {
  std::vector<LotPoints> lots;
  for (const loyalty::LotUse& use : uses) {
    auto id = parse_lot_id(use.lot);
    if (!id) return id.error();
    lots.push_back({*id, use.points});
  }
  return lots;
}

std::vector<IssuedLot> issued_of(const std::vector<loyalty::NewLot>& lots) {
  std::vector<IssuedLot> issued;
  issued.reserve(lots.size());
  for (const loyalty::NewLot& lot : lots) issued.push_back({lot.points, lot.expires});
  return issued;
}

Error refused(const loyalty::Refusal& refusal) {
  return {Failure::refused, "loyalty.refused", loyalty::sentence(refusal.why), refusal.asked,
          "Leave it out, or choose another"};
}

void add_rewards(const loyalty::Quote& quote, CashOut cash_out, LoyaltyOutcome& outcome) {
  for (const loyalty::DiscountTaken& taken : quote.discounts)
    outcome.rewards.push_back(
        {taken.reward, taken.code, taken.steps, taken.cost, taken.amount, {}});
  for (const loyalty::RewardIssued& issued : quote.issued) {
    const Money value{issued.value.minor, quote.total.currency};
    outcome.rewards.push_back({issued.reward, "", issued.steps, issued.cost, value, issued.codes});
    if (issued.kind == loyalty::RewardKind::cash_out && cash_out == CashOut::onto_wallet)
      outcome.to_wallet.minor += value.minor;
  }
}

Result<LoyaltyOutcome> outcome_of(const loyalty::Quote& quote, const loyalty::Basket& basket,
                                  const loyalty::Member& member, CashOut cash_out, Date today) {
  LoyaltyOutcome outcome;
  outcome.to_wallet = {0, quote.total.currency};
  for (const loyalty::RuleEarned& rule : quote.earned)
    outcome.rules.push_back({rule.rule, rule.points});
  add_rewards(quote, cash_out, outcome);
  auto used = lots_of(quote.lots_used);
  if (!used) return used.error();
  outcome.used = std::move(*used);
  outcome.issued = issued_of(quote.new_lots);
  outcome.debt_settled = quote.debt_settled;
  auto ledger = loyalty::ledger_of(quote, basket, member, {});
  if (!ledger) return ledger.error();
  for (const loyalty::SoldLine& line : ledger->lines)
    outcome.lines.push_back({line.net, line.earned, line.spent});
  outcome.tier_before = quote.tier_before;
  outcome.tier_after = quote.tier_after;
  if (!quote.tier_after.empty())
    outcome.tier_since = quote.tier_after == member.tier && member.tier_since
                             ? member.tier_since
                             : std::optional(today);
  return outcome;
}

std::string reason_of(const loyalty::Programme& rules, const loyalty::DiscountTaken& taken) {
  const loyalty::Reward* reward = loyalty::find_reward(rules, taken.reward);
  return reward != nullptr && !reward->name.empty() ? reward->name : taken.reward;
}

Purchase begun(const SaleContext& context, Currency currency) {
  Purchase purchase;
  purchase.at = context.at;
  purchase.staff = context.staff;
  purchase.shift = context.shift;
  purchase.customer = context.customer;
  purchase.currency = currency;
  purchase.cash_rounding = {0, currency};
  purchase.programme_version = context.programme.version;
  return purchase;
}

void add_lines(const Basket& basket, const loyalty::Quote& quote, const loyalty::Programme& rules,
               Purchase& purchase) {
  for (std::size_t i = 0; i < basket.lines.size(); ++i) {
    const BasketLine& line = basket.lines[i];
    purchase.lines.push_back({line.article.code,
                              line.article.name,
                              line.quantity,
                              line.article.price,
                              {},
                              quote.lines[i].net,
                              line.article.tax,
                              quote.lines[i].tax,
                              line.warranty});
    if (!line.load) continue;
    purchase.loads.push_back(*line.load);
    purchase.loads.back().line = i;
    purchase.loads.back().amount = quote.lines[i].gross;
  }
  for (const loyalty::DiscountTaken& taken : quote.discounts)
    for (const loyalty::MoneyOnLine& part : taken.lines)
      if (part.amount.minor > 0)
        purchase.lines[part.line].discounts.push_back({reason_of(rules, taken), part.amount});
}

loyalty::Basket basket_of(const Purchase& purchase, const std::string& store) {
  loyalty::Basket basket;
  basket.currency = purchase.currency;
  basket.store = store;
  for (const PurchaseLine& line : purchase.lines) {
    std::int64_t off = 0;
    for (const Discount& discount : line.discounts) off += discount.amount.minor;
    basket.lines.push_back(
        {line.article, "", "", {}, line.quantity, line.unit_price, line.tax_rate, off});
  }
  for (const Tender& tender : purchase.tenders)
    if (tender.amount.minor > 0)
      basket.tenders.push_back({kind_of(tender.kind), tender.amount.minor});
  return basket;
}

}  // namespace

loyalty::Basket loyalty_basket(const Basket& basket, const std::vector<Tender>& tenders,
                               const SaleRequest& request) {
  loyalty::Basket seen;
  seen.currency = basket.currency;
  seen.store = request.store;
  for (const BasketLine& line : basket.lines) {
    std::vector<std::string> labels;
    if (line.load)
      labels.emplace_back(line.load->kind == StoredValue::wallet ? "wallet" : "gift-card");
    seen.lines.push_back({line.article.code, line.article.category, line.article.maker,
                          std::move(labels), line.quantity, line.article.price, line.article.tax,
                          0});
  }
  seen.tenders = without_cash(tenders);
  seen.claims = request.claims;
  seen.codes = request.codes;
  seen.events = request.events;
  return seen;
}

Result<loyalty::Quote> quote_sale(const Basket& basket, const std::vector<Tender>& tenders,
                                  const SaleRequest& request, const loyalty::Programme& rules,
                                  const loyalty::Member& member, LocalTime at) {
  loyalty::Basket seen = loyalty_basket(basket, tenders, request);
  auto quote = loyalty::quote(rules, seen, member, at);
  const bool cash = std::ranges::any_of(
      tenders, [](const Tender& tender) { return tender.kind == TenderKind::cash; });
  if (!quote || !cash || quote->due.minor <= 0) return quote;
  seen.tenders.push_back({loyalty::TenderKind::cash, quote->due.minor});
  return loyalty::quote(rules, seen, member, at);
}

Result<Purchase> to_purchase(const Basket& basket, const std::vector<Tender>& tenders,
                             const SaleContext& context, const SaleRequest& request,
                             const loyalty::Programme& rules, const loyalty::Member& member) {
  auto quote = quote_sale(basket, tenders, request, rules, member, context.at);
  if (!quote) return quote.error();
  if (!quote->refused.empty()) return refused(quote->refused.front());
  Purchase purchase = begun(context, basket.currency);
  purchase.total = quote->total;
  purchase.tax = quote->tax;
  purchase.points_earned = quote->points_earned;
  add_lines(basket, *quote, rules, purchase);
  if (!context.customer.nobody() && context.programme.version > 0) {
    auto outcome = outcome_of(*quote, loyalty_basket(basket, tenders, request), member,
                              request.cash_out, context.at.date());
    if (!outcome) return outcome.error();
    purchase.loyalty = std::move(*outcome);
  }
  if (auto ok = settle(purchase, tenders, context.cash_step); !ok) return ok.error();
  if (auto ok = check(purchase); !ok) return ok.error();
  return purchase;
}

Result<LoyaltyEvent> to_event(const SaleContext& context, const SaleRequest& request,
                              const std::string& event, const loyalty::Programme& rules,
                              const loyalty::Member& member) {
  Basket nothing;
  nothing.currency = rules.currency;
  auto quote = quote_sale(nothing, {}, request, rules, member, context.at);
  if (!quote) return quote.error();
  if (!quote->refused.empty()) return refused(quote->refused.front());
  auto outcome = outcome_of(*quote, loyalty_basket(nothing, {}, request), member, request.cash_out,
                            context.at.date());
  if (!outcome) return outcome.error();
  LoyaltyEvent made;
  made.at = context.at;
  made.staff = context.staff;
  made.customer = context.customer;
  made.currency = rules.currency;
  made.programme_version = context.programme.version;
  made.event = event;
  made.points_earned = quote->points_earned;
  made.loyalty = std::move(*outcome);
  if (auto ok = check(made); !ok) return ok.error();
  return made;
}

Result<Done> earn(Purchase& purchase, const std::string& store, std::int32_t version,
                  const loyalty::Programme& rules, const loyalty::Member& member) {
  assert(rules.rewards.empty());
  const loyalty::Basket basket = basket_of(purchase, store);
  auto quote = loyalty::quote(rules, basket, member, purchase.at);
  if (!quote) return quote.error();
  auto outcome = outcome_of(*quote, basket, member, CashOut::in_hand, purchase.at.date());
  if (!outcome) return outcome.error();
  purchase.programme_version = version;
  purchase.points_earned = quote->points_earned;
  purchase.loyalty = std::move(*outcome);
  return check(purchase);
}

namespace {

/// One purchase's part of a return, on the member as earlier parts have left them.
Result<loyalty::ReturnQuote> quote_part(const Return& returned, const ReturnBasis::Sold& sold,
                                        const loyalty::Programme& rules,
                                        const loyalty::Member& member) {
  std::vector<loyalty::LineQuantity> now;
  for (const ReturnLine& line : returned.lines) {
    if (line.purchase != sold.id || !line.line_no) continue;
    const auto same = std::ranges::find(now, *line.line_no, &loyalty::LineQuantity::line);
    if (same != now.end())
      same->quantity.thousandths += line.quantity.thousandths;
    else
      now.push_back({*line.line_no, line.quantity});
  }
  return loyalty::quote_return(rules, sold.ledger, sold.returned, now, member, returned.at);
}

void add(std::vector<LotPoints>& to, const std::vector<LotPoints>& more) {
  for (const LotPoints& use : more) {
    const auto same = std::ranges::find(to, use.lot, &LotPoints::lot);
    if (same != to.end())
      same->points.hundredths += use.points.hundredths;
    else
      to.push_back(use);
  }
}

std::int64_t sum(const auto& entries) {
  std::int64_t total = 0;
  for (const auto& entry : entries) total += entry.points.hundredths;
  return total;
}

loyalty::Lot* lot_of(loyalty::Member& member, const std::string& id) {
  const auto found = std::ranges::find(member.lots, id, &loyalty::Lot::id);
  return found == member.lots.end() ? nullptr : &*found;
}

/// Adds one part to the outcome and moves the member on. Lots that a part issues have no id yet, so
/// later parts do not see them.
Result<Done> add_part(const loyalty::ReturnQuote& part, loyalty::Member& member,
                      std::int64_t& debt_change, ReturnOutcome& outcome) {
  auto taken = lots_of(part.taken);
  auto restored = lots_of(part.restored);
  if (!taken) return taken.error();
  if (!restored) return restored.error();
  for (const loyalty::LotUse& use : part.restored)
    if (auto* lot = lot_of(member, use.lot)) lot->remaining.hundredths += use.points.hundredths;
  for (const loyalty::LotUse& use : part.taken)
    if (auto* lot = lot_of(member, use.lot)) lot->remaining.hundredths -= use.points.hundredths;
  const std::int64_t change = part.debt_after.hundredths - part.debt_before.hundredths;
  const std::int64_t offset = part.given_back.hundredths - sum(*restored) - sum(part.new_lots);
  outcome.given_back.hundredths += part.given_back.hundredths;
  outcome.offset.hundredths += offset;
  outcome.lapsed.hundredths += part.reversed.hundredths - sum(*taken) - offset - change;
  add(outcome.taken, *taken);
  add(outcome.restored, *restored);
  for (const IssuedLot& lot : issued_of(part.new_lots)) outcome.issued.push_back(lot);
  member.debt = part.debt_after;
  debt_change += change;
  return Done{};
}

}  // namespace

Result<Done> reverse(Return& returned, const ReturnBasis& basis, const loyalty::Programme& rules) {
  if (returned.customer.nobody()) return Done{};
  loyalty::Member member = basis.member;
  ReturnOutcome outcome;
  std::int64_t debt_change = 0;
  for (const ReturnBasis::Sold& sold : basis.purchases) {
    auto part = quote_part(returned, sold, rules, member);
    if (!part) return part.error();
    returned.points_reversed.hundredths += part->reversed.hundredths;
    if (auto ok = add_part(*part, member, debt_change, outcome); !ok) return ok;
  }
  outcome.debt_added = {std::max<std::int64_t>(debt_change, 0)};
  outcome.debt_settled = {std::max<std::int64_t>(-debt_change, 0)};
  returned.loyalty = std::move(outcome);
  return check(*returned.loyalty, returned.points_reversed);
}

namespace {

Result<ReturnLine> line_of(const ReturnedPiece& piece, const ReturnBasis& basis,
                           const loyalty::Programme& rules, LocalTime at) {
  const auto sold = std::ranges::find(basis.purchases, piece.purchase, &ReturnBasis::Sold::id);
  if (sold == basis.purchases.end() || piece.line_no >= sold->purchase.lines.size())
    return Error{Failure::not_found, "return.unknown-purchase",
                 "The purchase that goods came back from is not known here", "",
                 "Take the goods back without a receipt"};
  auto quote = loyalty::quote_return(rules, sold->ledger, sold->returned,
                                     {{piece.line_no, piece.quantity}}, basis.member, at);
  if (!quote) return quote.error();
  const PurchaseLine& from = sold->purchase.lines[piece.line_no];
  const Money amount = quote->lines.front().amount;
  auto tax = tax_included(amount, from.tax_rate);
  if (!tax) return tax.error();
  return ReturnLine{from.article, from.name,      piece.quantity, amount,
                    *tax,         piece.purchase, piece.line_no};
}

}  // namespace

Result<Return> to_return(const std::vector<ReturnedPiece>& pieces, const Refund& refund,
                         const std::string& reason, const SaleContext& context,
                         const ReturnBasis& basis, const loyalty::Programme& rules) {
  Return returned;
  returned.at = context.at;
  returned.staff = context.staff;
  returned.shift = context.shift;
  returned.customer = context.customer;
  returned.currency = rules.currency;
  returned.reason = reason;
  returned.total = returned.tax = {0, rules.currency};
  for (const ReturnedPiece& piece : pieces) {
    auto line = line_of(piece, basis, rules, context.at);
    if (!line) return line.error();
    returned.total.minor += line->amount.minor;
    returned.tax.minor += line->tax.minor;
    returned.lines.push_back(std::move(*line));
  }
  if (auto ok = reverse(returned, basis, rules); !ok) return ok.error();
  Money given = returned.total;
  if (refund.kind == TenderKind::cash) {
    auto rounded = round_to_cash(given, context.cash_step);
    if (!rounded) return rounded.error();
    given = *rounded;
  }
  if (given.minor > 0) returned.tenders = {{refund.kind, given, given, refund.reference}};
  if (auto ok = check(returned); !ok) return ok.error();
  return returned;
}

}  // namespace keepsake

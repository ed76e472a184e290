#include "storage/domain/loyalty/sale.hpp"

#include <algorithm>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/issued_lots.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/loyalty/why.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake {
namespace {

std::vector<loyalty::Tender> without_cash(const std::vector<Tender>& tenders) {
  std::vector<loyalty::Tender> found;
  for (const Tender& tender : tenders)
    if (tender.kind != TenderKind::cash && tender.amount.minor > 0)
      found.push_back({tender.kind, tender.amount.minor});
  return found;
}

Error refused(const loyalty::Refusal& refusal) {
  return {Failure::refused, "loyalty.refused", loyalty::sentence(refusal.why), refusal.asked,
          "Leave it out, or choose another"};
}

void add_rewards(const loyalty::Quote& quote, CashOut cash_out, LoyaltyResult& outcome) {
  for (const loyalty::DiscountTaken& taken : quote.discounts)
    outcome.rewards.push_back(
        {taken.reward, taken.code, taken.steps, taken.cost, taken.amount, {}});
  for (const loyalty::RewardIssued& issued : quote.issued) {
    const Money value{issued.value.minor, quote.total.currency};
    outcome.rewards.push_back(
        {issued.reward, issued.code, issued.steps, issued.cost, value, issued.codes});
    if (issued.kind != loyalty::RewardKind::cash_out) continue;
    Money& paid = cash_out == CashOut::onto_wallet ? outcome.to_wallet : outcome.paid_out;
    paid.minor += value.minor;
  }
}

Result<LoyaltyResult> outcome_of(const loyalty::Quote& quote, const loyalty::Basket& basket,
                                 const loyalty::Member& member, CashOut cash_out, Date today) {
  LoyaltyResult outcome;
  outcome.to_wallet = outcome.paid_out = {0, quote.total.currency};
  for (const loyalty::RuleEarned& rule : quote.earned)
    outcome.rules.push_back({rule.rule, rule.points});
  add_rewards(quote, cash_out, outcome);
  auto used = lot_points(quote.lots_used);
  if (!used) return used.error();
  outcome.used = std::move(*used);
  outcome.issued = quote.new_lots;
  outcome.debt_settled = quote.debt_settled;
  auto ledger = loyalty::ledger_of(quote, basket, member, {});
  if (!ledger) return ledger.error();
  for (const loyalty::SoldLine& line : ledger->lines)
    outcome.lines.push_back({line.net, line.earned, line.spent});
  // What was given is no fact of the purchase: it ends on its own day.
  outcome.tier_before = member.earned_tier();
  outcome.tier_after = quote.earned_after;
  if (!outcome.tier_after.empty())
    outcome.tier_since = outcome.tier_after == outcome.tier_before && member.earned_since()
                             ? member.earned_since()
                             : std::optional(today);
  return outcome;
}

/// What is limited for all together is counted whoever buys.
bool counts_for_all(const loyalty::Rules& rules, const RewardUse& use) {
  const loyalty::Reward* reward = loyalty::find_reward(rules, use.reward);
  return reward != nullptr && (reward->stock || reward->per_day || !use.coupon.empty() ||
                               reward->kind == loyalty::RewardKind::voucher);
}

std::string reason_of(const loyalty::Rules& rules, const loyalty::DiscountTaken& taken) {
  const loyalty::Reward* reward = loyalty::find_reward(rules, taken.reward);
  return reward == nullptr || reward->name.usual.empty() ? taken.reward : reward->name.usual;
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

/// What has no serial number is known by its receipt line, and covered without being scanned.
std::optional<LineWarranty> warranty_of(const BasketLine& line, const SaleContext& context) {
  if (line.warranty || line.article.cover.serialised) return line.warranty;
  Covers covers = covers_of(line.article, context.at.date(), context.statutory);
  if (covers.empty()) return std::nullopt;
  // What is covered is the article's to say: a fact has room for two thousand lines, not for their texts.
  for (ItemCover& each : covers) each.covered.clear();
  return LineWarranty{{}, {}, line.article.maker, std::move(covers)};
}

void add_lines(const Basket& basket, const loyalty::Quote& quote, const loyalty::Rules& rules,
               const SaleContext& context, Purchase& purchase) {
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
                              warranty_of(line, context),
                              line.article.sold_by});
    if (!line.top_up) continue;
    purchase.top_ups.push_back(*line.top_up);
    purchase.top_ups.back().line = i;
    purchase.top_ups.back().amount = quote.lines[i].gross;
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
    basket.lines.push_back({line.article,
                            "",
                            "",
                            {},
                            line.quantity,
                            line.unit_price,
                            line.tax_rate,
                            off,
                            line.sold_by});
  }
  for (const Tender& tender : purchase.tenders)
    if (tender.amount.minor > 0) basket.tenders.push_back({tender.kind, tender.amount.minor});
  return basket;
}

}  // namespace

loyalty::Basket loyalty_basket(const Basket& basket, const std::vector<Tender>& tenders,
                               const SaleRequest& request) {
  loyalty::Basket seen;
  seen.currency = basket.currency;
  seen.store = request.store;
  for (const BasketLine& line : basket.lines) {
    std::vector<std::string> labels = line.article.labels;
    if (line.top_up)
      labels.emplace_back(line.top_up->kind == StoredValue::wallet ? loyalty::wallet_label
                                                                   : loyalty::gift_card_label);
    seen.lines.push_back({line.article.code, line.article.category, line.article.maker,
                          std::move(labels), line.quantity, line.article.price, line.article.tax, 0,
                          line.article.sold_by});
  }
  seen.tenders = without_cash(tenders);
  seen.claims = request.claims;
  seen.codes = request.codes;
  seen.listed = request.listed;
  seen.events = request.events;
  const bool covered = std::ranges::any_of(
      basket.lines, [](const BasketLine& line) { return line.warranty.has_value(); });
  if (covered) seen.events.push_back(loyalty::Event::warranty_registered);
  return seen;
}

Result<loyalty::Quote> quote_sale(const Basket& basket, const std::vector<Tender>& tenders,
                                  const SaleRequest& request, const loyalty::Rules& rules,
                                  const loyalty::Member& member, LocalTime at) {
  loyalty::Basket seen = loyalty_basket(basket, tenders, request);
  auto quote = loyalty::quote(rules, seen, member, at);
  const bool cash = std::ranges::any_of(
      tenders, [](const Tender& tender) { return tender.kind == TenderKind::cash; });
  if (!quote || !cash || quote->due.minor <= 0) return quote;
  seen.tenders.push_back({TenderKind::cash, quote->due.minor});
  return loyalty::quote(rules, seen, member, at);
}

Result<Purchase> to_purchase(const Basket& basket, const std::vector<Tender>& tenders,
                             const SaleContext& context, const SaleRequest& request,
                             const loyalty::Rules& rules, const loyalty::Member& member) {
  auto quote = quote_sale(basket, tenders, request, rules, member, context.at);
  if (!quote) return quote.error();
  if (!quote->refused.empty()) return refused(quote->refused.front());
  Purchase purchase = begun(context, basket.currency);
  purchase.total = quote->total;
  purchase.tax = quote->tax;
  purchase.points_earned = quote->points_earned;
  add_lines(basket, *quote, rules, context, purchase);
  if (context.programme.version > 0) {
    auto outcome = outcome_of(*quote, loyalty_basket(basket, tenders, request), member,
                              request.cash_out, context.at.date());
    if (!outcome) return outcome.error();
    const bool counted = std::ranges::any_of(
        outcome->rewards, [&](const RewardUse& use) { return counts_for_all(rules, use); });
    if (counted || !context.customer.nobody()) purchase.loyalty = std::move(*outcome);
  }
  if (auto ok = settle(purchase, tenders, context.cash_step); !ok) return ok.error();
  if (auto ok = check(purchase); !ok) return ok.error();
  return purchase;
}

Result<LoyaltyEvent> to_event(const SaleContext& context, const SaleRequest& request,
                              const std::string& event, const loyalty::Rules& rules,
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
  made.shift = context.shift;
  made.points_earned = quote->points_earned;
  made.loyalty = std::move(*outcome);
  if (auto ok = check(made); !ok) return ok.error();
  return made;
}

Result<Done> earn(Purchase& purchase, const ActiveProgramme& programme,
                  const loyalty::Member& member) {
  assert(programme.rules.rewards.empty());
  const loyalty::Basket basket = basket_of(purchase, programme.store);
  auto quote = loyalty::quote(programme.rules, basket, member, purchase.at);
  if (!quote) return quote.error();
  auto outcome = outcome_of(*quote, basket, member, CashOut::in_hand, purchase.at.date());
  if (!outcome) return outcome.error();
  purchase.programme_version = programme.programme.version;
  purchase.points_earned = quote->points_earned;
  purchase.loyalty = std::move(*outcome);
  return check(purchase);
}

}  // namespace keepsake

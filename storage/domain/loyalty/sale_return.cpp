#include <algorithm>
#include <iterator>
#include <map>

#include "storage/domain/loyalty/issued_lots.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/return.hpp"

namespace keepsake {
namespace {

/// What comes back now of one purchase.
std::vector<loyalty::LineQuantity> pieces_of(const Return& returned, FactId purchase) {
  std::vector<loyalty::LineQuantity> now;
  for (const ReturnLine& line : returned.lines) {
    if (line.purchase != purchase || !line.line_no) continue;
    const auto same = std::ranges::find(now, *line.line_no, &loyalty::LineQuantity::line);
    if (same != now.end())
      same->quantity.thousandths += line.quantity.thousandths;
    else
      now.push_back({*line.line_no, line.quantity});
  }
  return now;
}

bool comes_back_whole(const SoldPurchase& sold, const std::vector<loyalty::LineQuantity>& now) {
  const auto part = [](const std::vector<loyalty::LineQuantity>& pieces, std::size_t line) {
    std::int64_t sum = 0;
    for (const loyalty::LineQuantity& each : pieces)
      if (each.line == line) sum += each.quantity.thousandths;
    return sum;
  };
  for (std::size_t i = 0; i < sold.purchase.lines.size(); ++i)
    if (part(sold.returned, i) + part(now, i) < sold.purchase.lines[i].quantity.thousandths)
      return false;
  return true;
}

/// A reward that the programme does not know any more is judged by what it left behind.
bool counts_no_more(const loyalty::Rules& rules, const RewardUse& use) {
  if (const loyalty::Reward* reward = loyalty::find_reward(rules, use.reward))
    return loyalty::use_comes_back(*reward);
  return use.coupon.empty() && use.vouchers.empty();
}

std::vector<UseBack> uses_back(const SoldPurchase& sold, const loyalty::Rules& rules) {
  std::vector<UseBack> uses;
  if (!sold.purchase.loyalty) return uses;
  for (const RulePoints& rule : sold.purchase.loyalty->rules)
    uses.push_back({sold.id, rule.rule, 1, rule.points});
  for (const RewardUse& use : sold.purchase.loyalty->rewards) {
    if (!counts_no_more(rules, use)) continue;
    uses.push_back({sold.id, use.reward, use.steps, use.cost});
    if (!use.coupon.empty()) uses.push_back({sold.id, "code:" + use.coupon, 1, {}});
  }
  return uses;
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
                      std::int64_t& debt_change, ReturnResult& outcome) {
  auto taken = lot_points(part.taken);
  auto restored = lot_points(part.restored);
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
  outcome.expired.hundredths += part.reversed.hundredths - sum(*taken) - offset - change;
  add(outcome.taken, *taken);
  add(outcome.restored, *restored);
  for (const IssuedLot& lot : part.new_lots) outcome.issued.push_back(lot);
  member.debt = part.debt_after;
  debt_change += change;
  return Done{};
}

}  // namespace

namespace {

/// Nobody has points; what was counted for all may count no more.
void give_back_uses(Return& returned, const ReturnBasis& basis, const loyalty::Rules& rules) {
  ReturnResult outcome;
  for (const SoldPurchase& sold : basis.purchases)
    if (comes_back_whole(sold, pieces_of(returned, sold.id)))
      std::ranges::move(uses_back(sold, rules), std::back_inserter(outcome.uses));
  if (!outcome.uses.empty()) returned.loyalty = std::move(outcome);
}

}  // namespace

Result<Done> reverse(Return& returned, const ReturnBasis& basis, const loyalty::Rules& rules) {
  if (returned.customer.nobody()) {
    give_back_uses(returned, basis, rules);
    return Done{};
  }
  loyalty::Member member = basis.member;
  ReturnResult outcome;
  std::int64_t debt_change = 0;
  for (const SoldPurchase& sold : basis.purchases) {
    const auto now = pieces_of(returned, sold.id);
    auto part = loyalty::quote_return(rules, sold.ledger, sold.returned, now, member, returned.at);
    if (!part) return part.error();
    if (comes_back_whole(sold, now))
      std::ranges::move(uses_back(sold, rules), std::back_inserter(outcome.uses));
    returned.points_reversed.hundredths += part->reversed.hundredths;
    if (auto ok = add_part(*part, member, debt_change, outcome); !ok) return ok;
  }
  outcome.debt_added = {std::max<std::int64_t>(debt_change, 0)};
  outcome.debt_settled = {std::max<std::int64_t>(-debt_change, 0)};
  returned.loyalty = std::move(outcome);
  return check(*returned.loyalty, returned.points_reversed);
}

namespace {

std::vector<loyalty::LineQuantity> pieces_of(const std::vector<ReturnedPiece>& pieces,
                                             FactId purchase) {
  std::vector<loyalty::LineQuantity> of_it;
  for (const ReturnedPiece& piece : pieces)
    if (piece.purchase == purchase) of_it.push_back({piece.line_no, piece.quantity});
  return of_it;
}

Result<ReturnLine> line_of(const ReturnedPiece& piece, const SoldPurchase& sold,
                           const loyalty::ReturnQuote& quote) {
  const auto quoted = std::ranges::find(quote.lines, piece.line_no, &loyalty::ReturnedLine::line);
  const PurchaseLine& from = sold.purchase.lines[piece.line_no];
  // Cumulative like the amount: the parts' tax sums to that of the whole.
  const Money amount = quoted->amount;
  const Money after{quoted->amount_before.minor + amount.minor, amount.currency};
  const auto late = tax_included(after, from.tax_rate);
  const auto early = tax_included(quoted->amount_before, from.tax_rate);
  if (!late) return late.error();
  if (!early) return early.error();
  const Money tax{late->minor - early->minor, amount.currency};
  return ReturnLine{from.article, from.name,      piece.quantity, amount,
                    tax,          piece.purchase, piece.line_no};
}

using Quotes = std::map<FactId, loyalty::ReturnQuote>;

/// What comes back of one purchase is quoted together.
Result<Quotes> quotes_of(const std::vector<ReturnedPiece>& pieces, const ReturnBasis& basis,
                         const loyalty::Rules& rules, LocalTime at) {
  Quotes quotes;
  for (const ReturnedPiece& piece : pieces) {
    const auto sold = std::ranges::find(basis.purchases, piece.purchase, &SoldPurchase::id);
    if (sold == basis.purchases.end() || piece.line_no >= sold->purchase.lines.size())
      return Error{Failure::not_found, "return.unknown-purchase",
                   "The purchase of the returned items is not known here", "",
                   "Return the items without a receipt"};
    if (quotes.contains(piece.purchase)) continue;
    auto quote = loyalty::quote_return(rules, sold->ledger, sold->returned,
                                       pieces_of(pieces, piece.purchase), basis.member, at);
    if (!quote) return quote.error();
    quotes.emplace(piece.purchase, *std::move(quote));
  }
  return quotes;
}

/// What was paid for it in money, as the coins had it.
std::int64_t paid_for(const SoldPurchase& sold) {
  std::int64_t paid = sold.purchase.cash_rounding.minor;
  for (const loyalty::SoldLine& line : sold.ledger.lines) paid += line.net.minor;
  return paid;
}

/// What is given back now. Cumulative, too: the parts never give more than was paid, and all of
/// them together give just that, as far as coins can.
Result<Money> given_for(const SoldPurchase& sold, const loyalty::ReturnQuote& quote, bool whole,
                        TenderKind kind, CashStep step) {
  const std::int64_t paid = paid_for(sold);
  const std::int64_t before = quote.amount_before.minor + sold.rounded_minor;
  const Money all{quote.amount_before.minor + quote.amount.minor, quote.amount.currency};
  const bool cash = kind == TenderKind::cash;
  const auto coins = round_to_cash(all, step);
  if (!coins) return coins.error();
  const std::int64_t target = whole ? paid : std::min(cash ? coins->minor : all.minor, paid);
  const Money left{std::max<std::int64_t>(target - before, 0), all.currency};
  if (!cash) return left;
  auto given = round_to_cash(left, step);
  if (given && before + given->minor > paid) given->minor = left.minor / step.minor * step.minor;
  return given;
}

Result<Money> given_for(const Quotes& quotes, const ReturnBasis& basis, const Return& returned,
                        TenderKind kind, CashStep step) {
  Money all{0, returned.currency};
  for (const SoldPurchase& sold : basis.purchases) {
    const auto quote = quotes.find(sold.id);
    if (quote == quotes.end()) continue;
    const bool whole = comes_back_whole(sold, pieces_of(returned, sold.id));
    const auto given = given_for(sold, quote->second, whole, kind, step);
    if (!given) return given.error();
    all.minor += given->minor;
  }
  return all;
}

Result<Done> add_lines(const std::vector<ReturnedPiece>& pieces, const ReturnBasis& basis,
                       const Quotes& quotes, Return& returned) {
  for (const ReturnedPiece& piece : pieces) {
    const auto sold = std::ranges::find(basis.purchases, piece.purchase, &SoldPurchase::id);
    auto line = line_of(piece, *sold, quotes.at(piece.purchase));
    if (!line) return line.error();
    returned.total.minor += line->amount.minor;
    returned.tax.minor += line->tax.minor;
    returned.lines.push_back(*std::move(line));
  }
  return Done{};
}

}  // namespace

Result<Return> to_return(const std::vector<ReturnedPiece>& pieces, const Refund& refund,
                         const std::string& reason, const SaleContext& context,
                         const ReturnBasis& basis, const loyalty::Rules& rules) {
  Return returned;
  returned.at = context.at;
  returned.staff = context.staff;
  returned.shift = context.shift;
  returned.customer = context.customer;
  returned.currency = rules.currency;
  returned.reason = reason;
  returned.total = returned.tax = {0, rules.currency};
  const auto quotes = quotes_of(pieces, basis, rules, context.at);
  if (!quotes) return quotes.error();
  if (auto ok = add_lines(pieces, basis, *quotes, returned); !ok) return ok.error();
  if (auto ok = reverse(returned, basis, rules); !ok) return ok.error();
  const auto amount = given_for(*quotes, basis, returned, refund.kind, context.cash_step);
  if (!amount) return amount.error();
  const Money given = *amount;
  // Coins may round it to nothing: that it was cash says why nothing was given.
  if (returned.total.minor > 0 || given.minor > 0)
    returned.tenders = {{refund.kind, given, given, refund.reference, refund.expires}};
  if (auto ok = check(returned); !ok) return ok.error();
  return returned;
}

}  // namespace keepsake

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
    const auto found = std::ranges::find(pieces, line, &loyalty::LineQuantity::line);
    return found == pieces.end() ? 0 : found->quantity.thousandths;
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

Result<Done> reverse(Return& returned, const ReturnBasis& basis, const loyalty::Rules& rules) {
  if (returned.customer.nobody()) return Done{};
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
  auto tax = tax_included(quoted->amount, from.tax_rate);
  if (!tax) return tax.error();
  return ReturnLine{from.article, from.name,      piece.quantity, quoted->amount,
                    *tax,         piece.purchase, piece.line_no};
}

/// The lines in the pieces' order; what comes back of one purchase is quoted together.
Result<std::vector<ReturnLine>> lines_of(const std::vector<ReturnedPiece>& pieces,
                                         const ReturnBasis& basis, const loyalty::Rules& rules,
                                         LocalTime at) {
  std::map<FactId, loyalty::ReturnQuote> quotes;
  std::vector<ReturnLine> lines;
  for (const ReturnedPiece& piece : pieces) {
    const auto sold = std::ranges::find(basis.purchases, piece.purchase, &SoldPurchase::id);
    if (sold == basis.purchases.end() || piece.line_no >= sold->purchase.lines.size())
      return Error{Failure::not_found, "return.unknown-purchase",
                   "The purchase of the returned items is not known here", "",
                   "Return the items without a receipt"};
    auto quoted = quotes.find(piece.purchase);
    if (quoted == quotes.end()) {
      auto quote = loyalty::quote_return(rules, sold->ledger, sold->returned,
                                         pieces_of(pieces, piece.purchase), basis.member, at);
      if (!quote) return quote.error();
      quoted = quotes.emplace(piece.purchase, *std::move(quote)).first;
    }
    auto line = line_of(piece, *sold, quoted->second);
    if (!line) return line.error();
    lines.push_back(*std::move(line));
  }
  return lines;
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
  auto lines = lines_of(pieces, basis, rules, context.at);
  if (!lines) return lines.error();
  returned.lines = *std::move(lines);
  for (const ReturnLine& line : returned.lines) {
    returned.total.minor += line.amount.minor;
    returned.tax.minor += line.tax.minor;
  }
  if (auto ok = reverse(returned, basis, rules); !ok) return ok.error();
  Money given = returned.total;
  if (refund.kind == TenderKind::cash) {
    auto rounded = round_to_cash(given, context.cash_step);
    if (!rounded) return rounded.error();
    given = *rounded;
  }
  // Coins may round it to nothing: that it was cash says why nothing was given.
  if (returned.total.minor > 0)
    returned.tenders = {{refund.kind, given, given, refund.reference, refund.expires}};
  if (auto ok = check(returned); !ok) return ok.error();
  return returned;
}

}  // namespace keepsake

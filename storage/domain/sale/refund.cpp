#include "storage/domain/sale/refund.hpp"

#include <algorithm>

namespace keepsake {
namespace {

/// Where the money of a tender goes back to; a refund's slip is a new one.
Tender way_back(const Tender& tender) {
  const bool named = tender.kind == TenderKind::gift_card;
  const TenderKind kind = tender.kind == TenderKind::unknown ? TenderKind::cash : tender.kind;
  return {kind, tender.amount, tender.amount, named ? tender.reference : std::string(), {}};
}

bool same_way(const Tender& a, const Tender& b) {
  return a.kind == b.kind && a.reference == b.reference;
}

/// What is hardest to turn into money goes first: cash given for a gift card would be a cash-out.
int turn_of(const Tender& tender) {
  if (tender.kind == TenderKind::cash) return 2;
  return tender.kind == TenderKind::card ? 1 : 0;
}

bool takes_money(const Tender& tender, const CustomerRef& customer) {
  if (tender.kind == TenderKind::points || tender.amount.minor <= 0) return false;
  return tender.kind != TenderKind::wallet || !customer.nobody();
}

std::vector<Tender> ways_back(const std::vector<Tender>& paid, const CustomerRef& customer) {
  std::vector<Tender> ways;
  for (const Tender& tender : paid) {
    if (!takes_money(tender, customer)) continue;
    const Tender way = way_back(tender);
    const auto same =
        std::ranges::find_if(ways, [&](const Tender& each) { return same_way(each, way); });
    if (same == ways.end())
      ways.push_back(way);
    else
      same->amount.minor += way.amount.minor;
  }
  std::ranges::stable_sort(ways, {}, turn_of);
  return ways;
}

/// Takes what went back elsewhere than to where it came from off the others, the last ones first.
void settle(std::vector<Tender>& ways, std::int64_t elsewhere) {
  for (auto way = ways.rbegin(); way != ways.rend() && elsewhere > 0; ++way) {
    const std::int64_t part = std::min(way->amount.minor, elsewhere);
    way->amount.minor -= part;
    elsewhere -= part;
  }
}

}  // namespace

std::vector<Tender> refundable(const std::vector<Tender>& paid, const std::vector<Tender>& back,
                               const CustomerRef& customer) {
  std::vector<Tender> ways = ways_back(paid, customer);
  std::int64_t elsewhere = 0;
  for (const Tender& refund : back) {
    const Tender way = way_back(refund);
    const auto same =
        std::ranges::find_if(ways, [&](const Tender& each) { return same_way(each, way); });
    const std::int64_t part =
        same == ways.end() ? 0 : std::min(same->amount.minor, refund.amount.minor);
    if (same != ways.end()) same->amount.minor -= part;
    elsewhere += refund.amount.minor - part;
  }
  settle(ways, elsewhere);
  std::erase_if(ways, [](const Tender& way) { return way.amount.minor == 0; });
  for (Tender& way : ways) way.tendered = way.amount;
  return ways;
}

bool paid_in_parts(const std::vector<Tender>& paid, const CustomerRef& customer) {
  return ways_back(paid, customer).size() > 1;
}

Result<std::vector<Tender>> refund_over(const std::vector<Tender>& left, Money amount,
                                        CashStep step) {
  std::vector<Tender> parts;
  std::int64_t most_cash = 0;
  for (const Tender& way : left) {
    if (way.amount.currency != amount.currency) continue;
    if (way.kind == TenderKind::cash) {
      most_cash = way.amount.minor;
      continue;
    }
    const Money part{std::min(way.amount.minor, amount.minor), amount.currency};
    if (part.minor <= 0) continue;
    parts.push_back({way.kind, part, part, way.reference, {}});
    amount.minor -= part.minor;
  }
  if (amount.minor <= 0) return parts;
  auto coins = round_to_cash(amount, step);
  if (!coins) return coins.error();
  // Rounded up, the parts would give more than cash paid; what is beyond it was never in coins.
  if (coins->minor > most_cash && amount.minor <= most_cash)
    coins->minor = amount.minor / step.minor * step.minor;
  parts.push_back({TenderKind::cash, *coins, *coins, {}, {}});
  return parts;
}

}  // namespace keepsake

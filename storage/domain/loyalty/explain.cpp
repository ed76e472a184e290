#include "storage/domain/loyalty/explain.hpp"

#include <algorithm>

namespace keepsake::loyalty {
namespace {

void add_tender(const Quote& quote, std::vector<Why>& all) {
  if (quote.paid_with_points.minor == 0) return;
  Points cost = quote.points_spent;
  for (const DiscountTaken& each : quote.discounts) cost.hundredths -= each.cost.hundredths;
  for (const RewardIssued& each : quote.issued) cost.hundredths -= each.cost.hundredths;
  all.push_back({"tender.points", {}, {{"amount", quote.paid_with_points}, {"points", cost}}});
}

void add_lots_used(const Rules& programme, const Member& member, const Quote& quote,
                   std::vector<Why>& all) {
  for (const LotUse& use : quote.lots_used) {
    const auto lot = std::ranges::find(member.lots, use.lot, &Lot::id);
    const auto last = lot == member.lots.end()
                          ? std::nullopt
                          : last_day(*lot, programme.expiry, member.last_activity);
    Why why{last ? "lot.used" : "lot.used-undated", {}, {{"points", use.points}, {"lot", use.lot}}};
    if (last) why.figures.push_back({"last_day", *last});
    all.push_back(std::move(why));
  }
}

void add_new_lots(const Rules& programme, const Quote& quote, std::vector<Why>& all) {
  for (const IssuedLot& lot : quote.new_lots) {
    if (lot.expires)
      all.push_back({"lot.new", {}, {{"points", lot.points}, {"last_day", *lot.expires}}});
    else if (programme.expiry.kind == ExpiryKind::inactivity)
      all.push_back({"lot.new-active",
                     {},
                     {{"points", lot.points}, {"months", std::int64_t{programme.expiry.count}}}});
    else
      all.push_back({"lot.new-undated", {}, {{"points", lot.points}}});
    if (lot.spendable_from)
      all.push_back(
          {"lot.pending", {}, {{"points", lot.points}, {"first_day", *lot.spendable_from}}});
  }
}

/// In the unit of what levels count.
Figure of_basis(const Tiers& tiers, Currency currency, std::string_view name, std::int64_t value) {
  if (tiers.basis == TierBasis::spend) return {name, Money{value, currency}};
  if (tiers.basis == TierBasis::points) return {name, Points{value}};
  return {name, value};
}

void add_tier(const Rules& programme, const Quote& quote, std::vector<Why>& all) {
  const Tiers& tiers = programme.tiers;
  const auto level = std::ranges::find(tiers.levels, quote.tier_after, &TierLevel::id);
  if (quote.tier_after != quote.tier_before && level != tiers.levels.end())
    all.push_back({"tier.reached",
                   {},
                   {{"level", quote.tier_after},
                    of_basis(tiers, programme.currency, "threshold", level->threshold)}});
  if (!quote.next_tier) return;
  const auto& next = *quote.next_tier;
  Why way{next.until ? "tier.next-until" : "tier.next",
          {},
          {{"level", next.next}, of_basis(tiers, programme.currency, "missing", next.missing)}};
  if (next.until) way.figures.push_back({"until", *next.until});
  all.push_back(std::move(way));
}

}  // namespace

std::vector<Why> explain(const Rules& programme, const Member& member, const Quote& quote) {
  std::vector<Why> all;
  add_tender(quote, all);
  add_lots_used(programme, member, quote, all);
  add_new_lots(programme, quote, all);
  if (quote.debt_settled.hundredths > 0)
    all.push_back(
        {"debt.settled", {}, {{"points", quote.debt_settled}, {"left", quote.debt_after}}});
  add_tier(programme, quote, all);
  return all;
}

}  // namespace keepsake::loyalty

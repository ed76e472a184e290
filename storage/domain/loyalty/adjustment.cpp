#include "storage/domain/loyalty/adjustment.hpp"

#include "storage/domain/loyalty/issued_lots.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake::loyalty {
namespace {

constexpr std::string_view prefix = "adjustment: ";
constexpr std::int64_t most_points = 1'000'000'000;  // hundredths: ten million points

void give(const Rules& rules, const Member& member, Points points, const std::string& name,
          LoyaltyEvent& event) {
  event.points_earned = points;
  event.loyalty.rules = {{name, points}};
  event.loyalty.debt_settled = std::min(member.debt, points);
  const Points rest{points.hundredths - event.loyalty.debt_settled.hundredths};
  if (rest.hundredths > 0) event.loyalty.issued = {{rest, expires(rules.expiry, event.at.date())}};
}

Result<Done> take(const Rules& rules, const Member& member, Points points, const std::string& name,
                  LoyaltyEvent& event) {
  std::vector<Lot> lots = with_last_days(member.lots, rules.expiry, member.last_activity);
  const auto uses = consume(lots, points, event.at.date(), LotChoice::all);
  if (!uses) return uses.error();
  auto used = lot_points(*uses);
  if (!used) return used.error();
  event.loyalty.used = std::move(*used);
  event.loyalty.rewards = {{name, "", 1, points, {0, event.currency}, {}}};
  return Done{};
}

}  // namespace

std::string_view adjustment_reason(std::string_view name) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : std::string_view();
}

Result<LoyaltyEvent> adjustment(const SaleContext& context, const Rules& rules,
                                const Member& member, Points change, const std::string& reason) {
  if (!check_text(reason, adjustment_reason_bytes, Presence::required, "reason"))
    return Error{Failure::bad_input, "adjustment.reason", "An adjustment needs a reason", "reason",
                 "Give one of at most " + std::to_string(adjustment_reason_bytes) + " bytes"};
  const std::int64_t unit = quantum(rules.earning.rounding.decimals);
  if (change.hundredths == 0 || change.hundredths % unit != 0 || change.hundredths > most_points ||
      change.hundredths < -most_points)
    return Error{Failure::bad_input, "adjustment.points",
                 "Not a number of points that this programme counts in", "points",
                 "Give points such as 50, or -50 to take them"};
  LoyaltyEvent event;
  event.at = context.at;
  event.staff = context.staff;
  event.customer = context.customer;
  event.currency = rules.currency;
  event.programme_version = context.programme.version;
  event.event = adjustment_event;
  event.loyalty.to_wallet = event.loyalty.paid_out = {0, event.currency};
  event.loyalty.tier_before = event.loyalty.tier_after = member.earned_tier();
  event.loyalty.tier_since = member.earned_since();
  const std::string name = std::string(prefix) + reason;
  if (change.hundredths > 0) {
    give(rules, member, change, name, event);
  } else if (auto ok = take(rules, member, {-change.hundredths}, name, event); !ok) {
    return ok.error();
  }
  if (auto ok = check(event); !ok) return ok.error();
  return event;
}

}  // namespace keepsake::loyalty

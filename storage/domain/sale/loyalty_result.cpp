#include "storage/domain/sale/loyalty_result.hpp"

#include <algorithm>
#include <charconv>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

constexpr std::size_t id_digits = 32;
constexpr std::int64_t points_max = 1'000'000'000'000'000;  // so that sums stay inside int64

Error wrong(const char* code, const char* what, const char* where) {
  return {Failure::bad_input, code, what, where, "Correct the entry"};
}
Error beyond(const char* where) {
  return {Failure::limit, "loyalty.limit", "Too many loyalty entries for one fact", where,
          "Split the entry into smaller ones"};
}

bool sane(Points points) { return points.hundredths >= 0 && points.hundredths <= points_max; }
bool positive(Points points) { return points.hundredths > 0 && sane(points); }

/// Adds the points of `entries` up; each must be above zero.
template <class Entries>
Result<std::int64_t> sum_of(const Entries& entries, const char* where) {
  if (entries.size() > limits::loyalty_entries) return beyond(where);
  std::int64_t sum = 0;
  for (const auto& entry : entries) {
    if (!positive(entry.points)) return wrong("loyalty.points", "Points must be above zero", where);
    sum += entry.points.hundredths;
  }
  return sum;
}

Result<std::int64_t> earned_by_rules(const std::vector<RulePoints>& rules) {
  if (rules.size() > limits::loyalty_entries) return beyond("rules");
  std::int64_t sum = 0;
  for (const RulePoints& rule : rules) {
    if (!sane(rule.points))
      return wrong("loyalty.points", "Points must not be below zero", "rules");
    if (auto ok = check_text(rule.rule, limits::code_bytes, Presence::required, "rules"); !ok)
      return ok.error();
    sum += rule.points.hundredths;
  }
  return sum;
}

Result<std::int64_t> cost_of(const std::vector<RewardUse>& rewards, Currency currency) {
  using enum Presence;
  if (rewards.size() > limits::loyalty_entries) return beyond("rewards");
  std::int64_t sum = 0;
  for (const RewardUse& use : rewards) {
    if (auto ok = check_text(use.reward, limits::code_bytes, required, "rewards"); !ok)
      return ok.error();
    if (auto ok = check_text(use.coupon, limits::code_bytes, optional, "coupon"); !ok)
      return ok.error();
    if (use.vouchers.size() > limits::loyalty_entries) return beyond("vouchers");
    for (const std::string& code : use.vouchers)
      if (auto ok = check_text(code, limits::code_bytes, required, "vouchers"); !ok)
        return ok.error();
    if (use.steps <= 0 || use.value.minor < 0 || use.value.currency != currency || !sane(use.cost))
      return wrong("loyalty.reward", "A reward's figures are inconsistent", "rewards");
    sum += use.cost.hundredths;
  }
  return sum;
}

}  // namespace

std::string to_text(const LotId& id) { return to_hex(id.fact) + ":" + std::to_string(id.n); }

Result<LotId> parse_lot_id(std::string_view text) {
  const auto bad = [] {
    return Error{Failure::bad_input, "lot.syntax", "Not the name of a lot of points", "",
                 "Use a name that Keepsake printed"};
  };
  if (text.size() < id_digits + 2 || text[id_digits] != ':') return bad();
  auto fact = parse_fact_id(text.substr(0, id_digits));
  if (!fact) return bad();
  LotId id{*fact, 0};
  const auto [end, error] =
      std::from_chars(text.data() + id_digits + 1, text.data() + text.size(), id.n);
  if (error != std::errc() || end != text.data() + text.size()) return bad();
  return id;
}

Points spent_by(const LoyaltyResult& outcome) {
  Points spent;
  for (const LotPoints& use : outcome.used) spent.hundredths += use.points.hundredths;
  return spent;
}

Result<Done> check(const LoyaltyResult& outcome, Points earned, Currency currency,
                   std::size_t lines) {
  const auto rules = earned_by_rules(outcome.rules);
  if (!rules) return rules.error();
  const auto used = sum_of(outcome.used, "used");
  if (!used) return used.error();
  const auto issued = sum_of(outcome.issued, "issued");
  if (!issued) return issued.error();
  const auto cost = cost_of(outcome.rewards, currency);
  if (!cost) return cost.error();
  if (*rules != earned.hundredths)
    return wrong("loyalty.rules", "The rules' points do not add up to the points earned", "rules");
  if (!sane(outcome.debt_settled) || *issued + outcome.debt_settled.hundredths != earned.hundredths)
    return wrong("loyalty.issued", "The lots do not match the points earned", "issued");
  if (*cost > *used)
    return wrong("loyalty.cost", "The rewards cost more than the points spent", "rewards");
  if (outcome.lines.size() != lines)
    return wrong("loyalty.lines", "A line's loyalty figures are missing", "lines");
  std::int64_t by_line = 0;
  std::int64_t spent_by_line = 0;
  for (const LineStake& stake : outcome.lines) {
    if (!sane(stake.earned) || !sane(stake.spent) || stake.net.minor < 0 ||
        stake.net.currency != currency)
      return wrong("loyalty.lines", "A line's loyalty figures are inconsistent", "lines");
    by_line += stake.earned.hundredths;
    spent_by_line += stake.spent.hundredths;
  }
  if (lines > 0 && (by_line != earned.hundredths || spent_by_line > *used))
    return wrong("loyalty.lines", "The lines do not add up to the purchase", "lines");
  if (outcome.to_wallet.minor < 0 || outcome.to_wallet.currency != currency)
    return wrong("loyalty.wallet", "The amount for the wallet is not valid", "to_wallet");
  if (outcome.paid_out.minor < 0 ||
      (outcome.paid_out.minor > 0 && outcome.paid_out.currency != currency))
    return wrong("loyalty.paid-out", "The cash paid out is not valid", "paid_out");
  for (const std::string* tier : {&outcome.tier_before, &outcome.tier_after})
    if (auto ok = check_text(*tier, limits::code_bytes, Presence::optional, "tier"); !ok) return ok;
  return Done{};
}

bool is_anonymous(const LoyaltyResult& outcome) {
  const Points none;
  const auto free = [&](const RewardUse& use) { return use.cost == none; };
  const auto pointless = [&](const LineStake& stake) {
    return stake.earned == none && stake.spent == none;
  };
  return !outcome.rewards.empty() && std::ranges::all_of(outcome.rewards, free) &&
         std::ranges::all_of(outcome.lines, pointless) && outcome.rules.empty() &&
         outcome.used.empty() && outcome.issued.empty() && outcome.debt_settled == none &&
         outcome.to_wallet.minor == 0 && outcome.paid_out.minor == 0 &&
         outcome.tier_before.empty() && outcome.tier_after.empty() && !outcome.tier_since;
}

bool is_anonymous(const ReturnResult& outcome) {
  ReturnResult uses_alone;
  uses_alone.uses = outcome.uses;
  const auto pointless = [](const UseBack& use) { return use.points == Points{}; };
  return !outcome.uses.empty() && outcome == uses_alone &&
         std::ranges::all_of(outcome.uses, pointless);
}

Result<Done> check(const ReturnResult& outcome, Points reversed) {
  const auto taken = sum_of(outcome.taken, "taken");
  if (!taken) return taken.error();
  const auto restored = sum_of(outcome.restored, "restored");
  if (!restored) return restored.error();
  const auto issued = sum_of(outcome.issued, "issued");
  if (!issued) return issued.error();
  for (const Points points : {outcome.given_back, outcome.offset, outcome.expired,
                              outcome.debt_added, outcome.debt_settled})
    if (!sane(points)) return wrong("loyalty.points", "Points must not be below zero", "loyalty");
  if (*taken + outcome.offset.hundredths + outcome.expired.hundredths +
          outcome.debt_added.hundredths - outcome.debt_settled.hundredths !=
      reversed.hundredths)
    return wrong("loyalty.reversed", "The deducted points do not match what the items earned",
                 "taken");
  if (*restored + *issued + outcome.offset.hundredths != outcome.given_back.hundredths)
    return wrong("loyalty.given-back",
                 "The points given back do not match what was spent on the items", "restored");
  if (outcome.uses.size() > limits::loyalty_entries) return beyond("uses");
  for (const UseBack& use : outcome.uses) {
    if (use.times <= 0 || !sane(use.points))
      return wrong("loyalty.uses", "A returned use of a reward is not valid", "uses");
    if (auto ok = check_text(use.name, use_name_bytes, Presence::required, "uses"); !ok) return ok;
  }
  return Done{};
}

}  // namespace keepsake

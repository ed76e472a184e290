#pragma once
// What loyalty did at a purchase or a return, as the fact carries it: the records post it as it
// stands, without knowing the rules.

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// A lot: the fact that issued it, and its place among the lots of that fact.
struct LotId {
  FactId fact;
  std::uint32_t n = 0;
  auto operator<=>(const LotId&) const = default;
};
std::string to_text(const LotId& id);               ///< loyalty::Lot::id: "00c1...9f:0"
Result<LotId> parse_lot_id(std::string_view text);  ///< Failure::bad_input "lot.syntax"

struct LotPoints {
  LotId lot;
  Points points;  ///< > 0
  bool operator==(const LotPoints&) const = default;
};

/// A lot that the fact itself issues; its id is (the fact, its index).
struct IssuedLot {
  Points points;  ///< > 0
  std::optional<Date> expires;
  std::optional<Date> spendable_from = {};  ///< pending before that day; none: never pending
  bool operator==(const IssuedLot&) const = default;
};

struct RulePoints {
  std::string rule;
  Points points;
  bool operator==(const RulePoints&) const = default;
};

/// A reward that was claimed, or a coupon that was shown.
struct RewardUse {
  std::string reward;
  std::string coupon;  ///< the code shown, or ""
  std::int64_t steps = 1;
  Points cost;                        ///< of all steps
  Money value;                        ///< taken off, paid out or given; 0 where it has no price
  std::vector<std::string> vouchers;  ///< codes handed over
  bool operator==(const RewardUse&) const = default;
};

/// What a line has at stake when it comes back.
struct LineStake {
  Money net;      ///< paid for it in money
  Points earned;  ///< its share; the shares sum to what the purchase earned
  Points spent;   ///< its share of what the purchase spent on discounts and payment
  bool operator==(const LineStake&) const = default;
};

struct LoyaltyResult {
  std::vector<RulePoints> rules;  ///< sum to the points earned
  std::vector<RewardUse> rewards;
  std::vector<LotPoints> used;    ///< debits, in the order they were taken
  std::vector<IssuedLot> issued;  ///< what was earned, less the debt it settled
  Points debt_settled;
  std::vector<LineStake> lines;  ///< by line of the purchase; empty without lines
  Money to_wallet;               ///< rewards paid onto the wallet
  std::string tier_before;
  std::string tier_after;
  std::optional<Date> tier_since;
  Money paid_out = {};  ///< rewards paid in hand, out of the drawer
  bool operator==(const LoyaltyResult&) const = default;
};

/// What a checked outcome took from lots.
Points spent_by(const LoyaltyResult& outcome);
/// Sums, signs and limits: rules = `earned` = issued + settled, used covers the lines' spent.
/// Failure::bad_input "loyalty.*" or ::limit.
Result<Done> check(const LoyaltyResult& outcome, Points earned, Currency currency,
                   std::size_t lines);

/// Only rewards that were used: nothing that would belong to a customer. Such an outcome may stand
/// in a purchase of nobody, so that what is limited for all together is counted.
bool is_anonymous(const LoyaltyResult& outcome);

/// A use of a rule, reward or code that does not count any more, because its purchase came back
/// whole.
struct UseBack {
  FactId purchase;
  std::string name;  ///< as in loyalty::Uses
  std::int64_t times = 1;
  Points points;
  bool operator==(const UseBack&) const = default;
};
inline constexpr std::size_t use_name_bytes = limits::code_bytes + 8;  ///< "code:" and a code

/// What a return undid:
///   points reversed = taken + offset + expired + debt added - debt settled
///   points given back = restored + issued + offset
struct ReturnResult {
  Points given_back;             ///< spent points that came back
  std::vector<LotPoints> taken;  ///< earned points that went
  std::vector<LotPoints> restored;
  std::vector<IssuedLot> issued;  ///< for spent lots that have expired since
  Points offset;                  ///< given back and at once taken for what was reversed
  Points expired;                 ///< earned points that expiry had taken already
  Points debt_added;
  Points debt_settled;  ///< earlier debt, out of `taken` or `offset`
  std::vector<UseBack> uses = {};
  bool operator==(const ReturnResult&) const = default;
};
Result<Done> check(const ReturnResult& outcome, Points reversed);
/// Only uses that count no more, of a purchase of nobody.
bool is_anonymous(const ReturnResult& outcome);

}  // namespace keepsake

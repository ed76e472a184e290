#pragma once
// What a basket would earn, cost and change (quote.hpp).

#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/basket.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/loyalty/why.hpp"
#include "storage/domain/sale/loyalty_result.hpp"

namespace keepsake::loyalty {

struct QuotedLine {
  Money gross;     ///< price x quantity less what was taken off by hand
  Money discount;  ///< by rewards; 0 <= discount <= gross
  Money net;
  Money tax;        ///< inside net
  Money by_points;  ///< the part of net that points tenders pay
  Money earning;    ///< the part of it that can earn, before any rule's own filter
  Points points;    ///< sum over the rules
  bool operator==(const QuotedLine&) const = default;
};

struct PointsOnLine {
  std::size_t line = 0;
  Points points;
  bool operator==(const PointsOnLine&) const = default;
};

struct MoneyOnLine {
  std::size_t line = 0;
  Money amount;
  bool operator==(const MoneyOnLine&) const = default;
};

/// What one rule gives. `lines` is empty for order and event bonuses, else sums to `points`.
struct RuleEarned {
  std::string rule;
  Points points;
  Points before_caps;
  std::vector<PointsOnLine> lines;
  std::optional<Date> expires;
  Why why;
  bool operator==(const RuleEarned&) const = default;
};

struct DiscountTaken {
  std::string reward;
  std::string code;  ///< the coupon, or ""
  std::int64_t steps = 1;
  Money amount;  ///< sum of the lines
  Points cost;   ///< of all steps
  std::vector<MoneyOnLine> lines;
  Why why;
  bool operator==(const DiscountTaken&) const = default;
};

/// Something to hand over or to book: cash, gift, donation, voucher.
struct RewardIssued {
  std::string reward;
  RewardKind kind = RewardKind::gift;
  std::int64_t steps = 1;
  Points cost;
  Money value;                     ///< cash_out, donation; gift: its worth
  std::string article;             ///< gift
  std::vector<std::string> codes;  ///< voucher: one a step
  Why why;
  std::string code = {};  ///< the code shown for it, or ""
  bool operator==(const RewardIssued&) const = default;
};

/// A claim, code or tender that cannot be honoured; the rest of the quote stands without it.
struct Refusal {
  std::string asked;  ///< reward id, code, or "points" / "wallet" for a tender
  Why why;
  bool operator==(const Refusal&) const = default;
};

struct Quote {
  std::vector<QuotedLine> lines;
  std::vector<DiscountTaken> discounts;
  std::vector<RewardIssued> issued;
  std::vector<RuleEarned> earned;
  std::vector<Refusal> refused;
  /// Rules and rewards that do not apply and that nobody asked for, by id, with the reason.
  std::vector<Refusal> not_applied;

  Money gross;
  Money discount;
  Money total;  ///< gross - discount
  Money tax;
  Money paid;  ///< by the tenders that stand
  Money due;   ///< total - paid; negative: change, which only cash gives
  Money paid_with_points;
  Money paid_from_wallet;

  Points points_earned;  ///< sum of `earned`
  Points points_spent;   ///< rewards and points tenders
  Points debt_settled;
  Points balance_before;  ///< at the instant, pending points included
  Points balance_after;   ///< before - spent + earned - settled
  Points pending_before;  ///< of balance_before: cannot be spent yet
  Pending pending_after;  ///< of balance_after
  Points debt_after;
  std::vector<LotUse> lots_used;
  std::vector<IssuedLot> new_lots;  ///< what is left after settling debt

  std::string tier_before;
  std::string tier_after;
  std::string earned_after;  ///< tier_after but for a level that was given
  std::optional<TierProgress> next_tier;
  bool operator==(const Quote&) const = default;
};

}  // namespace keepsake::loyalty

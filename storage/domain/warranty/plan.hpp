#pragma once
// Extended plans: what one costs for an item, when it may be sold, what it covers from when to when, what
// it pays, and what is given back when it is cancelled. WARRANTY.md tells the rules.

#include <optional>
#include <variant>
#include <vector>

#include "storage/domain/values/money.hpp"
#include "storage/domain/warranty/cover.hpp"

namespace keepsake {

/// For items that cost up to so much, and so much themselves included.
struct PlanBracket {
  std::int64_t up_to_minor = 0;
  std::int64_t price_minor = 0;
  bool operator==(const PlanBracket&) const = default;
};

/// Of what the item cost, rounded once, half up; then not less and not more than these (0: no matter).
struct PlanShare {
  std::int32_t basis_points = 0;  ///< 1..10000
  std::int64_t least_minor = 0;
  std::int64_t most_minor = 0;
  bool operator==(const PlanShare&) const = default;
};

/// One price, or by brackets (rising), or a share. Tax included.
using PlanPrice = std::variant<std::int64_t, std::vector<PlanBracket>, PlanShare>;

enum class PlanStart : std::uint8_t {
  at_once,     ///< on the day it is sold
  after_maker  ///< on the day after the maker's cover; at once where there is none, or none any more
};

struct PlanTerms {
  std::string article;  ///< Article::code, as which it is sold
  Currency currency;
  PlanPrice price;
  Period period;  ///< not none
  PlanStart starts = PlanStart::after_maker;
  Period waiting = {};         ///< from its sale: what breaks meanwhile it does not cover
  Period sold_within = {};     ///< from the item's purchase; none: with the item only, on that day
  Period renewed_within = {};  ///< before its last day; none: it is not renewed
  std::int64_t limit_minor = 0;       ///< that it pays altogether; 0: whatever it costs
  std::int64_t deductible_minor = 0;  ///< that the customer pays of each claim
  std::string covered = {};
  bool transferable = false;
  bool cancellable = true;  ///< beyond the days in which the law lets everybody cancel
  bool operator==(const PlanTerms&) const = default;
};
/// Failure::bad_input "plan.price", "plan.period", "plan.limit", "plan.share" or "plan.brackets", or as
/// check(Period); Failure::limit.
Result<Done> check(const PlanTerms& terms);

// All below: check(terms) holds.

/// For an item that was sold at this price. Failure::refused "plan.item-price" (no bracket is so high),
/// Failure::bad_input "money.currency".
Result<Money> plan_price(const PlanTerms& terms, Money item);

/// What a plan is sold for.
struct PlanItem {
  Date bought;
  Covers covers;  ///< as they are, without the plan
};

/// Failure::refused "plan.early" (before the item), "plan.late" (its window is over).
Result<Done> may_sell(const PlanTerms& terms, const PlanItem& item, Date today);
/// Of a plan that ends on `end`. Failure::refused "plan.no-renewal", "plan.early" or "plan.late": after
/// its last day it is not renewed.
Result<Done> may_renew(const PlanTerms& terms, Date end, Date today);

/// Sold on `today`. The day that it follows, of the sale or the last of the cover before it, is not counted
/// (last_day): after two years of the maker's, two years of the plan end four years after the purchase.
Cover plan_cover(const PlanTerms& terms, const PlanItem& item, Date today);
/// Begins on the day after the old one's last.
Cover renewed_cover(const PlanTerms& terms, Date end);

/// A plan as it was sold.
struct PlanSold {
  Money paid;  ///< after discounts, tax included
  Date sold;
  Cover cover;
};

enum class PlanState { not_begun, waiting, covered, ended };
PlanState plan_state(const PlanTerms& terms, const PlanSold& plan, Date today);

/// What a claim costs whom. paid + own is the cost, whatever the cost.
struct PlanPays {
  Money paid;  ///< by the plan
  Money own;   ///< by the customer: the deductible, and what is beyond the limit
  bool operator==(const PlanPays&) const = default;
};
/// `before`: what it paid for earlier claims. Failure::bad_input "money.currency", "money.negative".
Result<PlanPays> plan_pays(const PlanTerms& terms, Money cost, Money before);

/// What is given back, and what stays with the shop for the days that were used. back + used is what was
/// paid, to the minor unit.
struct PlanRefund {
  Money back;
  Money used;
  bool operator==(const PlanRefund&) const = default;
};
/// Cancelled on `today`. In full up to and including so many days after the sale (0: there are none),
/// which the law of a country says; and while its cover has not begun. Then for each day after today that
/// it would have covered, of all its days, rounded once, half up. Failure::refused "plan.not-cancellable",
/// "plan.ended"; Failure::bad_input "plan.early" (before it was sold).
Result<PlanRefund> plan_refund(const PlanTerms& terms, const PlanSold& plan, int cooling_off_days,
                               Date today);
/// The item itself goes back, so that there is nothing left to cover: what plan_refund() gives, whether or
/// not the plan can be cancelled otherwise.
Result<PlanRefund> plan_refund_with_item(const PlanSold& plan, int cooling_off_days, Date today);

}  // namespace keepsake

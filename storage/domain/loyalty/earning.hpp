#pragma once
// Rules that turn usage into points.
//
// Order of evaluation, for each rule in the order of the programme:
//   1. the rule's filter and minimum say whether and for which lines it applies
//   2. among the rules of one group the group's `combine` chooses: line by line for rules that
//      count lines, once for rules that count orders and events
//   3. the multipliers that match a line are combined (`compose`); rules that count lines are
//      multiplied unless they say otherwise; a fixed bonus (order, event) is multiplied only by
//      multipliers without a line filter
//   4. the rule's points are rounded once (per order or per line)
//   5. the rule's caps apply: purchase, day, customer; then the programme's caps, to later rules
//      first

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/domain/loyalty/filter.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/loyalty/rounding.hpp"
#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake::loyalty {

/// per_amount: `points` for each `for_each_minor`, any fraction of it counted. With tenders in the
/// filter only the part that they pay counts. per_item: for each piece (or kilogram), which is also
/// the fixed bonus of an article or category. per_order and event: once.
enum class EarnKind { per_amount, per_item, per_order, event };
enum class TaxBasis { included, excluded };
enum class Combine { sum, best, first };
enum class Compose { multiply, add, best };  ///< 2x and 3x give 6x; 4x (1 + 1 + 2); 3x
enum class Multiplied { yes, no };
enum class Counts { yes, no };
enum class MinimumOf { lines, order };  ///< order: all that is bought, loads apart

/// What the matching lines, or the whole order, must reach together for the rule to apply.
struct Minimum {
  std::int64_t minor = 0;
  TaxBasis tax = TaxBasis::included;
  Quantity quantity;
  MinimumOf of = MinimumOf::lines;
  bool operator==(const Minimum&) const = default;
};

struct Caps {
  std::optional<Points> per_purchase;
  std::optional<Points> per_day;       ///< for one member
  std::optional<Points> per_customer;  ///< ever
  bool operator==(const Caps&) const = default;
};

struct UsageLimits {
  std::optional<std::int64_t> by_all;        ///< times, over all members
  std::optional<std::int64_t> per_customer;  ///< times
  bool operator==(const UsageLimits&) const = default;
};

struct EarningRule {
  std::string id;
  LocalizedText name;
  EarnKind kind = EarnKind::per_amount;
  Points points;                     ///< > 0
  std::int64_t for_each_minor = 0;   ///< per_amount only, > 0
  Event event = Event::none;         ///< event only
  std::int32_t every_nth_visit = 0;  ///< Event::nth_visit: the nth, 2nth ...
  std::int32_t days_before = 0;      ///< Event::birthday: the window around it
  std::int32_t days_after = 0;
  Filter filter;
  Minimum minimum;
  std::string group;  ///< "" stands alone: adds to everything
  Multiplied multiplied = Multiplied::yes;
  Caps caps;
  UsageLimits limits;
  std::optional<Expiry> expiry;  ///< instead of the programme's
  bool operator==(const EarningRule&) const = default;
};

struct EarningGroup {
  std::string id;
  Combine combine = Combine::sum;
  bool operator==(const EarningGroup&) const = default;
};

inline constexpr std::int64_t one_times = 1'000'000;  ///< multipliers count in millionths

struct Multiplier {
  std::string id;
  LocalizedText name;
  /// 0 .. 1000 x; a composed one is cut down to whole millionths.
  std::int64_t millionths = one_times;
  Filter filter;
  bool operator==(const Multiplier&) const = default;
};

struct Earning {
  PointRounding rounding;
  TaxBasis tax = TaxBasis::included;     ///< of the amounts that earn
  Counts discounted = Counts::no;        ///< yes: what discounts took off earns all the same
  Counts paid_with_points = Counts::no;  ///< yes: so does what points paid
  LineFilter never;                      ///< lines matching one of the not_ lists never earn
  std::vector<EarningGroup> groups;
  std::vector<EarningRule> rules;
  Compose compose = Compose::multiply;
  std::vector<Multiplier> multipliers;
  Caps caps;  ///< over all rules
  bool operator==(const Earning&) const = default;
};

}  // namespace keepsake::loyalty

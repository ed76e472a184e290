#pragma once
// The rules of one loyalty programme, as storage/programme reads them from a file. The fact
// ProgrammePublished (storage/domain/loyalty/programme.hpp) keeps the file's text; this is its
// meaning.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/loyalty/earning.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/loyalty/rewards.hpp"
#include "storage/domain/loyalty/tiers.hpp"

namespace keepsake::loyalty {

/// Paying with points, at a fixed value.
struct Redeeming {
  std::int64_t point_value_milli_minor = 0;  ///< of one whole point; 0: points do not pay
  Points smallest;                           ///< of one payment
  std::int32_t most_basis_points = 10'000;   ///< of the total
  bool operator==(const Redeeming&) const = default;
};

/// Discounts that are a share of something are rounded to a multiple of `step_minor`.
struct DiscountRounding {
  std::int64_t step_minor = 1;  ///< > 0
  RoundingMode mode = RoundingMode::half_up;
  bool operator==(const DiscountRounding&) const = default;
};

/// What becomes of the points of a member who withdraws from membership.
enum class PointsAtWithdrawal : unsigned char {
  kept,      ///< until they rejoin, or the points expire
  given_up,  ///< they expire at once
};

struct Rules {
  std::string name;
  Currency currency;
  Earning earning;
  Expiry expiry;
  Tiers tiers;
  Redeeming redeeming;
  std::array<DiscountStage, 4> discount_order = usual_order;
  DiscountRounding discount_rounding;
  std::vector<Reward> rewards;
  /// Spent points that are given back, and whose lot has expired, live so long.
  std::int32_t returned_points_days = 30;
  /// What a purchase earns can be spent so many days after it; until then it is pending.
  std::int32_t pending_days = 0;
  PointsAtWithdrawal points_at_withdrawal = PointsAtWithdrawal::kept;
  bool operator==(const Rules&) const = default;
};

/// The programme of one rate that a fact without text means: whole points, down, on the order.
Rules of_rate(const keepsake::Programme& simple);

const EarningRule* find_rule(const Rules& programme, std::string_view id);
const Reward* find_reward(const Rules& programme, std::string_view id);

/// The code that was typed as the programme writes it: nobody should fail for a small letter or a
/// blank. "" where there is none.
std::string code_as_written(const Rules& programme, std::string_view typed);

}  // namespace keepsake::loyalty

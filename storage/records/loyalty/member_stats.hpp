#pragma once
// Habits of a member that the rules ask for: visits, the tier, how often a rule or reward was used.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

enum class Visit { yes, no };

/// Counts one purchase or event under the reference that its fact names, merged or not.
void count_standing(Applying& applying, const CustomerRef& customer, Date day, Points earned,
                    Visit visit, const LoyaltyResult* outcome);

/// What a purchase of nobody used, for everybody together.
void count_uses_by_all(Applying& applying, Date day, const LoyaltyResult& outcome);

struct Standing {
  std::int64_t visits = 0;
  std::optional<Date> active_on;
  std::optional<Date> earned_on;
  Points earned_then;  ///< on earned_on
  std::string tier;
  std::optional<Date> tier_since;
};
/// Of one reference alone; members.cpp puts those of a person together.
Standing standing(Database& database, const CustomerRef& customer);

/// `owner`: one reference, or empty for everybody.
loyalty::Uses uses_of(Database& database, std::string_view store, std::string_view owner,
                      Date today);

}  // namespace keepsake::records

#pragma once
// What loyalty did at a purchase or an event, kept as its fact says it.

#include <optional>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct LoyaltyEvent;
struct LoyaltyResult;
}  // namespace keepsake

namespace keepsake::loyalty {
struct Reward;
}

namespace keepsake::records {

Result<Done> apply(Applying& applying, const LoyaltyEvent& event);

/// Whether this person has caused such an event, under any of their references.
bool has_earned(Database& database, const CustomerRef& whose, std::string_view cause);

/// How many steps of a reward were taken on that day, less those that came back.
std::int64_t steps_on(Database& database, std::string_view store, const loyalty::Reward& reward,
                      Date day);

void put_outcome(Applying& applying, const LoyaltyResult& outcome);
std::optional<LoyaltyResult> outcome_of(Database& database, FactId fact, Currency currency);

}  // namespace keepsake::records

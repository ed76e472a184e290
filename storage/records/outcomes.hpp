#pragma once
// What loyalty did at a purchase or an event, kept as its fact says it.

#include <optional>

#include "storage/records/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const LoyaltyEvent& event);

void put_outcome(Applying& applying, const LoyaltyOutcome& outcome);
std::optional<LoyaltyOutcome> outcome_of(Database& database, FactId fact, Currency currency);

}  // namespace keepsake::records

#pragma once
// Inside storage/facts only: what loyalty did, as purchases, returns and events carry it.

#include "storage/facts/reading.hpp"

namespace keepsake::facts {

LoyaltyResult outcome_of(Reading& in, const v1::LoyaltyOutcome& message, Currency currency);
ReturnResult outcome_of(Reading& in, const v1::ReturnOutcome& message);
ValueLoad load_of(Reading& in, const v1::ValueLoad& message, Currency currency);

}  // namespace keepsake::facts

#pragma once
// Inside storage/facts only: what loyalty did, as purchases, returns and events carry it.

#include "storage/facts/reading.hpp"

namespace keepsake::facts {

LoyaltyResult outcome_of(Reading& in, const v1::LoyaltyOutcome& message, Currency currency);
ReturnResult outcome_of(Reading& in, const v1::ReturnOutcome& message);
TopUp top_up_of(Reading& in, const v1::TopUp& message, Currency currency);

}  // namespace keepsake::facts

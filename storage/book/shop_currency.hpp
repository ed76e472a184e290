#pragma once

#include "storage/domain/values/money.hpp"

namespace keepsake {

struct Fact;

/// Totals are sums of minor units: one folder keeps one currency. Failure::refused "currency.other".
/// `shop`: none yet allows every fact.
Result<Done> check_currency(const Fact& fact, Currency shop);

}  // namespace keepsake

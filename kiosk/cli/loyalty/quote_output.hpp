#pragma once
// What `keepsake quote` answers; kiosk/cli/QUOTE.md is the format on one page.

#include <iosfwd>

#include "kiosk/cli/json.hpp"
#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/returns.hpp"

namespace keepsake::cli {

/// `why`: loyalty::explain() of the quote.
Json to_json(const loyalty::Quote& quote, const loyalty::Basket& basket,
             const std::vector<loyalty::Why>& why);
Json to_json(const loyalty::PurchaseLedger& ledger);
Json to_json(const loyalty::ReturnQuote& quote);
/// As `--member` takes it; `as_of`: the day of what was earned today.
Json to_json(const loyalty::Member& member, Currency currency, Date as_of);

void describe(std::ostream& out, const loyalty::Quote& quote, const loyalty::Basket& basket,
              const std::vector<loyalty::Why>& why);
void describe(std::ostream& out, const loyalty::ReturnQuote& quote);

}  // namespace keepsake::cli

#pragma once
// What `keepsake quote` answers; kiosk/cli/QUOTE.md is the format on one page.

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/returns.hpp"

namespace keepsake::cli {

/// `why`: loyalty::explain() of the quote.
nlohmann::ordered_json to_json(const loyalty::Quote& quote, const loyalty::Basket& basket,
                               const std::vector<loyalty::Why>& why);
nlohmann::ordered_json to_json(const loyalty::PurchaseLedger& ledger);
nlohmann::ordered_json to_json(const loyalty::ReturnQuote& quote);

void describe(std::ostream& out, const loyalty::Quote& quote, const loyalty::Basket& basket,
              const std::vector<loyalty::Why>& why);
void describe(std::ostream& out, const loyalty::ReturnQuote& quote);

}  // namespace keepsake::cli

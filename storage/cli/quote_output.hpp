#pragma once
// What `keepsake quote` answers; QUOTE.md is the format on one page.

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/returns.hpp"

namespace keepsake::cli {

nlohmann::ordered_json to_json(const loyalty::Quote& quote, const loyalty::Basket& basket);
nlohmann::ordered_json to_json(const loyalty::PurchaseLedger& ledger);
nlohmann::ordered_json to_json(const loyalty::ReturnQuote& quote);

void describe(std::ostream& out, const loyalty::Quote& quote, const loyalty::Basket& basket);
void describe(std::ostream& out, const loyalty::ReturnQuote& quote);

}  // namespace keepsake::cli

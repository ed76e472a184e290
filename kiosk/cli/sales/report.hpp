#pragma once
// What the reports share.

#include <string>

#include "kiosk/cli/json.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/exchange/table.hpp"

namespace keepsake {
class Reader;
}

namespace keepsake::cli {

/// One report: its name in JSON, its columns, and a row in both forms for each of its entries.
struct Report {
  std::string name;
  Table table;
  Json rows = Json::array();
};

class InCurrency {
 public:
  explicit InCurrency(Currency currency) : currency_(currency) {}
  std::string operator()(std::int64_t minor) const { return grouped(Money{minor, currency_}); }

 private:
  Currency currency_;
};

/// By "hour", "category", "tender" or "tax-rate".
Result<Report> breakdown(Reader& reader, const InCurrency& money, const std::string& by);

}  // namespace keepsake::cli

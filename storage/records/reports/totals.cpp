#include "storage/records/reports/totals.hpp"

#include "storage/domain/views/reports.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::records {

namespace {

constexpr Sql sums{"totals",
                   "WITH sold AS (SELECT * FROM purchase WHERE ($1 IS NULL OR store = $1)"
                   "   AND ($2 IS NULL OR currency = $2)),"
                   " brought_back AS (SELECT * FROM goods_return WHERE ($1 IS NULL OR store = $1)"
                   "   AND ($2 IS NULL OR currency = $2))"
                   " SELECT (SELECT count(*) FROM sold),"
                   " (SELECT coalesce(sum(total_minor), 0) FROM sold),"
                   " (SELECT count(*) FROM brought_back),"
                   " (SELECT coalesce(sum(total_minor), 0) FROM brought_back),"
                   " (SELECT count(*) FROM customer WHERE $1 IS NULL OR store = $1),"
                   " (SELECT count(*) FROM warranty WHERE $1 IS NULL OR store = $1),"
                   " (SELECT count(*) FROM article WHERE $1 IS NULL OR store = $1),"
                   " (SELECT coalesce(sum(amount), 0) FROM posting"
                   "   WHERE kind = 1 AND ($1 IS NULL OR store = $1)),"
                   " (SELECT count(*) FROM sold WHERE goods > 0),"
                   " (SELECT coalesce(sum(loads), 0) FROM sold),"
                   " (SELECT coalesce(sum(load_minor), 0) FROM sold),"
                   " (SELECT coalesce(sum(load_minor), 0) FROM brought_back)"};
constexpr Sql newest_currency{
    "totals.currency",
    "SELECT coalesce((SELECT currency FROM purchase WHERE store = $1 ORDER BY id DESC LIMIT 1),"
    " (SELECT currency FROM programme WHERE store = $1 ORDER BY version DESC LIMIT 1))"};
constexpr Sql newest_offset{
    "totals.offset",
    "SELECT offset_minutes FROM purchase WHERE store = $1 ORDER BY id DESC LIMIT 1"};
constexpr Sql all_currencies{
    "totals.currencies",
    "SELECT currency FROM purchase WHERE store = $1"
    " UNION SELECT currency FROM goods_return WHERE store = $1 ORDER BY 1"};

}  // namespace

Totals totals(Database& database, std::optional<std::string_view> store,
              std::optional<Currency> currency) {
  auto row = database.query(sums);
  if (store)
    row->bind_text(1, *store);
  else
    row->bind_null(1);
  if (currency)
    row->bind_text(2, currency->code());
  else
    row->bind_null(2);
  Totals totals;
  if (!row->step()) return totals;
  totals.purchases = row->integer(0);
  totals.purchase_minor = row->integer(1);
  totals.returns = row->integer(2);
  totals.return_minor = row->integer(3);
  totals.customers = row->integer(4);
  totals.warranties = row->integer(5);
  totals.articles = row->integer(6);
  totals.points_outstanding = {row->integer(7)};
  totals.sales = row->integer(8);
  totals.loads = row->integer(9);
  totals.loads_minor = row->integer(10);
  totals.loads_returned_minor = row->integer(11);
  totals.sales_minor = totals.purchase_minor - totals.loads_minor;
  return totals;
}

std::vector<Currency> currencies(Database& database, std::string_view store) {
  std::vector<Currency> found;
  auto row = database.query(all_currencies);
  row->bind_text(1, store);
  while (row->step()) found.push_back(currency_of(*row, 0));
  return found;
}

Date day_of_store(Database& database, std::string_view store, Instant now) {
  auto row = database.query(newest_offset);
  row->bind_text(1, store);
  const std::int64_t minutes = row->step() ? row->integer(0) : 0;
  return LocalTime{now, static_cast<std::int16_t>(minutes)}.date();
}

std::optional<Currency> currency(Database& database, std::string_view store) {
  auto row = database.query(newest_currency);
  row->bind_text(1, store);
  if (!row->step() || row->is_null(0)) return std::nullopt;
  return currency_of(*row, 0);
}

}  // namespace keepsake::records

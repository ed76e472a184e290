#include "storage/records/warranty/warranties.hpp"

#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_warranty{
    "warranty.put",
    "INSERT INTO warranty (fact, line, store, article, article_name, maker, serial, serial_typed,"
    " start_day, end_day, customer, purchase, staff, at_ms, offset_minutes, disputed, item)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"};
constexpr Sql stands{"warranty.stands",
                     "SELECT 1 FROM warranty WHERE item = $1 AND disputed = 0"
                     " AND voided_by IS NULL"};
constexpr Sql void_line{"warranty.void",
                        "UPDATE warranty SET voided_by = $3"
                        " WHERE fact = $1 AND line = $2 AND voided_by IS NULL"};
constexpr Sql of_purchase{
    "warranty.of-purchase",
    "SELECT line, serial, serial_typed, maker, start_day, end_day FROM warranty"
    " WHERE fact = $1 AND line >= 0 ORDER BY line"};
constexpr Sql of_customer{
    "warranty.of-customer",
    "SELECT w.fact, w.article_name, coalesce(a.category, ''), w.serial_typed, w.start_day, "
    "w.end_day,"
    " w.disputed FROM warranty w LEFT JOIN article a ON a.store = w.store AND a.code = w.article"
    " WHERE w.customer = $1 AND w.voided_by IS NULL ORDER BY w.end_day, w.fact, w.line LIMIT $2"};

Cover cover_of(const Query& row, int first) {
  return {from_days(static_cast<std::int32_t>(row.integer(first))),
          from_days(static_cast<std::int32_t>(row.integer(first + 1)))};
}

/// One value that says which item it is: two makers may use the same serials.
std::string item_of(std::string_view maker, std::string_view serial) {
  return std::string(maker) + '\n' + std::string(serial);
}

}  // namespace

bool item_registered(Database& database, std::string_view maker, std::string_view serial) {
  auto row = database.query(stands);
  row->bind_text(1, item_of(maker, serial));
  return row->step();
}

void begin_cover(Applying& applying, const CoveredItem& item) {
  const bool disputed = item_registered(applying.database, item.maker, item.serial);
  auto row = applying.database.query(put_warranty);
  row->bind_blob(1, view(applying.id));
  row->bind(2, item.line);
  row->bind_text(3, applying.header.store);
  row->bind_text(4, item.article);
  row->bind_text(5, item.article_name);
  row->bind_text(6, item.maker);
  row->bind_text(7, item.serial);
  row->bind_text(8, item.serial_typed);
  row->bind(9, to_days(item.cover.start));
  row->bind(10, to_days(item.cover.end));
  bind_customer(*row, 11, item.customer);
  if (item.purchase)
    bind_id(*row, 12, *item.purchase);
  else
    row->bind_null(12);
  row->bind_text(13, item.staff);
  bind_time(*row, 14, item.at);
  row->bind(16, disputed ? 1 : 0);
  row->bind_text(17, item_of(item.maker, item.serial));
  row->step();
  if (disputed)
    applying.note("warranty.disputed",
                  "This item was registered before; the first registration stands");
}

Result<Done> apply(Applying& applying, const WarrantyRegistration& registration) {
  if (auto ok = expect_known(applying, registration.customer); !ok) return ok;
  begin_cover(applying, {.line = -1,
                         .article = registration.article,
                         .article_name = registration.article_name,
                         .maker = registration.maker,
                         .serial = registration.serial,
                         .serial_typed = registration.serial_typed,
                         .cover = registration.cover,
                         .customer = registration.customer,
                         .purchase = registration.purchase,
                         .staff = registration.staff,
                         .at = registration.at});
  return Done{};
}

void void_cover(Applying& applying, FactId purchase, std::int64_t line) {
  auto row = applying.database.query(void_line);
  bind_id(*row, 1, purchase);
  row->bind(2, line);
  row->bind_blob(3, view(applying.id));
  row->step();
}

std::vector<std::pair<std::size_t, LineWarranty>> line_warranties(Database& database,
                                                                  FactId purchase) {
  std::vector<std::pair<std::size_t, LineWarranty>> found;
  auto row = database.query(of_purchase);
  bind_id(*row, 1, purchase);
  while (row->step())
    found.emplace_back(static_cast<std::size_t>(row->integer(0)),
                       LineWarranty{std::string(row->text(1)), std::string(row->text(2)),
                                    std::string(row->text(3)), cover_of(*row, 4)});
  return found;
}

std::vector<WarrantySummary> warranties_of(Database& database, const CustomerRef& customer,
                                           std::size_t limit) {
  std::vector<WarrantySummary> found;
  auto row = database.query(of_customer);
  row->bind_blob(1, view(customer.bytes));
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back({fact_id(*row, 0), std::string(row->text(1)), std::string(row->text(2)),
                     std::string(row->text(3)), cover_of(*row, 4), row->integer(6) != 0});
  return found;
}

}  // namespace keepsake::records

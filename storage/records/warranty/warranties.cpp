#include "storage/records/warranty/warranties.hpp"

#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_warranty{
    "warranty.put",
    "INSERT INTO warranty (fact, line, store, article, article_name, maker, serial, serial_typed,"
    " start_day, end_day, customer, purchase, staff, at_ms, offset_minutes, disputed, item, tail,"
    " unfit)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
    " $19)"};
constexpr Sql put_cover{
    "warranty.put-cover",
    "INSERT INTO warranty_cover (fact, line, item, kind, start_day, end_day, period_count,"
    " period_unit, usage_most, usage_unit, covered)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Sql drop_covers{"warranty.drop-covers",
                          "DELETE FROM warranty_cover WHERE fact = $1 AND line = $2"};
constexpr Sql read_covers{
    "warranty.covers",
    "SELECT kind, start_day, end_day, period_count, period_unit, usage_most, usage_unit, covered"
    " FROM warranty_cover WHERE fact = $1 AND line = $2 ORDER BY kind"};
constexpr Sql item_at{"warranty.item", "SELECT item FROM warranty WHERE fact = $1 AND line = $2"};
constexpr Sql set_span{"warranty.span",
                       "UPDATE warranty SET start_day = $3, end_day = $4"
                       " WHERE fact = $1 AND line = $2"};
constexpr Sql put_begun{
    "warranty.put-begun",
    "INSERT INTO warranty_begun (fact, item, registration, line, event, start_day, staff, at_ms,"
    " offset_minutes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Sql stands{"warranty.stands",
                     "SELECT 1 FROM warranty WHERE item = $1 AND disputed = 0"
                     " AND voided_by IS NULL"};
constexpr Sql void_line{"warranty.void",
                        "UPDATE warranty SET voided_by = $3"
                        " WHERE fact = $1 AND line = $2 AND voided_by IS NULL"};
constexpr Sql of_purchase{"warranty.of-purchase",
                          "SELECT line, serial, serial_typed, maker, unfit FROM warranty"
                          " WHERE fact = $1 AND line >= 0 ORDER BY line"};
constexpr Sql of_customer{
    "warranty.of-customer",
    "SELECT w.fact, w.article_name, coalesce(a.category, ''), w.serial_typed, w.start_day, "
    "w.end_day,"
    " w.disputed, w.line FROM warranty w LEFT JOIN article a ON a.store = w.store AND a.code = "
    "w.article"
    " WHERE w.customer = $1 AND w.voided_by IS NULL ORDER BY w.end_day, w.fact, w.line LIMIT $2"};

Cover cover_of(const Query& row, int first) {
  return {from_days(static_cast<std::int32_t>(row.integer(first))),
          from_days(static_cast<std::int32_t>(row.integer(first + 1)))};
}

constexpr std::size_t tail_length = 4;

/// One value that says which item it is: two makers may use the same serials. A serial has no colon.
std::string item_of(std::string_view maker, std::string_view serial, FactId fact,
                    std::int64_t line) {
  if (serial.empty()) return '\n' + to_hex(fact) + ':' + std::to_string(line);
  return std::string(maker) + '\n' + std::string(serial);
}

void put_covers(Database& database, const ItemId& id, std::string_view item, const Covers& covers) {
  for (const ItemCover& each : covers) {
    auto row = database.query(put_cover);
    bind_item(*row, 1, id);
    row->bind_text(3, item);
    row->bind(4, static_cast<std::int64_t>(each.kind));
    row->bind(5, to_days(each.dates.start));
    row->bind(6, to_days(each.dates.end));
    row->bind(7, each.period.count);
    row->bind(8, static_cast<std::int64_t>(each.period.unit));
    row->bind(9, each.usage.most);
    row->bind_text(10, each.usage.unit);
    row->bind_text(11, each.covered);
    row->step();
  }
}

}  // namespace

bool item_registered(Database& database, std::string_view maker, std::string_view serial) {
  auto row = database.query(stands);
  row->bind_text(1, item_of(maker, serial, {}, 0));
  return row->step();
}

Covers covers_of(Database& database, const ItemId& id) {
  Covers covers;
  auto row = database.query(read_covers);
  bind_item(*row, 1, id);
  while (row->step())
    covers.push_back(
        {static_cast<CoverKind>(row->integer(0)),
         cover_of(*row, 1),
         {static_cast<std::int32_t>(row->integer(3)), static_cast<PeriodUnit>(row->integer(4))},
         {row->integer(5), std::string(row->text(6))},
         std::string(row->text(7))});
  if (covers.empty()) throw_damaged("an item without a cover");
  return covers;
}

void begin_cover(Applying& applying, const CoveredItem& item) {
  const ItemId id{applying.header.id, static_cast<std::int32_t>(item.line)};
  const std::string key = item_of(item.maker, item.serial, id.registration, id.line);
  const bool disputed =
      !item.serial.empty() && item_registered(applying.database, item.maker, item.serial);
  const Cover span = span_of(*item.covers);
  auto row = applying.database.query(put_warranty);
  row->bind_blob(1, view(applying.id));
  row->bind(2, item.line);
  row->bind_text(3, applying.header.store);
  row->bind_text(4, item.article);
  row->bind_text(5, item.article_name);
  row->bind_text(6, item.maker);
  row->bind_text(7, item.serial);
  row->bind_text(8, item.serial_typed);
  row->bind(9, to_days(span.start));
  row->bind(10, to_days(span.end));
  bind_customer(*row, 11, item.customer);
  if (item.purchase)
    bind_id(*row, 12, *item.purchase);
  else
    row->bind_null(12);
  row->bind_text(13, item.staff);
  bind_time(*row, 14, item.at);
  row->bind(16, disputed ? 1 : 0);
  row->bind_text(17, key);
  row->bind_text(18, item.serial.size() < tail_length
                         ? item.serial
                         : item.serial.substr(item.serial.size() - tail_length));
  row->bind(19, item.unfit ? 1 : 0);
  row->step();
  put_covers(applying.database, id, key, *item.covers);
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
                         .covers = &registration.covers,
                         .customer = registration.customer,
                         .purchase = registration.purchase,
                         .staff = registration.staff,
                         .at = registration.at,
                         .unfit = registration.unfit});
  return Done{};
}

Result<Done> apply(Applying& applying, const CoverBegun& begun) {
  if (auto ok = expect_known(applying, begun.customer); !ok) return ok;
  const ItemId id{begun.registration, begun.line};
  std::string item;
  {
    auto row = applying.database.query(item_at);
    bind_item(*row, 1, id);
    if (!row->step())
      return applying.contradict("cover.unknown-item", "The item is not registered here",
                                 "Register it first.");
    item = row->text(0);
  }
  {
    auto row = applying.database.query(drop_covers);
    bind_item(*row, 1, id);
    row->step();
  }
  put_covers(applying.database, id, item, begun.covers);
  const Cover span = span_of(begun.covers);
  {
    auto row = applying.database.query(set_span);
    bind_item(*row, 1, id);
    row->bind(3, to_days(span.start));
    row->bind(4, to_days(span.end));
    row->step();
  }
  auto row = applying.database.query(put_begun);
  row->bind_blob(1, view(applying.id));
  row->bind_text(2, item);
  bind_item(*row, 3, id);
  row->bind(5, static_cast<std::int64_t>(begun.event));
  row->bind(6, to_days(span.start));
  row->bind_text(7, begun.staff);
  bind_time(*row, 8, begun.at);
  row->step();
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
                       LineWarranty{std::string(row->text(1)),
                                    std::string(row->text(2)),
                                    std::string(row->text(3)),
                                    {},
                                    row->integer(4) != 0});
  for (auto& [line, warranty] : found)
    warranty.covers = covers_of(database, {purchase, static_cast<std::int32_t>(line)});
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
                     std::string(row->text(3)), cover_of(*row, 4), row->integer(6) != 0,
                     static_cast<std::int32_t>(row->integer(7))});
  return found;
}

}  // namespace keepsake::records

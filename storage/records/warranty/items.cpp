#include "storage/records/warranty/items.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/warranty/warranties.hpp"

namespace keepsake::records {
namespace {

// What stands comes first of its item.
#define FOUND "SELECT w.item, w.fact, w.line FROM warranty w WHERE "
#define BY_STANDING \
  " ORDER BY w.voided_by IS NOT NULL, w.disputed, w.end_day DESC, w.at_ms DESC, w.fact, w.line"

constexpr Sql by_serial{"item.by-serial", FOUND "w.serial = $1 AND w.serial <> ''" BY_STANDING};
constexpr Sql by_tail{"item.by-tail", FOUND "w.tail = $1 AND w.tail <> ''" BY_STANDING};
constexpr Sql by_purchase{"item.by-purchase",
                          FOUND "w.purchase = $1 ORDER BY w.line < 0, w.line, w.at_ms, w.fact"};
constexpr Sql by_customer{"item.by-customer", FOUND
                          "w.customer = $1 AND w.voided_by IS NULL"
                          " ORDER BY w.end_day, w.fact, w.line LIMIT $2"};
constexpr Sql one{
    "item.one",
    "SELECT w.article, w.article_name, coalesce(a.category, ''), w.maker, w.serial, w.serial_typed,"
    " coalesce(a.cover_starts, 0), w.customer, w.purchase, w.at_ms, w.offset_minutes,"
    " w.voided_by IS NOT NULL, w.item, coalesce(a.covered, ''), w.unfit"
    " FROM warranty w LEFT JOIN article a ON a.store = w.store AND a.code = w.article"
    " WHERE w.fact = $1 AND w.line = $2"};
constexpr Sql registrations{
    "item.registrations",
    "SELECT w.at_ms, w.offset_minutes, w.line, w.disputed, w.voided_by IS NOT NULL, r.at_ms,"
    " r.offset_minutes FROM warranty w LEFT JOIN goods_return r ON r.id = w.voided_by"
    " WHERE w.item = $1 ORDER BY w.at_ms DESC, w.fact, w.line LIMIT $2"};
constexpr Sql beginnings{"item.beginnings",
                         "SELECT at_ms, offset_minutes, event, registration, line"
                         " FROM warranty_begun WHERE item = $1 ORDER BY at_ms DESC, fact LIMIT $2"};

constexpr auto most_events = static_cast<std::int64_t>(limits::item_events);

/// Disputes, returns and new owners of the same item, and how its cover began.
void add_history(Database& database, const std::string& key, ItemView& view) {
  using enum ItemEvent::Kind;
  {
    auto row = database.query(registrations);
    row->bind_text(1, key);
    for (row->bind(2, most_events); row->step();) {
      const bool dispute = row->integer(3) != 0;
      const bool back = row->integer(4) != 0;
      view.disputed = view.disputed || (dispute && !back);
      view.history.push_back({dispute               ? disputed
                              : row->integer(2) < 0 ? registered
                                                    : sold,
                              local_time(*row, 0)});
      if (back && !row->is_null(5)) view.history.push_back({returned, local_time(*row, 5)});
    }
  }
  auto row = database.query(beginnings);
  row->bind_text(1, key);
  for (row->bind(2, most_events); row->step();) {
    view.history.push_back({begun, local_time(*row, 0), static_cast<CoverStart>(row->integer(2))});
    const ItemId of{fact_id(*row, 3), static_cast<std::int32_t>(row->integer(4))};
    view.begun = view.begun || of == view.id;
  }
  std::ranges::stable_sort(view.history, std::greater{},
                           [](const ItemEvent& each) { return each.at.at; });
  if (view.history.size() > limits::item_events) view.history.resize(limits::item_events);
}

struct Hit {
  std::string item;
  ItemId id;
};

/// The first of each item.
std::vector<Hit> hits(Query& row) {
  std::vector<Hit> found;
  while (found.size() < limits::items_found && row.step()) {
    Hit hit{std::string(row.text(0)), {fact_id(row, 1), static_cast<std::int32_t>(row.integer(2))}};
    if (std::ranges::find(found, hit.item, &Hit::item) == found.end())
      found.push_back(std::move(hit));
  }
  return found;
}

std::vector<ItemView> views_of(Database& database, const std::vector<Hit>& found) {
  std::vector<ItemView> views;
  for (const Hit& each : found)
    if (auto view = item(database, each.id)) views.push_back(*std::move(view));
  return views;
}

std::vector<Hit> hits_of(Database& database, const Sql& sql, std::string_view text) {
  auto row = database.query(sql);
  row->bind_text(1, text);
  return hits(*row);
}

}  // namespace

std::optional<ItemView> item(Database& database, const ItemId& id) {
  ItemView view;
  view.id = id;
  std::string key;
  std::string covered;
  {
    auto row = database.query(one);
    bind_item(*row, 1, id);
    if (!row->step()) return std::nullopt;
    view.article = row->text(0);
    view.article_name = row->text(1);
    view.category = row->text(2);
    view.maker = row->text(3);
    view.serial = row->text(4);
    view.serial_typed = row->text(5);
    view.starts = static_cast<CoverStart>(row->integer(6));
    view.owner = customer_ref(*row, 7);
    if (!row->is_null(8)) view.purchase = fact_id(*row, 8);
    view.at = local_time(*row, 9);
    view.returned = row->integer(11) != 0;
    key = row->text(12);
    covered = row->text(13);
    view.unfit = row->integer(14) != 0;
  }
  view.owner = canonical(database, view.owner);
  view.covers = covers_of(database, id);
  // A receipt line has no room for it (to_purchase).
  for (ItemCover& each : view.covers)
    if (view.serial.empty() && each.kind == CoverKind::maker && each.covered.empty())
      each.covered = covered;
  add_history(database, key, view);
  return view;
}

std::vector<ItemView> items_by_serial(Database& database, const ItemQuery& query) {
  std::vector<Hit> found;
  if (!query.serial.empty()) found = hits_of(database, by_serial, query.serial);
  const auto add = [&](const Sql& sql, const std::string& text) {
    if (text.empty()) return;
    for (Hit& each : hits_of(database, sql, text))
      if (std::ranges::find(found, each.item, &Hit::item) == found.end() &&
          found.size() < limits::items_found)
        found.push_back(std::move(each));
  };
  add(by_serial, query.imei);
  add(by_tail, query.tail);
  return views_of(database, found);
}

std::vector<ItemView> items_of_purchase(Database& database, FactId purchase) {
  std::vector<Hit> found;
  {
    auto row = database.query(by_purchase);
    bind_id(*row, 1, purchase);
    found = hits(*row);
  }
  return views_of(database, found);
}

std::vector<ItemView> items_of_customer(Database& database, const CustomerRef& customer) {
  std::vector<ItemView> all;
  for (const CustomerRef& each : references_of(database, canonical(database, customer))) {
    std::vector<Hit> found;
    {
      auto row = database.query(by_customer);
      row->bind_blob(1, view(each.bytes));
      row->bind(2, static_cast<std::int64_t>(limits::items_found));
      found = hits(*row);
    }
    std::ranges::move(views_of(database, found), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {},
                           [](const ItemView& each) { return to_days(span_of(each.covers).end); });
  if (all.size() > limits::items_found) all.resize(limits::items_found);
  return all;
}

std::vector<ItemView> items(Database& database, const ItemLookUp& look_up) {
  return std::visit(
      Overloaded{
          [&](const ItemQuery& query) { return items_by_serial(database, query); },
          [&](const FactId& purchase) { return items_of_purchase(database, purchase); },
          [&](const CustomerRef& customer) { return items_of_customer(database, customer); },
          [&](const ItemId& id) {
            auto one_item = item(database, id);
            return one_item ? std::vector{*std::move(one_item)} : std::vector<ItemView>();
          },
      },
      look_up.by);
}

}  // namespace keepsake::records

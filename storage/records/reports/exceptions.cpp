#include "storage/records/reports/exceptions.hpp"

#include <algorithm>
#include <map>

#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"

namespace keepsake::records {

namespace {

constexpr Sql open_of_all{"exception.open",
                          "SELECT e.store, e.fact, e.code, e.message FROM exception e"
                          " WHERE ($1 IS NULL OR e.store = $1) AND NOT EXISTS"
                          " (SELECT 1 FROM settlement s WHERE s.store = e.store"
                          "  AND s.fact = e.fact AND s.code = e.code)"
                          " ORDER BY e.fact DESC, e.n LIMIT $2"};
constexpr Sql newest_settled{"settlement.newest",
                             "SELECT s.store, s.fact, s.code, s.settled_by, s.decision, s.unit,"
                             " s.owed, s.reason, s.staff, s.at_ms, s.offset_minutes"
                             " FROM settlement s WHERE $1 IS NULL OR s.store = $1"
                             " ORDER BY s.at_ms DESC, s.settled_by DESC LIMIT $2"};
constexpr Sql messages_of{"exception.messages",
                          "SELECT message FROM exception WHERE fact = $1 AND store = $2"
                          " AND code = $3 ORDER BY n"};
// 1 purchase, 2 return, 3 event, 4 customer, 5 warranty: ExceptionSubject.
constexpr Sql subject_of{
    "exception.subject",
    "SELECT 1, at_ms, offset_minutes, first_article, total_minor, currency, customer"
    "  FROM purchase WHERE id = $1"
    " UNION ALL SELECT 2, at_ms, offset_minutes, '', total_minor, currency, customer"
    "  FROM goods_return WHERE id = $1"
    " UNION ALL SELECT 3, at_ms, offset_minutes, event, NULL, '', customer"
    "  FROM loyalty_event WHERE id = $1"
    " UNION ALL SELECT 4, at_ms, offset_minutes, '', NULL, '', ref FROM customer WHERE fact = $1"
    " UNION ALL SELECT 5, at_ms, offset_minutes, article_name, NULL, '', customer"
    "  FROM warranty WHERE fact = $1 AND line = -1 LIMIT 1"};
constexpr Sql lacking_of{"shortfall.sum",
                         "SELECT unit, kind, owner, sum(amount) FROM shortfall WHERE fact = $1"
                         " AND store = $2 AND code = $3 GROUP BY unit, kind, owner"
                         " ORDER BY min(n) LIMIT 1"};

Lacking lacking_in(const Query& row, int unit, std::int64_t amount) {
  if (row.text(unit).empty()) return {};
  if (row.text(unit) == "points") return Points{amount};
  return Money{amount, currency_of(row, unit)};
}

void add_subject(Database& database, ExceptionView& view) {
  auto row = database.query(subject_of);
  bind_id(*row, 1, view.name.fact);
  view.at = {view.name.fact.time().instant(), 0};
  if (!row->step()) return;
  view.subject = static_cast<ExceptionSubject>(row->integer(0));
  view.at = local_time(*row, 1);
  view.what = row->text(3);
  if (!row->is_null(4)) view.amount = Money{row->integer(4), currency_of(*row, 5)};
  view.customer = customer_ref(*row, 6);
}

void add_lacking(Database& database, ExceptionView& view) {
  constexpr std::int64_t of_gift_card = 12;
  auto row = database.query(lacking_of);
  bind_id(*row, 1, view.name.fact);
  row->bind_text(2, view.store);
  row->bind_text(3, view.name.code);
  if (!row->step()) return;
  view.lacking = lacking_in(*row, 0, row->integer(3));
  if (row->integer(1) != of_gift_card) view.owner = customer_ref(*row, 2);
}

/// Nobody who was erased can owe.
void complete(Database& database, ExceptionView& view) {
  add_subject(database, view);
  add_lacking(database, view);
  if (!view.owner.nobody() && is_erased(database, view.owner)) view.owner = {};
}

void bind_store(Query& row, const std::optional<std::string_view>& store) {
  if (store)
    row.bind_text(1, *store);
  else
    row.bind_null(1);
}

Settlement settlement_in(const Query& row) {
  Settlement settlement;
  settlement.fact = fact_id(row, 3);
  settlement.decision = static_cast<Decision>(row.integer(4));
  settlement.owed = lacking_in(row, 5, row.integer(6));
  settlement.reason = row.text(7);
  settlement.staff = row.text(8);
  settlement.at = local_time(row, 9);
  return settlement;
}

void add_messages(Database& database, ExceptionView& view) {
  auto row = database.query(messages_of);
  bind_id(*row, 1, view.name.fact);
  row->bind_text(2, view.store);
  row->bind_text(3, view.name.code);
  std::int64_t times = 0;
  for (; row->step(); ++times)
    if (times == 0) view.message = row->text(0);
  view.times = std::max<std::int64_t>(times, 1);
}

}  // namespace

std::vector<NotedException> unsettled(Database& database, std::optional<std::string_view> store,
                                      std::size_t limit) {
  std::vector<NotedException> found;
  auto row = database.query(open_of_all);
  bind_store(*row, store);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back({std::string(row->text(0)),
                     {fact_id(*row, 1), std::string(row->text(2))},
                     std::string(row->text(3))});
  return found;
}

std::vector<ExceptionView> describe(Database& database, std::vector<NotedException> noted,
                                    std::size_t limit) {
  std::map<std::pair<ExceptionName, std::string>, ExceptionView, std::greater<>> each_once;
  for (NotedException& each : noted) {
    const auto [at, fresh] = each_once.try_emplace({each.name, each.store});
    if (!fresh) continue;
    at->second.name = std::move(each.name);
    at->second.store = std::move(each.store);
    at->second.message = std::move(each.message);
  }
  std::vector<ExceptionView> found;
  for (auto& [name, view] : each_once) {
    if (found.size() == limit) break;
    const std::string told = std::move(view.message);
    add_messages(database, view);
    if (view.message.empty()) view.message = told;
    complete(database, view);
    found.push_back(std::move(view));
  }
  return found;
}

std::vector<ExceptionView> settled_exceptions(Database& database,
                                              std::optional<std::string_view> store,
                                              std::size_t limit) {
  std::vector<ExceptionView> found;
  {
    auto row = database.query(newest_settled);
    bind_store(*row, store);
    row->bind(2, static_cast<std::int64_t>(limit));
    while (row->step()) {
      ExceptionView view;
      view.store = row->text(0);
      view.name = {fact_id(*row, 1), std::string(row->text(2))};
      view.settled = settlement_in(*row);
      found.push_back(std::move(view));
    }
  }
  for (ExceptionView& each : found) {
    add_messages(database, each);
    complete(database, each);
  }
  return found;
}

}  // namespace keepsake::records

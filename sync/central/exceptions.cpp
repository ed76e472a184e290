#include "sync/central/exceptions.hpp"

#include <algorithm>
#include <iterator>

#include "storage/records/core/columns.hpp"
#include "storage/records/reports/exceptions.hpp"

namespace keepsake::sync::central {

namespace {

// Answers are kept by a terminal's chain, settlements by store and fact.
#define UNSETTLED_OUTCOMES                                                                      \
  " FROM central_outcome o JOIN central_terminal t ON t.number = o.terminal"                    \
  " JOIN central_fact f ON f.terminal = o.terminal AND f.lineage = o.lineage AND f.seq = o.seq" \
  " WHERE NOT EXISTS (SELECT 1 FROM settlement s WHERE s.store = t.store AND s.fact = f.id"     \
  "  AND s.code = o.code)"
constexpr Sql unsettled_outcomes{"central.outcome.unsettled",
                                 "SELECT t.store, f.id, o.code, o.message" UNSETTLED_OUTCOMES
                                 " AND ($1 IS NULL OR t.store = $1) ORDER BY f.id DESC, o.n"
                                 " LIMIT $2"};
constexpr Sql count_unsettled{"central.outcome.count",
                              "SELECT count(*) FROM (SELECT DISTINCT f.id, "
                              "o.code" UNSETTLED_OUTCOMES " AND o.terminal = $1)"};
#undef UNSETTLED_OUTCOMES

std::vector<records::NotedException> answered(Database& database,
                                              std::optional<std::string_view> store,
                                              std::size_t limit) {
  std::vector<records::NotedException> found;
  const auto row = database.query(unsettled_outcomes);
  if (store)
    row->bind_text(1, *store);
  else
    row->bind_null(1);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back({std::string(row->text(0)),
                     {records::fact_id(*row, 1), std::string(row->text(2))},
                     std::string(row->text(3))});
  return found;
}

}  // namespace

std::vector<ExceptionView> open_exceptions(Database& database,
                                           std::optional<std::string_view> store,
                                           std::size_t limit) {
  auto noted = records::unsettled(database, store, limit);
  // What head office says to every store it says to itself as well, under no store's name.
  std::erase_if(noted, [](const auto& each) { return each.store.empty(); });
  std::ranges::move(answered(database, store, limit), std::back_inserter(noted));
  return records::describe(database, std::move(noted), limit);
}

std::int64_t count_open_exceptions(Database& database, TerminalNumber terminal) {
  const auto row = database.query(count_unsettled);
  row->bind(1, terminal.value);
  return row->step() ? row->integer(0) : 0;
}

}  // namespace keepsake::sync::central

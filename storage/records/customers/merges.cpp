#include "storage/records/customers/merges.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/values/limits.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/merge_balances.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_merge{"merge.put",
                        "INSERT INTO customer_merge (fact, kept, merged, reason, staff, at_ms,"
                        " offset_minutes, moved_hundredths)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql undo_one{"merge.undo",
                       "UPDATE customer_merge SET undone_by = $2, undone_staff = $3,"
                       " undone_ms = $4, undone_offset_minutes = $5 WHERE fact = $1"};
constexpr Sql touching{"merge.touching",
                       "SELECT fact, kept, merged, at_ms, offset_minutes, staff, reason,"
                       " undone_by IS NOT NULL FROM customer_merge WHERE kept = $1 OR merged = $1"
                       " ORDER BY fact DESC"};
constexpr Sql one_merge{"merge.one",
                        "SELECT fact, kept, merged, at_ms, offset_minutes, staff, reason,"
                        " undone_by IS NOT NULL FROM customer_merge WHERE fact = $1"};

MergeRecord merge_in(const Query& row) {
  return {fact_id(row, 0),    customer_ref(row, 1),     customer_ref(row, 2),
          local_time(row, 3), std::string(row.text(5)), std::string(row.text(6)),
          row.integer(7) != 0};
}

Result<Done> twice(Applying& applying) {
  return applying.contradict("merge.already", "These two are already one customer",
                             "Undo the earlier merge first.");
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerMerge& merge) {
  Database& database = applying.database;
  for (const CustomerRef& each : {merge.kept, merge.merged}) {
    auto live = expect_living(applying, each);
    if (!live) return live.error();
    if (*live == Known::gone) return Done{};
  }
  if (canonical(database, merge.merged) != merge.merged) return twice(applying);
  const CustomerRef kept = canonical(database, merge.kept);
  if (kept == merge.merged) return twice(applying);
  if (references_of(database, kept).size() + references_of(database, merge.merged).size() >
      limits::merged_customers)
    return applying.contradict("merge.limit", "Too many customers are merged into one",
                               "Undo some of the merges.");
  assert(canonical(database, kept) == kept);  // or points would go to somebody nobody asks about
  const Points moved = hand_over(applying, merge.merged, kept);
  {
    auto row = database.query(put_merge);
    row->bind_blob(1, view(applying.id));
    row->bind_blob(2, view(merge.kept.bytes));
    row->bind_blob(3, view(merge.merged.bytes));
    row->bind_text(4, merge.reason);
    row->bind_text(5, merge.staff);
    bind_time(*row, 6, merge.at);
    row->bind(8, moved.hundredths);
    row->step();
  }
  return Done{};
}

Result<Done> apply(Applying& applying, const MergeUndoing& undoing) {
  Database& database = applying.database;
  const auto undone = merge(database, undoing.merge);
  if (!undone)
    return applying.contradict("merge.none", "There is no such merge",
                               "Copy its id from the customer's merges.");
  if (undone->undone)
    return applying.contradict("merge.undone", "This merge is already undone", "Nothing to do.");
  const CustomerRef account = canonical(database, undone->kept);
  {
    auto row = database.query(undo_one);
    bind_id(*row, 1, undoing.merge);
    row->bind_blob(2, view(applying.id));
    row->bind_text(3, undoing.staff);
    bind_time(*row, 4, undoing.at);
    row->step();
  }
  hand_back(applying, undoing.merge, account, undone->merged);
  return Done{};
}

std::optional<MergeRecord> merge(Database& database, const FactId& fact) {
  auto row = database.query(one_merge);
  bind_id(*row, 1, fact);
  return row->step() ? std::optional(merge_in(*row)) : std::nullopt;
}

std::vector<MergeRecord> merges_of(Database& database, const CustomerRef& customer) {
  std::vector<MergeRecord> found;
  for (const CustomerRef& each : references_of(database, canonical(database, customer))) {
    auto row = database.query(touching);
    row->bind_blob(1, view(each.bytes));
    while (row->step()) {
      MergeRecord merge = merge_in(*row);
      if (std::ranges::find(found, merge.fact, &MergeRecord::fact) == found.end())
        found.push_back(std::move(merge));
    }
  }
  std::ranges::sort(found, std::greater{}, &MergeRecord::fact);
  return found;
}

}  // namespace keepsake::records

#include "storage/records/reports/breakdown.hpp"

#include <map>
#include <tuple>

#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::records {

namespace {

// The hour as the clock at the till showed it.
#define HOUR "(((at_ms / 60000 + offset_minutes) / 60) % 24 + 24) % 24"
constexpr Sql purchases_by_hour{"breakdown.purchases-by-hour",
                                "SELECT " HOUR
                                " AS hour, count(*), sum(total_minor), sum(loads), sum(load_minor),"
                                " sum(tax_minor) FROM purchase WHERE store = $1 GROUP BY hour"};
constexpr Sql returns_by_hour{"breakdown.returns-by-hour",
                              "SELECT " HOUR
                              " AS hour, count(*), sum(total_minor), 0, sum(load_minor),"
                              " sum(tax_minor) FROM goods_return WHERE store = $1 GROUP BY hour"};

// Of a line: its key, 1 for each, amount, whether it paid in and with how much, tax.
#define SUMS_OF_LINES(line)                  \
  "count(*), sum(" line                      \
  ".amount_minor), sum(v.fact IS NOT NULL)," \
  " sum(CASE WHEN v.fact IS NULL THEN 0 ELSE " line ".amount_minor END), sum(" line ".tax_minor)"
#define SOLD_LINES                                                   \
  " FROM purchase p JOIN purchase_line l ON l.purchase = p.id"       \
  " LEFT JOIN article a ON a.store = p.store AND a.code = l.article" \
  " LEFT JOIN value_load v ON v.fact = l.purchase AND v.line = l.line WHERE p.store = $1"
#define LINES_BACK                                                                     \
  " FROM goods_return r JOIN goods_return_line b ON b.goods_return = r.id"             \
  " LEFT JOIN article a ON a.store = r.store AND a.code = b.article"                   \
  " LEFT JOIN purchase_line l ON l.purchase = b.purchase AND l.line = b.purchase_line" \
  " LEFT JOIN value_load v ON v.fact = b.purchase AND v.line = b.purchase_line"        \
  " WHERE r.store = $1"
constexpr Sql sold_by_category{"breakdown.sold-by-category",
                               "SELECT coalesce(a.category, '') AS key, " SUMS_OF_LINES("l")
                                   SOLD_LINES " GROUP BY key"};
constexpr Sql back_by_category{"breakdown.back-by-category",
                               "SELECT coalesce(a.category, '') AS key, " SUMS_OF_LINES("b")
                                   LINES_BACK " GROUP BY key"};
constexpr Sql sold_by_rate{"breakdown.sold-by-rate",
                           "SELECT l.tax_basis_points AS key, " SUMS_OF_LINES("l") SOLD_LINES
                           " GROUP BY key"};
// A return keeps no rate: the line that was sold has it, else the article. -1: nobody knows.
constexpr Sql back_by_rate{"breakdown.back-by-rate",
                           "SELECT coalesce(l.tax_basis_points, a.tax_basis_points, -1) AS key,"
                           " " SUMS_OF_LINES("b") LINES_BACK " GROUP BY key"};

#define PAYMENTS(document)                                      \
  "SELECT t.kind, count(*), sum(t.amount_minor) FROM " document \
  " d"                                                          \
  " JOIN tender t ON t.fact = d.id WHERE d.store = $1 GROUP BY t.kind"
constexpr Sql paid{"breakdown.paid", PAYMENTS("purchase")};
constexpr Sql paid_back{"breakdown.paid-back", PAYMENTS("goods_return")};
// What a document with lines that pay in was paid with, document by document.
#define PAYMENTS_OF_LOADS(document, count)                                        \
  "SELECT d.id, d.load_minor, " count ", t.kind, t.amount_minor FROM " document   \
  " d"                                                                            \
  " LEFT JOIN tender t ON t.fact = d.id WHERE d.store = $1 AND d.load_minor <> 0" \
  " ORDER BY d.id, t.n"
constexpr Sql loads_paid{"breakdown.loads-paid", PAYMENTS_OF_LOADS("purchase", "d.loads")};
constexpr Sql loads_paid_back{"breakdown.loads-paid-back", PAYMENTS_OF_LOADS("goods_return", "0")};
constexpr Sql sums{"breakdown.sums",
                   "SELECT (SELECT coalesce(sum(total_minor), 0) FROM purchase WHERE store = $1),"
                   " (SELECT coalesce(sum(loads), 0) FROM purchase WHERE store = $1),"
                   " (SELECT coalesce(sum(total_minor), 0) FROM goods_return WHERE store = $1)"};

/// Groups by kind, number and name: in that order.
class Groups {
 public:
  using Kind = GroupTotal::Kind;
  GroupTotal& named(std::string_view name) { return at(Kind::named, 0, name); }
  GroupTotal& numbered(std::int64_t number) { return at(Kind::named, number, {}); }
  GroupTotal& unknown() { return at(Kind::unknown, 0, {}); }
  GroupTotal& rounding() { return at(Kind::rounding, 0, {}); }
  /// Of a tender's number in the database.
  GroupTotal& tender(std::int64_t kind) {
    GroupTotal& group = numbered(kind);
    group.name = loyalty::name_of(static_cast<TenderKind>(kind));
    return group;
  }
  std::vector<GroupTotal> all() const {
    std::vector<GroupTotal> list;
    for (const auto& [key, group] : groups_) list.push_back(group);
    return list;
  }

 private:
  GroupTotal& at(Kind kind, std::int64_t number, std::string_view name) {
    GroupTotal& group = groups_[{kind, number, std::string(name)}];
    group.kind = kind;
    group.number = number;
    if (!name.empty()) group.name = name;
    return group;
  }
  std::map<std::tuple<Kind, std::int64_t, std::string>, GroupTotal> groups_;
};

/// Rows of key, count, amount, loads, their amount, and tax.
template <class Group>
void add_sold(Database& database, std::string_view store, const Sql& sql, const Group& group) {
  auto row = database.query(sql);
  row->bind_text(1, store);
  while (row->step()) {
    GroupTotal& total = group(*row);
    total.count += row->integer(1);
    total.purchase_minor += row->integer(2);
    total.loads += row->integer(3);
    total.loads_minor += row->integer(4);
    total.tax_minor += row->integer(5);
  }
}

template <class Group>
void add_back(Database& database, std::string_view store, const Sql& sql, const Group& group) {
  auto row = database.query(sql);
  row->bind_text(1, store);
  while (row->step()) {
    GroupTotal& total = group(*row);
    total.count_back += row->integer(1);
    total.return_minor += row->integer(2);
    total.loads_returned_minor += row->integer(4);
    total.tax_returned_minor += row->integer(5);
  }
}

void add_payments(Database& database, std::string_view store, Groups& groups) {
  auto in = database.query(paid);
  in->bind_text(1, store);
  while (in->step()) {
    GroupTotal& total = groups.tender(in->integer(0));
    total.count += in->integer(1);
    total.purchase_minor += in->integer(2);
  }
  auto out = database.query(paid_back);
  out->bind_text(1, store);
  while (out->step()) {
    GroupTotal& total = groups.tender(out->integer(0));
    total.count_back += out->integer(1);
    total.return_minor += out->integer(2);
  }
}

/// One document that paid in: the load and the payments over which it is spread.
struct Spread {
  std::string document;
  std::int64_t load_minor = 0, loads = 0;
  std::vector<std::int64_t> kinds, amounts;
};

template <class Add>
void spread(const Spread& of, Groups& groups, const Add& add) {
  if (of.document.empty()) return;
  const auto parts = allocate(Money{of.load_minor, {}}, of.amounts);
  // Paid with nothing, as its coins were rounded away.
  if (!parts) return add(groups.rounding(), of.load_minor, of.loads);
  for (std::size_t i = 0; i < of.kinds.size(); ++i)
    add(groups.tender(of.kinds[i]), (*parts)[i].minor, i == 0 ? of.loads : 0);
}

/// A purchase that sells and pays in has no payment of its own for either: each bears its share.
template <class Add>
void add_loads(Database& database, std::string_view store, const Sql& sql, Groups& groups,
               const Add& add) {
  auto row = database.query(sql);
  row->bind_text(1, store);
  Spread now;
  while (row->step()) {
    if (row->blob(0) != now.document) {
      spread(now, groups, add);
      now = {std::string(row->blob(0)), row->integer(1), row->integer(2), {}, {}};
    }
    if (row->is_null(3)) continue;
    now.kinds.push_back(row->integer(3));
    now.amounts.push_back(row->integer(4));
  }
  spread(now, groups, add);
}

/// What was paid beyond or below the totals is what rounding cash to coins changed.
void add_rounding(Database& database, std::string_view store, Groups& groups) {
  std::int64_t paid_minor = 0, back_minor = 0, loads = 0;
  for (const GroupTotal& each : groups.all()) {
    paid_minor += each.purchase_minor;
    back_minor += each.return_minor;
    loads += each.loads;
  }
  auto row = database.query(sums);
  row->bind_text(1, store);
  if (!row->step()) return;
  const std::int64_t off = row->integer(0) - paid_minor, off_back = row->integer(2) - back_minor;
  const std::int64_t free_loads = row->integer(1) - loads;  // lines that paid in for nothing
  if (off == 0 && off_back == 0 && free_loads == 0) return;
  GroupTotal& rounding = groups.rounding();
  rounding.purchase_minor += off;
  rounding.return_minor += off_back;
  rounding.loads += free_loads;
}

void by_tender(Database& database, std::string_view store, Groups& groups) {
  add_payments(database, store, groups);
  add_loads(database, store, loads_paid, groups,
            [](GroupTotal& total, std::int64_t minor, std::int64_t loads) {
              total.loads_minor += minor;
              total.loads += loads;
            });
  add_loads(database, store, loads_paid_back, groups,
            [](GroupTotal& total, std::int64_t minor, std::int64_t) {
              total.loads_returned_minor += minor;
            });
  add_rounding(database, store, groups);
}

}  // namespace

std::vector<GroupTotal> breakdown(Database& database, std::string_view store, BreakdownBy by) {
  Groups groups;
  const auto by_number = [&](const Query& row) -> GroupTotal& {
    return row.integer(0) < 0 ? groups.unknown() : groups.numbered(row.integer(0));
  };
  const auto by_name = [&](const Query& row) -> GroupTotal& { return groups.named(row.text(0)); };
  switch (by) {
    case BreakdownBy::hour:
      add_sold(database, store, purchases_by_hour, by_number);
      add_back(database, store, returns_by_hour, by_number);
      break;
    case BreakdownBy::category:
      add_sold(database, store, sold_by_category, by_name);
      add_back(database, store, back_by_category, by_name);
      break;
    case BreakdownBy::tender:
      by_tender(database, store, groups);
      break;
    case BreakdownBy::tax_rate:
      add_sold(database, store, sold_by_rate, by_number);
      add_back(database, store, back_by_rate, by_number);
      break;
  }
  return groups.all();
}

}  // namespace keepsake::records

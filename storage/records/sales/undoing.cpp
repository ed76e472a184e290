#include "storage/records/sales/undoing.hpp"

#include <algorithm>

#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/records/loyalty/reward_codes.hpp"

namespace keepsake::records {

namespace {

constexpr Sql mark_whole{
    "purchase.returned-whole",
    "UPDATE purchase SET returned_by = $2 WHERE id = $1 AND returned_by IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM purchase_line l WHERE l.purchase = $1 AND l.quantity >"
    "  (SELECT coalesce(sum(b.quantity), 0) FROM goods_return_line b"
    "   WHERE b.purchase = $1 AND b.purchase_line = l.line))"
    " RETURNING store, customer, day, points_hundredths, goods"};
constexpr Sql uncount_visit{
    "standing.uncount",
    "UPDATE member_standing SET visits = visits - $4,"
    " earned_then = CASE WHEN earned_day = $2 THEN earned_then - $3 ELSE earned_then END"
    " WHERE customer = $1"};
constexpr Sql uncount_use{
    "rule-use.uncount",
    "UPDATE rule_use SET times = times - $4, hundredths = hundredths - $5,"
    " day_hundredths = CASE WHEN day = $6 THEN day_hundredths - $5 ELSE day_hundredths END"
    " WHERE store = $1 AND owner = $2 AND name = $3"};
constexpr Sql drop_unused{"rule-use.drop",
                          "DELETE FROM rule_use WHERE store = $1 AND owner = $2 AND name = $3"
                          " AND times <= 0"};
// Only rules ask for the newest day: a birthday's bonus comes once in its window.
constexpr Sql newest_left{
    "rule-use.newest-left",
    "UPDATE rule_use SET day = coalesce((SELECT max(u.day) FROM"
    " (SELECT p.day AS day FROM purchase p JOIN outcome_rule r ON r.fact = p.id AND r.rule = $3"
    "   WHERE p.customer = $2 AND p.store = $1 AND p.returned_by IS NULL"
    "  UNION ALL SELECT e.day FROM loyalty_event e JOIN outcome_rule r ON r.fact = e.id"
    "   AND r.rule = $3 WHERE e.customer = $2 AND e.store = $1) u), day)"
    " WHERE store = $1 AND owner = $2 AND name = $3 AND day = $4"};

constexpr std::string_view code_prefix = "code:";

struct WholePurchase {
  std::string store;
  CustomerRef customer;
  std::int64_t day = 0;
  std::int64_t points_hundredths = 0;
  bool visit = true;  ///< it sold something
};

std::optional<WholePurchase> mark(Applying& applying, FactId purchase) {
  auto row = applying.database.query(mark_whole);
  bind_id(*row, 1, purchase);
  row->bind_blob(2, view(applying.id));
  if (!row->step()) return std::nullopt;
  WholePurchase whole{std::string(row->text(0)), customer_ref(*row, 1), row->integer(2),
                      row->integer(3), row->integer(4) > 0};
  while (row->step()) {
  }
  return whole;
}

void forget_visit(Applying& applying, const WholePurchase& whole) {
  auto row = applying.database.query(uncount_visit);
  row->bind_blob(1, view(whole.customer.bytes));
  row->bind(2, whole.day);
  row->bind(3, whole.points_hundredths);
  row->bind(4, whole.visit ? 1 : 0);
  row->step();
}

void give_back(Applying& applying, const WholePurchase& whole, const UseBack& use) {
  if (use.name.starts_with(code_prefix))
    free_code(applying, use.purchase, std::string_view(use.name).substr(code_prefix.size()));
  for (const bool by_all : {false, true}) {
    if (!by_all && whole.customer.nobody()) continue;
    const auto named = [&](const Sql& sql) {
      auto row = applying.database.query(sql);
      row->bind_text(1, whole.store);
      row->bind_blob(2, by_all ? std::string_view(whole.store) : view(whole.customer.bytes));
      row->bind_text(3, use.name);
      return row;
    };
    {
      auto row = named(uncount_use);
      row->bind(4, use.times);
      row->bind(5, use.points.hundredths);
      row->bind(6, whole.day);
      row->step();
    }
    named(drop_unused)->step();
    if (by_all) continue;
    auto row = named(newest_left);
    row->bind(4, whole.day);
    row->step();
  }
}

}  // namespace

void undo_whole_purchases(Applying& applying, const Return& returned) {
  std::vector<FactId> seen;
  for (const ReturnLine& line : returned.lines) {
    if (!line.purchase || std::ranges::find(seen, *line.purchase) != seen.end()) continue;
    seen.push_back(*line.purchase);
    const auto whole = mark(applying, *line.purchase);
    if (!whole) continue;
    if (!whole->customer.nobody()) forget_visit(applying, *whole);
    if (!returned.loyalty) continue;
    for (const UseBack& use : returned.loyalty->uses)
      if (use.purchase == *line.purchase) give_back(applying, *whole, use);
  }
}

}  // namespace keepsake::records

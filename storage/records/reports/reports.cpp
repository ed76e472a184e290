#include "storage/records/reports/reports.hpp"

#include <map>

#include "storage/domain/values/points.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::records {

namespace {

constexpr Sql purchases_by_day{
    "report.purchases-by-day",
    "SELECT day, count(*), sum(total_minor), sum(loads), sum(load_minor) FROM purchase"
    " WHERE store = $1 GROUP BY day"};
constexpr Sql returns_by_day{
    "report.returns-by-day",
    "SELECT day, count(*), sum(total_minor) FROM goods_return WHERE store = $1 GROUP BY day"};
constexpr Sql purchases_by_staff{
    "report.purchases-by-staff",
    "SELECT staff, count(*), sum(total_minor), sum(loads), sum(load_minor) FROM purchase"
    " WHERE store = $1 GROUP BY staff"};
constexpr Sql returns_by_staff{
    "report.returns-by-staff",
    "SELECT staff, count(*), sum(total_minor) FROM goods_return WHERE store = $1 GROUP BY staff"};
// The name an article was last sold under may differ from line to line: max() picks one for good.
constexpr Sql articles{
    "report.by-article",
    "SELECT l.article, max(l.name), sum(l.quantity), sum(l.amount_minor) AS amount"
    " FROM purchase p JOIN purchase_line l ON l.purchase = p.id WHERE p.store = $1"
    " AND (p.loads = 0 OR NOT EXISTS (SELECT 1 FROM value_load v"
    "  WHERE v.fact = l.purchase AND v.line = l.line))"
    " GROUP BY l.article ORDER BY amount DESC, l.article LIMIT $2"};
constexpr Sql customers{
    "report.by-customer",
    "SELECT t.customer, c.name, c.card, c.origin, t.n, t.amount, coalesce(a.amount, 0)"
    " FROM (SELECT customer, count(*) AS n, sum(total_minor - load_minor) AS amount FROM purchase"
    "  WHERE store = $1 AND customer IS NOT NULL AND goods > 0 GROUP BY customer"
    "  ORDER BY amount DESC, customer LIMIT $2) t"
    " LEFT JOIN customer c ON c.ref = t.customer"
    " LEFT JOIN account a ON a.unit = 'points' AND a.kind = 1 AND a.owner = t.customer ORDER BY "
    "t.amount DESC, "
    "t.customer"};

}  // namespace

std::vector<DayTotal> by_day(Database& database, std::string_view store) {
  std::map<std::int64_t, DayTotal> days;
  auto day = [&](const Query& row) -> DayTotal& {
    DayTotal& total = days[row.integer(0)];
    total.day = from_days(static_cast<std::int32_t>(row.integer(0)));
    return total;
  };
  auto sold = database.query(purchases_by_day);
  sold->bind_text(1, store);
  while (sold->step()) {
    DayTotal& total = day(*sold);
    total.purchases = sold->integer(1);
    total.purchase_minor = sold->integer(2);
    total.loads = sold->integer(3);
    total.loads_minor = sold->integer(4);
  }
  auto back = database.query(returns_by_day);
  back->bind_text(1, store);
  while (back->step()) {
    DayTotal& total = day(*back);
    total.returns = back->integer(1);
    total.return_minor = back->integer(2);
  }
  std::vector<DayTotal> found;
  found.reserve(days.size());
  for (const auto& [number, total] : days) found.push_back(total);
  return found;
}

std::vector<ArticleTotal> by_article(Database& database, std::string_view store,
                                     std::size_t limit) {
  std::vector<ArticleTotal> found;
  auto row = database.query(articles);
  row->bind_text(1, store);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back(
        {std::string(row->text(0)), std::string(row->text(1)), row->integer(2), row->integer(3)});
  return found;
}

std::vector<CustomerTotal> by_customer(Database& database, std::string_view store,
                                       std::size_t limit) {
  std::vector<CustomerTotal> found;
  auto row = database.query(customers);
  row->bind_text(1, store);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step()) {
    const CustomerRef ref = customer_ref(*row, 0);
    found.push_back({ref, label_of(ref, row->text(1), row->text(2), row->text(3)), row->integer(4),
                     row->integer(5), Points{row->integer(6)}});
  }
  return found;
}

std::vector<StaffTotal> by_staff(Database& database, std::string_view store) {
  std::map<std::string, StaffTotal, std::less<>> staff;
  auto sold = database.query(purchases_by_staff);
  sold->bind_text(1, store);
  while (sold->step()) {
    StaffTotal& total = staff[std::string(sold->text(0))];
    total.purchases = sold->integer(1);
    total.amount_minor = sold->integer(2);
    total.loads = sold->integer(3);
    total.loads_minor = sold->integer(4);
  }
  auto back = database.query(returns_by_staff);
  back->bind_text(1, store);
  while (back->step()) {
    StaffTotal& total = staff[std::string(back->text(0))];
    total.returns = back->integer(1);
    total.return_minor = back->integer(2);
  }
  std::vector<StaffTotal> found;
  for (auto& [name, total] : staff) {
    total.staff = name;
    found.push_back(std::move(total));
  }
  return found;
}

}  // namespace keepsake::records

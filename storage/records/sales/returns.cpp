#include "storage/records/sales/returns.hpp"

#include <algorithm>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/sales/imports.hpp"
#include "storage/records/sales/purchases.hpp"
#include "storage/records/sales/receipt_head.hpp"
#include "storage/records/sales/undoing.hpp"
#include "storage/records/till/shifts.hpp"
#include "storage/records/till/tenders.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/warranty/warranties.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_return{"return.put",
                         "INSERT INTO goods_return (id, store, at_ms, offset_minutes, day, origin, "
                         "staff, shift, customer,"
                         " currency, reason, total_minor, tax_minor, points_hundredths,"
                         " load_minor)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
                         " $15)"};
constexpr Sql paid_in{"return.paid-in", "SELECT 1 FROM value_load WHERE fact = $1 AND line = $2"};
constexpr Sql put_line{
    "return.put-line",
    "INSERT INTO goods_return_line (goods_return, line, article, name, quantity, amount_minor,"
    " tax_minor, purchase, purchase_line, store)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Sql back_of_line{"return.back-of-line",
                           "SELECT coalesce(sum(quantity), 0) FROM goods_return_line"
                           " WHERE purchase = $1 AND purchase_line = $2"};
constexpr Sql back_of_purchase{"return.back-of-purchase",
                               "SELECT purchase_line, sum(quantity) FROM goods_return_line"
                               " WHERE purchase = $1 GROUP BY purchase_line"};
constexpr Sql rounded_of_purchase{
    "return.rounded-of-purchase",
    "SELECT coalesce(sum((SELECT coalesce(sum(t.amount_minor), 0) FROM tender t"
    "   WHERE t.fact = r.id) - r.total_minor), 0) FROM goods_return r"
    " WHERE r.id IN (SELECT goods_return FROM goods_return_line WHERE purchase = $1)"
    " AND $1 = (SELECT f.purchase FROM goods_return_line f WHERE f.goods_return = r.id"
    "   AND f.purchase IS NOT NULL ORDER BY f.line LIMIT 1)"};

constexpr Sql returns_of_purchase{
    "return.of-purchase",
    "SELECT r.id, r.currency FROM goods_return r"
    " WHERE r.id IN (SELECT goods_return FROM goods_return_line WHERE purchase = $1)"
    " AND $1 = (SELECT f.purchase FROM goods_return_line f WHERE f.goods_return = r.id"
    "   AND f.purchase IS NOT NULL ORDER BY f.line LIMIT 1) ORDER BY r.at_ms, r.id"};

/// What comes back for lines that had paid in to a card or wallet.
std::int64_t load_minor(Database& database, const Return& returned) {
  std::int64_t sum = 0;
  for (const ReturnLine& line : returned.lines) {
    if (!line.purchase || !line.line_no) continue;
    auto row = database.query(paid_in);
    bind_id(*row, 1, *line.purchase);
    row->bind(2, *line.line_no);
    if (row->step()) sum += line.amount.minor;
  }
  return sum;
}

void put_head(Applying& applying, const Return& returned) {
  const std::int64_t loads = load_minor(applying.database, returned);
  auto row = applying.database.query(put_return);
  bind_receipt_head(*row, applying, returned);
  row->bind_text(11, returned.reason);
  row->bind(12, returned.total.minor);
  row->bind(13, returned.tax.minor);
  row->bind(14, returned.points_reversed.hundredths);
  row->bind(15, loads);
  row->step();
}

void put_one_line(Applying& applying, std::size_t n, const ReturnLine& line) {
  auto row = applying.database.query(put_line);
  row->bind_blob(1, view(applying.id));
  row->bind(2, static_cast<std::int64_t>(n));
  row->bind_text(3, line.article);
  row->bind_text(4, line.name);
  row->bind(5, line.quantity.thousandths);
  row->bind(6, line.amount.minor);
  row->bind(7, line.tax.minor);
  row->bind_text(10, applying.header.store);
  if (line.purchase && line.line_no) {
    bind_id(*row, 8, *line.purchase);
    row->bind(9, *line.line_no);
  } else {
    row->bind_null(8);
    row->bind_null(9);
  }
  row->step();
}

std::int64_t back_already(Applying& applying, const ReturnLine& line) {
  auto row = applying.database.query(back_of_line);
  bind_id(*row, 1, *line.purchase);
  row->bind(2, *line.line_no);
  return row->step() ? row->integer(0) : 0;
}

/// The purchase must exist and have this much left of this article. Ends the cover of what is all
/// back.
Result<Done> settle_with_purchase(Applying& applying, const ReturnLine& line) {
  const auto sold = sold_line(applying.database, *line.purchase, *line.line_no);
  if (!sold)
    return applying.contradict("return.unknown-purchase",
                               "The purchase of the returned items is not known here",
                               "Return the items without a receipt.");
  if (sold->article != line.article)
    return applying.contradict("return.other-article",
                               "The returned item differs from the item on the purchase's line",
                               "Choose the line again.");
  const std::int64_t back = back_already(applying, line) + line.quantity.thousandths;
  if (back > sold->quantity.thousandths)
    return applying.contradict("return.beyond-sold", "More was returned than was sold",
                               "Return at most what is left of the line.");
  if (back == sold->quantity.thousandths) void_cover(applying, *line.purchase, *line.line_no);
  return Done{};
}

/// Whose items come back, each once.
std::vector<FactId> purchases_of(const Return& returned) {
  std::vector<FactId> found;
  for (const ReturnLine& line : returned.lines)
    if (line.purchase && std::ranges::find(found, *line.purchase) == found.end())
      found.push_back(*line.purchase);
  return found;
}

/// Points, wallet and gift cards.
Result<Done> post(Applying& applying, const Return& returned) {
  const CustomerRef customer = canonical(applying.database, returned.customer);
  Ledger ledger(applying);
  for (const ReturnLine& line : returned.lines)
    if (auto ok = unload_value(ledger, line); !ok) return ok;
  if (auto ok = refund_value(ledger, customer, returned.tenders); !ok) return ok;
  if (returned.loyalty && !customer.nobody()) {
    if (auto ok = post_outcome(ledger, customer, *returned.loyalty, returned.points_reversed,
                               returned.at.date(), purchases_of(returned));
        !ok)
      return ok;
  } else if (!customer.nobody()) {
    post_reversed(ledger, customer, returned.points_reversed);
  }
  ledger.close();
  return Done{};
}

}  // namespace

Result<Done> apply(Applying& applying, const Return& returned) {
  if (return_imported(applying, returned.origin))
    return applying.contradict("origin.duplicate", "This return is already imported",
                               "Leave it out.");
  if (auto ok = expect_known(applying, returned.customer); !ok) return ok;
  put_head(applying, returned);
  for (std::size_t n = 0; n < returned.lines.size(); ++n) {
    const ReturnLine& line = returned.lines[n];
    if (line.purchase && line.line_no)
      if (auto ok = settle_with_purchase(applying, line); !ok) return ok;
    put_one_line(applying, n, line);
  }
  put_tenders(applying, returned.tenders);
  undo_whole_purchases(applying, returned);
  if (auto ok = post(applying, returned); !ok) return ok;
  return count_return(applying, returned.shift, returned.tenders);
}

std::vector<Quantity> returned_so_far(Database& database, FactId purchase) {
  std::vector<Quantity> back(line_count(database, purchase));
  auto row = database.query(back_of_purchase);
  bind_id(*row, 1, purchase);
  while (row->step()) {
    const auto line = static_cast<std::size_t>(row->integer(0));
    if (line < back.size()) back[line] = {row->integer(1)};
  }
  return back;
}

std::int64_t rounded_so_far(Database& database, FactId purchase) {
  auto row = database.query(rounded_of_purchase);
  bind_id(*row, 1, purchase);
  return row->step() ? row->integer(0) : 0;
}

std::vector<Tender> refunds_of(Database& database, FactId purchase) {
  std::vector<Tender> refunds;
  auto row = database.query(returns_of_purchase);
  bind_id(*row, 1, purchase);
  while (row->step())
    for (Tender& each : tenders_of(database, fact_id(*row, 0), currency_of(*row, 1)))
      refunds.push_back(std::move(each));
  return refunds;
}

}  // namespace keepsake::records

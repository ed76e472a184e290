#include "storage/records/sales/purchases.hpp"

#include <algorithm>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/loyalty/member_stats.hpp"
#include "storage/records/loyalty/outcomes.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/loyalty/reward_codes.hpp"
#include "storage/records/sales/imports.hpp"
#include "storage/records/sales/receipt_head.hpp"
#include "storage/records/till/shifts.hpp"
#include "storage/records/till/tenders.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/records/value/reservation_uses.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/wallets.hpp"
#include "storage/records/warranty/warranties.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_purchase{
    "purchase.put",
    "INSERT INTO purchase (id, store, at_ms, offset_minutes, day, origin, staff, shift, customer,"
    " currency, total_minor, tax_minor, rounding_minor, pieces, first_article, programme,"
    " points_hundredths, goods, loads, load_minor, spend_minor) VALUES ($1, $2, $3, $4, $5, $6, $7,"
    " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)"};
constexpr Sql put_line{
    "purchase.put-line",
    "INSERT INTO purchase_line (purchase, line, article, name, quantity, unit_price_milli,"
    " amount_minor, tax_basis_points, tax_minor, by_weight, store)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr Sql put_discount{"purchase.put-discount",
                           "INSERT INTO purchase_discount (purchase, line, n, reason, amount_minor,"
                           " store) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql read_purchase{
    "purchase.read",
    "SELECT at_ms, offset_minutes, origin, staff, shift, customer, currency, total_minor, "
    "tax_minor,"
    " rounding_minor, programme, points_hundredths FROM purchase WHERE id = $1"};
constexpr Sql read_lines{
    "purchase.read-lines",
    "SELECT article, name, quantity, unit_price_milli, amount_minor, tax_basis_points, tax_minor,"
    " by_weight FROM purchase_line WHERE purchase = $1 ORDER BY line"};
constexpr Sql read_discounts{"purchase.read-discounts",
                             "SELECT line, reason, amount_minor FROM purchase_discount"
                             " WHERE purchase = $1 ORDER BY line, n"};
constexpr Sql newest_of_customer{
    "purchase.last",
    "SELECT id, at_ms, offset_minutes, total_minor, currency, pieces, first_article,"
    " points_hundredths FROM purchase WHERE customer = $1 AND goods > 0"
    " ORDER BY at_ms DESC, id DESC LIMIT $2"};
constexpr Sql newest_of_all{
    "purchase.last-of-all",
    "SELECT id, at_ms, offset_minutes, total_minor, currency, pieces, first_article,"
    " points_hundredths FROM purchase WHERE origin IS NULL AND store = $2 ORDER BY id DESC"
    " LIMIT $1"};
constexpr Sql one_line{"purchase.sold-line",
                       "SELECT article, quantity FROM purchase_line"
                       " WHERE purchase = $1 AND line = $2"};
constexpr Sql read_buyer{"purchase.buyer", "SELECT customer FROM purchase WHERE id = $1"};
constexpr Sql count_lines{"purchase.count-lines",
                          "SELECT count(*) FROM purchase_line WHERE purchase = $1"};

/// Whole pieces; a weighed line counts one.
std::int64_t pieces(const Purchase& purchase) {
  std::int64_t sum = 0;
  for (const PurchaseLine& line : purchase.lines)
    sum += is_weighed(line.sold_by, line.quantity) ? 1 : line.quantity.thousandths / 1000;
  return sum;
}

std::string_view largest_name(const Purchase& purchase) {
  const auto largest = std::max_element(
      purchase.lines.begin(), purchase.lines.end(),
      [](const auto& a, const auto& b) { return a.amount.minor < b.amount.minor; });
  return largest == purchase.lines.end() ? std::string_view{} : std::string_view(largest->name);
}

/// What the purchase sold, apart from money that it took in to keep for the customer.
struct Sold {
  std::int64_t goods = 0;  ///< lines
  std::int64_t load_minor = 0;
  std::int64_t spend_minor = 0;  ///< paid in money for what was sold
};

Sold sold_in(const Purchase& purchase) {
  Sold sold{static_cast<std::int64_t>(purchase.lines.size() - purchase.top_ups.size()), 0,
            purchase.total.minor};
  for (const Tender& tender : purchase.tenders)
    if (tender.kind == TenderKind::points) sold.spend_minor -= tender.amount.minor;
  for (const TopUp& top_up : purchase.top_ups) {
    const std::int64_t cost = purchase.lines[top_up.line].amount.minor;
    const bool staked = purchase.loyalty && top_up.line < purchase.loyalty->lines.size();
    sold.load_minor += cost;
    sold.spend_minor -= staked ? purchase.loyalty->lines[top_up.line].net.minor : cost;
  }
  return sold;
}

void put_head(Applying& applying, const Purchase& purchase, const Sold& sold) {
  auto row = applying.database.query(put_purchase);
  bind_receipt_head(*row, applying, purchase);
  row->bind(11, purchase.total.minor);
  row->bind(12, purchase.tax.minor);
  row->bind(13, purchase.cash_rounding.minor);
  row->bind(14, pieces(purchase));
  row->bind_text(15, largest_name(purchase));
  row->bind(16, purchase.programme_version);
  row->bind(17, purchase.points_earned.hundredths);
  row->bind(18, sold.goods);
  row->bind(19, static_cast<std::int64_t>(purchase.top_ups.size()));
  row->bind(20, sold.load_minor);
  row->bind(21, sold.spend_minor);
  row->step();
}

void put_lines(Applying& applying, const Purchase& purchase) {
  auto row = applying.database.query(put_line);
  row->bind_blob(1, view(applying.id));
  row->bind_text(11, applying.header.store);
  for (std::size_t n = 0; n < purchase.lines.size(); ++n) {
    const PurchaseLine& line = purchase.lines[n];
    row->bind(2, static_cast<std::int64_t>(n));
    row->bind_text(3, line.article);
    row->bind_text(4, line.name);
    row->bind(5, line.quantity.thousandths);
    row->bind(6, line.unit_price.milli_minor);
    row->bind(7, line.amount.minor);
    row->bind(8, line.tax_rate.basis_points);
    row->bind(9, line.tax.minor);
    row->bind(10, line.sold_by == SoldBy::weight ? 1 : 0);
    row->step();
  }
}

void put_discounts(Applying& applying, const Purchase& purchase) {
  for (std::size_t line = 0; line < purchase.lines.size(); ++line) {
    const auto& discounts = purchase.lines[line].discounts;
    for (std::size_t n = 0; n < discounts.size(); ++n) {
      auto row = applying.database.query(put_discount);
      row->bind_blob(1, view(applying.id));
      row->bind(2, static_cast<std::int64_t>(line));
      row->bind(3, static_cast<std::int64_t>(n));
      row->bind_text(4, discounts[n].reason);
      row->bind(5, discounts[n].amount.minor);
      row->bind_text(6, applying.header.store);
      row->step();
    }
  }
}

void put_warranties(Applying& applying, const Purchase& purchase) {
  for (std::size_t n = 0; n < purchase.lines.size(); ++n) {
    const PurchaseLine& line = purchase.lines[n];
    if (!line.warranty) continue;
    begin_cover(applying, {.line = static_cast<std::int64_t>(n),
                           .article = line.article,
                           .article_name = line.name,
                           .maker = line.warranty->maker,
                           .serial = line.warranty->serial,
                           .serial_typed = line.warranty->serial_typed,
                           .covers = &line.warranty->covers,
                           .customer = purchase.customer,
                           .purchase = applying.header.id,
                           .staff = purchase.staff,
                           .at = purchase.at,
                           .unfit = line.warranty->unfit});
  }
}

Result<Done> expect_programme(Applying& applying, const Purchase& purchase) {
  if (purchase.programme_version == 0 ||
      knows_programme(applying.database, applying.header.store, purchase.programme_version))
    return Done{};
  return applying.contradict("programme.unknown",
                             "The programme under which it earned is not known here",
                             "Publish the programme first.");
}

PurchaseLine& line_at(Purchase& purchase, std::int64_t line) {
  if (line < 0 || static_cast<std::size_t>(line) >= purchase.lines.size())
    throw_damaged("a purchase's line");
  return purchase.lines[static_cast<std::size_t>(line)];
}

void read_lines_into(Database& database, FactId id, Purchase& purchase) {
  const Currency currency = purchase.currency;
  {
    auto row = database.query(read_lines);
    bind_id(*row, 1, id);
    while (row->step()) {
      PurchaseLine line;
      line.article = row->text(0);
      line.name = row->text(1);
      line.quantity = {row->integer(2)};
      line.unit_price = {row->integer(3)};
      line.amount = {row->integer(4), currency};
      line.tax_rate = {static_cast<std::int32_t>(row->integer(5))};
      line.tax = {row->integer(6), currency};
      line.sold_by = row->integer(7) != 0 ? SoldBy::weight : SoldBy::piece;
      purchase.lines.push_back(std::move(line));
    }
  }
  auto row = database.query(read_discounts);
  bind_id(*row, 1, id);
  while (row->step())
    line_at(purchase, row->integer(0))
        .discounts.push_back({std::string(row->text(1)), {row->integer(2), currency}});
  for (auto& [line, warranty] : line_warranties(database, id))
    line_at(purchase, static_cast<std::int64_t>(line)).warranty = std::move(warranty);
}

/// Points, wallet and gift cards.
Result<Done> post(Applying& applying, const Purchase& purchase, const Sold& sold) {
  const Date day = purchase.at.date();
  const CustomerRef customer = canonical(applying.database, purchase.customer);
  Ledger ledger(applying);
  if (auto ok = spend_value(ledger, customer, purchase.tenders, day); !ok) return ok;
  if (auto ok = load_value(ledger, purchase); !ok) return ok;
  const LoyaltyResult* outcome = purchase.loyalty ? &*purchase.loyalty : nullptr;
  if (outcome != nullptr) {
    put_outcome(applying, *outcome);
    if (auto ok = use_codes(applying, *outcome); !ok) return ok;
    if (!customer.nobody()) {
      if (auto ok = post_outcome(ledger, customer, *outcome, purchase.points_earned, day); !ok)
        return ok;
      reward_wallet(ledger, customer, outcome->to_wallet);
    }
  } else if (!customer.nobody()) {
    post_earned(ledger, customer, purchase.points_earned, day);
  }
  ledger.close();
  if (!customer.nobody())
    count_standing(applying, purchase.customer, day, purchase.points_earned,
                   sold.goods > 0 ? Visit::yes : Visit::no, outcome);
  else if (outcome != nullptr)
    count_uses_by_all(applying, day, *outcome);
  return Done{};
}

}  // namespace

Result<Done> apply(Applying& applying, const Purchase& purchase) {
  if (purchase_imported(applying, purchase.origin))
    return applying.contradict("origin.duplicate", "This purchase is already imported",
                               "Leave it out.");
  if (auto ok = expect_known(applying, purchase.customer); !ok) return ok;
  if (auto ok = expect_programme(applying, purchase); !ok) return ok;
  const Sold sold = sold_in(purchase);
  put_head(applying, purchase, sold);
  put_lines(applying, purchase);
  put_discounts(applying, purchase);
  put_tenders(applying, purchase.tenders);
  put_warranties(applying, purchase);
  if (auto ok = post(applying, purchase, sold); !ok) return ok;
  if (purchase.loyalty)
    if (auto ok = count_paid_out(applying, purchase.shift, purchase.loyalty->paid_out); !ok)
      return ok;
  return count_purchase(applying, purchase.shift, purchase.tenders);
}

CustomerRef buyer(Database& database, FactId id) {
  auto row = database.query(read_buyer);
  bind_id(*row, 1, id);
  return row->step() ? customer_ref(*row, 0) : CustomerRef{};
}

std::optional<Purchase> purchase(Database& database, FactId id) {
  Purchase found;
  {
    auto row = database.query(read_purchase);
    bind_id(*row, 1, id);
    if (!row->step()) return std::nullopt;
    found.at = local_time(*row, 0);
    found.origin = row->text(2);
    found.staff = row->text(3);
    if (const std::string_view shift = row->text(4); !shift.empty()) {
      const auto opening = parse_fact_id(shift);
      if (!opening) throw_damaged("a shift");
      found.shift = *opening;
    }
    found.customer = customer_ref(*row, 5);
    found.currency = currency_of(*row, 6);
    found.total = {row->integer(7), found.currency};
    found.tax = {row->integer(8), found.currency};
    found.cash_rounding = {row->integer(9), found.currency};
    found.programme_version = static_cast<std::int32_t>(row->integer(10));
    found.points_earned = {row->integer(11)};
  }
  read_lines_into(database, id, found);
  found.tenders = tenders_of(database, id, found.currency);
  found.loyalty = outcome_of(database, id, found.currency);
  found.top_ups = loads_of(database, id, found.currency);
  found.reservations = reservations_used_by(database, id);
  return found;
}

namespace {
PurchaseSummary summary_of(Query& row) {
  return {fact_id(row, 0), local_time(row, 1),       {row.integer(3), currency_of(row, 4)},
          row.integer(5),  std::string(row.text(6)), {row.integer(7)}};
}
}  // namespace

std::vector<PurchaseSummary> last_purchases(Database& database, std::span<const CustomerRef> person,
                                            std::size_t limit) {
  std::vector<PurchaseSummary> found;
  for (const CustomerRef& each : person) {
    auto row = database.query(newest_of_customer);
    row->bind_blob(1, view(each.bytes));
    row->bind(2, static_cast<std::int64_t>(limit));
    while (row->step()) found.push_back(summary_of(*row));
  }
  std::ranges::stable_sort(found, [](const PurchaseSummary& a, const PurchaseSummary& b) {
    return std::pair(a.at.at, a.id) > std::pair(b.at.at, b.id);
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::vector<PurchaseSummary> last_purchases(Database& database, std::string_view store,
                                            std::size_t limit) {
  std::vector<PurchaseSummary> found;
  auto row = database.query(newest_of_all);
  row->bind(1, static_cast<std::int64_t>(limit));
  row->bind_text(2, store);
  while (row->step()) found.push_back(summary_of(*row));
  return found;
}

std::optional<SoldLine> sold_line(Database& database, FactId purchase, std::int64_t line) {
  auto row = database.query(one_line);
  bind_id(*row, 1, purchase);
  row->bind(2, line);
  if (!row->step()) return std::nullopt;
  return SoldLine{std::string(row->text(0)), {row->integer(1)}};
}

std::size_t line_count(Database& database, FactId purchase) {
  auto row = database.query(count_lines);
  bind_id(*row, 1, purchase);
  return row->step() ? static_cast<std::size_t>(row->integer(0)) : 0;
}

}  // namespace keepsake::records

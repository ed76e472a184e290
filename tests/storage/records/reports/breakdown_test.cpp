#include "storage/records/reports/breakdown.hpp"

#include <doctest/doctest.h>
#include <random>

#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/records/reports/totals.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

constexpr BreakdownBy every[] = {BreakdownBy::hour, BreakdownBy::category, BreakdownBy::tender,
                                 BreakdownBy::tax_rate};

PurchaseLine taxed(const std::string& code, std::int64_t pieces, std::int64_t price, int rate) {
  PurchaseLine made = line(code, pieces, price);
  made.tax_rate = {rate};
  made.tax = *tax_included(made.amount, made.tax_rate);
  return made;
}

Purchase sale_of(const Clock& clock, std::vector<PurchaseLine> lines,
                 const std::vector<std::pair<TenderKind, std::int64_t>>& paid) {
  Purchase sale = purchase(clock, std::move(lines));
  sale.tenders.clear();
  std::int64_t sum = 0;
  for (const auto& [kind, minor] : paid) {
    sale.tenders.push_back(
        {kind, kroner(minor), kroner(minor), kind == TenderKind::gift_card ? "KC1" : ""});
    sum += minor;
  }
  sale.cash_rounding = kroner(sum - sale.total.minor);
  return sale;
}

void pay_in(Purchase& sale, std::uint32_t line_no, const std::string& card) {
  sale.top_ups.push_back(
      {line_no, StoredValue::gift_card, card, sale.lines.at(line_no).amount, {}});
}

GroupTotal group(const std::vector<GroupTotal>& groups, std::int64_t number,
                 std::string_view name = {}) {
  for (const GroupTotal& each : groups)
    if (each.number == number && (name.empty() || each.name == name)) return each;
  return {};
}

void expect_totals(Centre& centre, BreakdownBy by) {
  const Totals totals = records::totals(*centre.database, "Oslo");
  GroupTotal sum;
  for (const GroupTotal& each : records::breakdown(*centre.database, "Oslo", by)) {
    sum.count += each.count;
    sum.count_back += each.count_back;
    sum.purchase_minor += each.purchase_minor;
    sum.return_minor += each.return_minor;
    sum.loads += each.loads;
    sum.loads_minor += each.loads_minor;
    sum.loads_returned_minor += each.loads_returned_minor;
    sum.tax_minor += each.tax_minor;
  }
  INFO("by ", static_cast<int>(by));
  CHECK(sum.purchase_minor == totals.purchase_minor);
  CHECK(sum.return_minor == totals.return_minor);
  CHECK(sum.loads == totals.loads);
  CHECK(sum.loads_minor == totals.loads_minor);
  CHECK(sum.loads_returned_minor == totals.loads_returned_minor);
  CHECK(sum.sales_minor() == totals.sales_minor);
  if (by == BreakdownBy::hour) {
    CHECK(sum.count == totals.purchases);
    CHECK(sum.count_back == totals.returns);
  }
  if (by != BreakdownBy::tender)
    CHECK(sum.tax_minor ==
          centre.number("SELECT coalesce(sum(tax_minor), 0) FROM purchase WHERE store = 'Oslo'"));
}

Article in_category(const std::string& code, const std::string& category) {
  Article made = article(code, "Article " + code);
  made.category = category;
  return made;
}

}  // namespace

TEST_CASE("breakdown: figures worked out by hand") {
  Centre centre;
  centre.take("Oslo", 1, CatalogueChange{{in_category("A", "Food"), in_category("B", "Toys")}, {}});
  // 100.00 of food and 200.00 of toys, and a gift card of 150.00: 50.00 with card, 400.00 in cash.
  Purchase mixed =
      sale_of(centre.clock,
              {taxed("A", 1, 10'000, 1500), taxed("B", 2, 10'000, 2500), line("gift", 1, 15'000)},
              {{TenderKind::card, 5'000}, {TenderKind::cash, 40'000}});
  pay_in(mixed, 2, "KC1");
  const FactId id = centre.next_id(1);
  centre.take("Oslo", id, mixed);
  // 99.95 in coins: 100.00.
  centre.take("Oslo", 1,
              sale_of(centre.clock, {taxed("A", 1, 9'995, 1500)}, {{TenderKind::cash, 10'000}}));
  // One toy comes back.
  centre.take("Oslo", 1, bring_back(centre.clock, mixed, id, 1, 1));

  const auto categories = records::breakdown(*centre.database, "Oslo", BreakdownBy::category);
  REQUIRE(categories.size() == 3);
  CHECK(categories[0].loads_minor == 15'000);
  CHECK(categories[0].net_minor() == 0);
  CHECK(group(categories, 0, "Food").net_minor() == 19'995);
  CHECK(group(categories, 0, "Toys").return_minor == 10'000);
  CHECK(group(categories, 0, "Toys").net_minor() == 10'000);

  const auto rates = records::breakdown(*centre.database, "Oslo", BreakdownBy::tax_rate);
  CHECK(group(rates, 2500).tax_minor == mixed.lines[1].tax.minor + mixed.lines[2].tax.minor);
  CHECK(group(rates, 2500).return_minor == 10'000);
  CHECK(group(rates, 1500).purchase_minor == 19'995);

  const auto tenders = records::breakdown(*centre.database, "Oslo", BreakdownBy::tender);
  const auto card = group(tenders, static_cast<std::int64_t>(TenderKind::card), "card");
  CHECK(card.purchase_minor == 5'000);
  CHECK(card.loads_minor == 1'667);  // 150.00 x 50 / 450, the larger remainder
  const auto cash = group(tenders, 0, "cash");
  CHECK(cash.purchase_minor == 50'000);
  CHECK(cash.loads_minor == 13'333);
  CHECK(tenders.back().kind == GroupTotal::Kind::rounding);
  CHECK(tenders.back().purchase_minor == -5);
  for (const BreakdownBy by : every) expect_totals(centre, by);
}

TEST_CASE("breakdown: money paid in for nothing but rounded coins is in the sums, too") {
  Centre centre;
  Purchase small = sale_of(centre.clock, {line("gift", 1, 40)}, {{TenderKind::cash, 0}});
  pay_in(small, 0, "KC1");
  centre.take("Oslo", 1, small);
  const auto tenders = records::breakdown(*centre.database, "Oslo", BreakdownBy::tender);
  REQUIRE(tenders.back().kind == GroupTotal::Kind::rounding);
  CHECK(tenders.back().loads_minor == 40);
  for (const BreakdownBy by : every) expect_totals(centre, by);
}

TEST_CASE("breakdown: an hour is the shop's, on either side of midnight") {
  Centre centre;
  Purchase late = centre.sale();
  late.at = {Instant{(23 * 60 + 30) * 60'000}, 60};  // half past midnight, an hour east
  centre.take("Oslo", 1, late);
  late.at = {Instant{24 * 3'600'000 + 10 * 60'000}, -60};
  centre.take("Oslo", 1, late);
  const auto hours = records::breakdown(*centre.database, "Oslo", BreakdownBy::hour);
  REQUIRE(hours.size() == 2);
  CHECK(hours[0].number == 0);
  CHECK(hours[1].number == 23);
}

TEST_CASE("breakdown: each sums to the totals, whatever was sold, paid in and brought back") {
  std::mt19937 random(20261129);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int shop = 0; shop < 12; ++shop) {
    Centre centre;
    centre.take("Oslo", 1, CatalogueChange{{in_category("A", "Food"), in_category("B", "")}, {}});
    for (int n = 0; n < 25; ++n) {
      centre.clock.advance(std::chrono::minutes(below(900)));
      std::vector<PurchaseLine> lines;
      const char* const codes[] = {"A", "B", "gone"};
      for (int i = 0; i <= below(4); ++i)
        lines.push_back(taxed(codes[below(3)], 1 + below(3), below(20'000), below(3) * 1250));
      const bool load = below(3) == 0;
      if (load) lines.push_back(taxed("gift", 1, 1 + below(50'000), 0));
      std::int64_t total = 0;
      for (const PurchaseLine& each : lines) total += each.amount.minor;
      const std::int64_t by_card = below(static_cast<int>(total) + 1);
      const std::int64_t cash = (total - by_card + 50) / 100 * 100;
      Purchase sale =
          sale_of(centre.clock, lines, {{TenderKind::card, by_card}, {TenderKind::cash, cash}});
      if (load)
        pay_in(sale, static_cast<std::uint32_t>(lines.size() - 1), "KC" + std::to_string(n));
      const FactId id = centre.next_id(1);
      centre.take("Oslo", id, sale);
      if (below(2) == 0) {
        const auto back = static_cast<std::uint32_t>(below(static_cast<int>(lines.size())));
        Return returned = bring_back(centre.clock, sale, id, back, 1);
        if (below(4) == 0) {  // without a receipt
          returned.lines[0].purchase.reset();
          returned.lines[0].line_no.reset();
        }
        centre.take("Oslo", 1, returned);
      }
    }
    centre.take("Bergen", 2, centre.sale(3));
    for (const BreakdownBy by : every) expect_totals(centre, by);
  }
}

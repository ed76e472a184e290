#include "kiosk/cli/imports/retail_facts.hpp"

#include <doctest/doctest.h>

#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/exchange/local_time.hpp"
#include "tests/kiosk/cli/imports/retail_text.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace keepsake::cli::retail;

TEST_CASE("retail: line amounts round half up and sum to the purchase") {
  const auto sales = sales_of({
      {.invoice = "536365", .code = "A", .quantity = "5", .price = "0.001"},
      {.invoice = "536365", .code = "A", .quantity = "15", .price = "0.001"},
      {.invoice = "536365", .code = "B", .quantity = "74215", .price = "1.04"},
      {.invoice = "536365", .code = "C", .quantity = "4", .price = "0.001", .description = "NA"},
  });
  const auto purchase = to_purchase(sales, 0, {});
  REQUIRE(purchase.ok());
  CHECK(purchase->lines[0].amount.minor == 1);
  CHECK(purchase->lines[1].amount.minor == 2);
  CHECK(purchase->lines[2].amount.minor == 7'718'360);
  CHECK(purchase->lines[3].amount.minor == 0);
  CHECK(purchase->lines[3].name == "C");
  CHECK(purchase->total.minor == 7'718'363);
  CHECK(purchase->origin == "online-retail:536365");
  REQUIRE(purchase->tenders.size() == 1);
  CHECK(purchase->tenders[0].kind == TenderKind::unknown);
  CHECK(purchase->points_earned == Points{});
  CHECK(purchase->programme_version == 0);
}

TEST_CASE("retail: the parts of a return share its amount exactly") {
  const auto sales = sales_of({
      {.invoice = "1", .code = "A", .quantity = "1", .date = "2010-12-01 08:00:00"},
      {.invoice = "2", .code = "A", .quantity = "1", .date = "2010-12-02 08:00:00"},
      {.invoice = "C3",
       .code = "A",
       .quantity = "-3",
       .date = "2010-12-03 08:00:00",
       .price = "0.335"},
  });
  const auto matches = match_returns(sales);
  const auto id = FactId::make(HybridTime{7}, TerminalNumber{1}, Epoch{1}, 9);
  auto returned = to_return(sales, matches, 2, {});
  REQUIRE(returned.ok());
  name_purchases(*returned, matches.of(2), std::vector<FactId>(sales.invoices.size(), id));
  REQUIRE(returned->lines.size() == 3);
  CHECK(returned->total.minor == 101);
  CHECK(returned->lines[0].amount.minor == 34);
  CHECK(returned->lines[1].amount.minor == 34);
  CHECK(returned->lines[2].amount.minor == 33);
  CHECK(returned->lines[0].purchase == id);
  CHECK(returned->lines[0].line_no == 0U);
  CHECK_FALSE(returned->lines[2].purchase.has_value());
}

TEST_CASE("retail: an invoice beyond a limit is an error that names it") {
  std::vector<Row> rows(limits::lines_per_purchase + 1, Row{.invoice = "536365", .code = "A"});
  const auto purchase = to_purchase(sales_of(rows), 0, {});
  REQUIRE_FALSE(purchase.ok());
  CHECK(purchase.error().kind == Failure::limit);
  CHECK(purchase.error().where.find("invoice 536365") != std::string::npos);
}

TEST_CASE("retail: wall clock times become instants by the rules of the zone") {
  const auto clock = SystemClock::open("Europe/London");
  REQUIRE(clock.ok());
  const auto wall = [](int month, int day, int hour, int minute) {
    const auto date =
        Date{std::chrono::year{2011}, std::chrono::month(static_cast<unsigned>(month)),
             std::chrono::day(static_cast<unsigned>(day))};
    return std::int64_t{to_days(date)} * 86400 + hour * 3600 + minute * 60;
  };
  const struct {
    std::int64_t wall_s;
    const char* iso;
  } cases[] = {
      {wall(1, 4, 10, 0), "2011-01-04T10:00:00+00:00"},
      {wall(5, 31, 15, 53), "2011-05-31T15:53:00+01:00"},
      {wall(3, 27, 0, 59), "2011-03-27T00:59:00+00:00"},
      {wall(3, 27, 1, 30), "2011-03-27T02:30:00+01:00"},  // never shown
      {wall(3, 27, 2, 0), "2011-03-27T02:00:00+01:00"},
      {wall(10, 30, 0, 59), "2011-10-30T00:59:00+01:00"},
      {wall(10, 30, 1, 30), "2011-10-30T01:30:00+01:00"},  // shown twice: the first
      {wall(10, 30, 2, 0), "2011-10-30T02:00:00+00:00"},
  };
  for (const auto& c : cases) CHECK(to_iso(from_wall(**clock, c.wall_s)) == c.iso);
}

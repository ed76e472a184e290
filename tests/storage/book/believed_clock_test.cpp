#include <chrono>
#include <doctest/doctest.h>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using std::chrono::days;

namespace {

/// "1 date.ahead": of the sale after the one that `first` names.
std::string doubted_dates(test::Shop& shop, FactId first) {
  std::string found;
  std::int64_t count = 0;
  const auto open = *shop.reader()->open_exceptions(100);
  for (const ExceptionView& each : open) {
    found += std::to_string(each.name.fact.seq() - first.seq()) + " " + each.name.code + " ";
    ++count;
  }
  CHECK(*shop.reader()->count_open_exceptions() == count);
  return found;
}

Purchase lamp(const test::Shop& shop) {
  return test::purchase(shop.clock, {test::line("1001", 1, 9900)});
}

}  // namespace

TEST_CASE("sales under a date that is doubted are marked until a person says that it is right") {
  test::Shop shop;
  const FactId first = shop.record(lamp(shop));
  CHECK(doubted_dates(shop, first).empty());
  SUBCASE("ahead") {
    shop.clock.advance(days(3650));
    shop.record(lamp(shop));
    Purchase old = lamp(shop);
    old.origin = "elsewhere:1";  // brought in with its date
    shop.record(old);
    shop.record(lamp(shop));
    CHECK(doubted_dates(shop, first) == "3 date.ahead 1 date.ahead ");
    const auto open = *shop.reader()->open_exceptions(1);
    CHECK(open.front().subject == ExceptionSubject::purchase);
    CHECK(open.front().message.find("The clock shows 2036-") == 0);
  }
  SUBCASE("behind") {
    shop.clock.advance(-days(3650));
    shop.record(lamp(shop));
    CHECK(doubted_dates(shop, first) == "1 date.behind ");
  }
  SUBCASE("head office has another date") {
    shop.clock.advance(days(10));
    shop.record(lamp(shop));
    REQUIRE(shop.book->hear_clock(shop.clock.now() - days(8)).ok());
    shop.record(lamp(shop));
    CHECK(doubted_dates(shop, first) == "2 date.ahead ");
    REQUIRE(shop.book->hear_clock(shop.clock.now()).ok());
    shop.record(lamp(shop));
    CHECK(doubted_dates(shop, first) == "2 date.ahead ");
  }
  const std::string marked = doubted_dates(shop, first);
  REQUIRE(shop.book->confirm_clock().ok());
  shop.record(lamp(shop));
  CHECK(doubted_dates(shop, first) == marked);
}

TEST_CASE("what is doubted of the date survives a restart") {
  test::Shop shop;
  REQUIRE(shop.book->hear_clock(shop.clock.now() + days(3)).ok());
  for (int start = 0; start < 2; ++start) {
    CHECK(expect_right(*shop.book->look_at_clock()).error().code == "clock.behind");
    shop.book.reset();
    shop.book = std::move(*Book::open(shop.data(), shop.clock));
  }
  REQUIRE(shop.book->confirm_clock().ok());
  REQUIRE(shop.book->hear_clock(shop.clock.now() + days(3)).ok());  // overruled
  shop.book.reset();
  shop.book = std::move(*Book::open(shop.data(), shop.clock));
  CHECK(shop.book->look_at_clock()->is_right());
  REQUIRE(shop.book->hear_clock(shop.clock.now()).ok());  // agrees: its word counts as before
  shop.book.reset();
  shop.book = std::move(*Book::open(shop.data(), shop.clock));
  REQUIRE(shop.book->hear_clock(shop.clock.now() + days(3)).ok());
  CHECK_FALSE(shop.book->look_at_clock()->is_right());
}

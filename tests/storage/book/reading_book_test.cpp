// A book that reads beside the one that writes.
#include <doctest/doctest.h>

#include "storage/domain/customer/profile.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("a reading book sees what the writing one does, and refuses to write") {
  Shop shop;
  const auto reading = Book::open_to_read(shop.data(), shop.clock);
  REQUIRE_MESSAGE(reading.ok(), why(reading));
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  CHECK((*(*reading)->reader())->totals()->purchases == 1);
  CHECK((*reading)->terminal() == shop.book->terminal());
  CHECK((*reading)->settings().shop == "Fjord & Co");
  CHECK((*reading)->look_at_clock()->holds());
  CHECK((*reading)->retention_due(shop.clock.now())->customers.empty());
  const Purchase another = purchase(shop.clock, {line("1001", 1, 9900)});
  CHECK((*reading)->record(another).error().code == "book.reading");
  CHECK((*reading)->erase({}, "", "").error().code == "book.reading");
  CHECK((*reading)->confirm_clock().error().code == "book.reading");
  CHECK((*reading)->run_retention(shop.clock.now()).error().code == "book.reading");
  CHECK(shop.reader()->totals()->purchases == 1);
}

TEST_CASE("a reading book is no bar to the one that writes") {
  Shop shop;
  const auto data = shop.data();
  shop.book.reset();
  const auto reading = Book::open_to_read(data, shop.clock);
  REQUIRE(reading.ok());
  CHECK(Book::open(data, shop.clock).ok());
}

TEST_CASE("there is nothing to read where no book is") {
  const TemporaryFolder folder;
  const FakeClock clock;
  CHECK(Book::open_to_read(folder.path() / "none", clock).error().code == "book.none");
}

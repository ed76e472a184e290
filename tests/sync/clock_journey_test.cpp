// A till's date, and the time of head office's answers.
#include <doctest/doctest.h>

#include "storage/domain/values/trusted_time.hpp"
#include "sync/wire/endpoints.hpp"
#include "tests/sync/till.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::test;
using std::chrono::days;

namespace {

struct Dated {
  HeadOffice office;
  Till till;
  Enrolment enrolment = begin();

  Enrolment begin() {
    till.clock.set(office.clock.now());
    REQUIRE(till.book->confirm_clock().ok());
    return till.enrol_at(office);
  }
  std::string doubt() {
    const auto right = expect_right(*till.book->look_at_clock());
    return right ? "" : right.error().code;
  }
  void reopen() {
    till.book.reset();
    till.book = std::move(*Book::open(till.data(), till.clock));
  }
  std::optional<Instant> said() {
    const auto answer =
        connect(till, enrolment)->exchange({"GET", "/v1/health", "", {}, Compression::none});
    REQUIRE(answer.ok());
    return answer->at;
  }
};

}  // namespace

TEST_CASE("clock: an answer of head office confirms a date that leapt and was set right") {
  Dated shop;
  CHECK(shop.doubt().empty());
  shop.till.clock.advance(days(3650));
  CHECK(shop.doubt() == "clock.ahead");
  shop.till.sell(1);
  shop.till.sync();
  CHECK(shop.doubt() == "clock.ahead");
  // A person believed it, and the year is over that fast.
  REQUIRE(shop.till.book->confirm_clock().ok());
  shop.till.clock.set(shop.office.clock.now());
  CHECK(shop.doubt() == "clock.behind");
  shop.till.sync();  // nothing to send: what is pulled says it, too
  CHECK(shop.doubt().empty());
  shop.reopen();
  CHECK(shop.doubt().empty());
}

TEST_CASE("clock: an answer of head office contradicts a date that nobody doubted") {
  Dated shop;
  shop.till.clock.advance(days(10));
  CHECK(shop.doubt().empty());  // a shop that was closed for ten days
  shop.till.sync();
  CHECK(shop.doubt() == "clock.ahead");
  shop.reopen();
  CHECK(shop.doubt() == "clock.ahead");
  SUBCASE("until it is set right and head office is heard again") {
    shop.till.clock.set(shop.office.clock.now());
    shop.till.sync();
  }
  SUBCASE("until a person says that head office is wrong") {
    REQUIRE(shop.till.book->confirm_clock().ok());
    CHECK(shop.doubt().empty());
    shop.till.sync();
  }
  CHECK(shop.doubt().empty());
  shop.reopen();
  CHECK(shop.doubt().empty());
}

TEST_CASE("clock: head office says no time while its own is doubted, and tills go on with theirs") {
  Dated shop;
  const auto said = shop.said();
  REQUIRE(said.has_value());
  CHECK(shop.office.clock.now() - *said < std::chrono::minutes(1));
  for (const days leap : {days(400), days(-400)}) {
    shop.office.clock.advance(leap);
    CHECK_FALSE(shop.said().has_value());
    shop.till.sync();
    CHECK(shop.doubt().empty());
    shop.office.clock.advance(-leap);
    CHECK(shop.said().has_value());
  }
}

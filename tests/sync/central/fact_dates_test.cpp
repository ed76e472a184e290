#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "sync/central/exceptions.hpp"
#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;
using std::chrono::days;

namespace {

/// A till with a clock of its own, and head office with another.
struct TwoClocks {
  Office office;
  FakeClock till_clock{office.clock.now()};
  SendingTerminal till{till_clock};

  TwoClocks() { till.enrol(office.centre->enrolment()); }
  /// The codes of what came of the facts that had not been sent, by their order.
  std::vector<std::string> pushed() {
    const auto last = static_cast<Seq>(till.journal.size());
    const auto taken = office.taken(till, till.batch(sent_ + 1, last));
    sent_ = last;
    std::vector<std::string> codes;
    for (const FactOutcome& each : taken.outcomes)
      codes.push_back(std::to_string(each.seq) + " " + each.code);
    return codes;
  }
  Purchase gift_card() const {
    Purchase sold = keepsake::test::purchase(till_clock, {keepsake::test::line("GIFT", 1, 50'000)});
    sold.top_ups = {{0, StoredValue::gift_card, "GC123456", sold.total,
                     add_months(till_clock.local_now().date(), 24)}};
    return sold;
  }

 private:
  Seq sent_ = 0;
};
using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a gift card that was sold ten years ahead waits for a person at head office") {
  TwoClocks shop;
  shop.till.sell(100);
  shop.till_clock.advance(days(3650));
  const FactId sold = shop.till.add(shop.gift_card());
  CHECK(shop.pushed() == Codes{"2 date.ahead"});
  const auto reader = open_records(shop.office.data());
  REQUIRE(reader.ok());
  const auto open = open_exceptions(**reader, "Lysvik", 10);
  REQUIRE(open.size() == 1);
  CHECK(open.front().name == ExceptionName{sold, "date.ahead"});
  CHECK(open.front().message.find("It bears the date 2036-") == 0);
  CHECK(decisions_for(open.front()) == std::vector{Decision::noted});
  // Counted all the same: it was sold.
  CHECK(shop.office.figures().loads == 1);
}

TEST_CASE("a till that was away for a year and one whose clock is a little off are not suspect") {
  TwoClocks shop;
  for (int sale = 0; sale < 3; ++sale) shop.till.sell(100);
  shop.office.clock.advance(days(365));
  CHECK(shop.pushed().empty());
  shop.till_clock.set(shop.office.clock.now() + std::chrono::hours(20));
  shop.till.sell(100);
  shop.till_clock.advance(-std::chrono::hours(22));
  shop.till.sell(100);
  CHECK(shop.pushed().empty());
}

TEST_CASE("a sale of a day that was over is marked and one that was brought in is not") {
  TwoClocks shop;
  shop.till.sell(100);
  shop.till_clock.advance(-days(4000));
  shop.till.sell(100);
  Purchase old = keepsake::test::purchase(shop.till_clock, {keepsake::test::line("A-1", 1, 100)});
  old.origin = "elsewhere:1";
  shop.till.add(old);
  CHECK(shop.pushed() == Codes{"2 date.behind"});
}

TEST_CASE("what was recorded after a clock was set right again is not suspect for its id") {
  TwoClocks shop;
  shop.till_clock.advance(days(3650));
  shop.till.sell(100);
  shop.till_clock.advance(-days(3650));
  shop.till.sell(100);  // its id still lies ahead
  CHECK(shop.pushed() == Codes{"1 date.ahead"});
}

TEST_CASE("head office whose own clock was set back marks nobody") {
  TwoClocks shop;
  // As each day does.
  REQUIRE(shop.office.centre->dormancies().publish({}).ok());
  shop.office.clock.advance(-days(700));
  shop.till.sell(100);
  CHECK(shop.pushed().empty());
  shop.till_clock.advance(days(3));
  shop.till.sell(100);
  CHECK(shop.pushed() == Codes{"2 date.ahead"});
}

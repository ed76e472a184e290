#include "storage/services/exceptions.hpp"

#include <doctest/doctest.h>

#include "storage/domain/loyalty/points_story.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "tests/support/any_day.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// Eleven points too few for what a return took back.
struct TooFew : Shop {
  CustomerRef ingrid;
  FactId returned;

  TooFew() {
    record(programme());
    ingrid = enrol({});
    Purchase bought = purchase(clock, {line("1001", 2, 9900)});
    bought.customer = ingrid;
    bought.programme_version = 1;
    bought.points_earned = {1900};
    const FactId sold = record(bought);
    Return back = bring_back(clock, bought, sold, 0, 1);
    back.points_reversed = {3000};
    returned = record(back);
  }
  Result<FactId> settle(Decision decision, const char* code = "points.shortfall") {
    return settle_exception(*book, {returned, code}, decision, "", "marit", clock.local_now());
  }
  std::string fault(Decision decision, const char* code = "points.shortfall") {
    const auto settled = settle(decision, code);
    return settled ? "" : settled.error().code;
  }
};

}  // namespace

TEST_CASE("an exception is settled once, by what its kind allows") {
  TooFew shop;
  CHECK(shop.fault(Decision::noted) == "exception.decision");
  CHECK(shop.fault(Decision::debt, "points.short") == "exception.unknown");
  CHECK(shop.reader()->count_open_exceptions().value() == 1);
  CHECK(shop.fault(Decision::debt).empty());
  CHECK(shop.reader()->count_open_exceptions().value() == 0);
  CHECK(shop.fault(Decision::debt) == "exception.settled");
  CHECK(shop.fault(Decision::absorb) == "exception.settled");
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("a debt is paid by what is earned next, and the story of the points tells it") {
  TooFew shop;
  REQUIRE(shop.settle(Decision::debt).ok());
  const auto story = shop.reader()->points_story(shop.ingrid, {}, 10);
  REQUIRE(story.ok());
  Points change, owed;
  for (const PointsEntry& each : *story) {
    change.hundredths += each.change.hundredths;
    owed.hundredths += each.owed.hundredths;
  }
  CHECK(story->front().kind == TimelineKind::debt_added);
  CHECK(story->front().owed == Points{1100});
  CHECK(change == (*shop.reader()->customer(shop.ingrid))->balance);
  CHECK(owed == Points{1100});
  const auto timeline = shop.reader()->timeline(shop.ingrid, {}, 10);
  CHECK(timeline->front().kind == TimelineKind::debt_added);
  CHECK(timeline->front().points == Points{-1100});
}

TEST_CASE("what was used of a till's own journal is listed with its receipt") {
  TooFew shop;
  const auto open = shop.reader()->open_exceptions(10);
  REQUIRE(open->size() == 1);
  CHECK(open->front().subject == ExceptionSubject::returned);
  CHECK(open->front().amount == kroner(9900));
  CHECK(open->front().store.empty());
}

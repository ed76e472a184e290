// Why the number is what it is: the story of a customer's points sums to their balance.
#include "storage/domain/loyalty/points_story.hpp"

#include <doctest/doctest.h>
#include <numeric>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/services/customers.hpp"
#include "storage/services/expiry.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

constexpr Points whole_points(std::int64_t whole) { return {whole * 100}; }

std::vector<PointsEntry> story(const Club& club, const CustomerRef& who) {
  auto found = club.reader()->points_story(who, {}, 1000);
  REQUIRE_MESSAGE(found.ok(), why(found));
  return *found;
}

/// The balance and the debt, as the story has them.
std::pair<Points, Points> sums(const std::vector<PointsEntry>& entries) {
  std::pair<Points, Points> sum;
  for (const PointsEntry& each : entries) {
    sum.first.hundredths += each.change.hundredths;
    sum.second.hundredths += each.owed.hundredths;
  }
  return sum;
}

SaleRequest claimed(std::string reward, std::int64_t times) {
  SaleRequest request;
  request.claims = {{std::move(reward), times, {}}};
  return request;
}

void check_sums(const Club& club, const CustomerRef& who) {
  const auto [balance, debt] = sums(story(club, who));
  CHECK(balance == club.reader()->customer(who)->value().balance);
  CHECK(debt == club.state(who).debt);
}

}  // namespace

TEST_CASE("a purchase tells what it earned by which rule and what it spent on which reward") {
  Club club;
  club.sell(Club::basket(1, 50'000), club.member);
  club.sell(Club::basket(3, 10'000), club.member, claimed("five-off", 2));
  const auto entries = story(club, club.member);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].kind == TimelineKind::purchase);
  CHECK(entries[0].earned == whole_points(29));
  CHECK(entries[0].spent == whole_points(20));
  CHECK(entries[0].change == whole_points(9));
  REQUIRE(entries[0].rewards.size() == 1);
  CHECK(entries[0].rewards[0].reward == "five-off");
  REQUIRE(entries[0].rules.size() == 1);
  CHECK(entries[0].rules[0].rule == "base");
  CHECK(entries[1].change == whole_points(50));
  check_sums(club, club.member);
}

TEST_CASE("a return that meets spent points tells what is owed and what settled it") {
  Club club;
  const FactId sold = club.sell(Club::basket(1, 50'000), club.member);
  club.sell(Club::basket(1, 10'000), club.member, claimed("five-off", 4));
  REQUIRE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  auto entries = story(club, club.member);
  CHECK(entries[0].kind == TimelineKind::returned);
  CHECK(entries[0].earned == whole_points(-50));
  CHECK(entries[0].change == whole_points(-18));
  CHECK(entries[0].owed == whole_points(32));
  check_sums(club, club.member);
  club.sell(Club::basket(1, 20'000), club.member);
  entries = story(club, club.member);
  CHECK(entries[0].owed == whole_points(-20));
  CHECK(entries[0].change == whole_points(0));
  check_sums(club, club.member);
}

TEST_CASE("points that expired are in the story on the day of the run") {
  Club club;
  club.rules.expiry = {loyalty::ExpiryKind::days, 10};
  club.sell(Club::basket(1, 50'000), club.member);
  const CustomerRef other = club.enrol({}, "C-2");
  club.sell(Club::basket(1, 30'000), other);
  club.clock.advance(std::chrono::hours(24 * 30));
  REQUIRE(run_expiry(*club.book, club.rules.expiry, club.clock.local_now()).ok());
  const auto entries = story(club, club.member);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].kind == TimelineKind::expired);
  CHECK(entries[0].change == whole_points(-50));
  CHECK(entries[0].at.date() == club.clock.local_now().date());
  check_sums(club, club.member);
  check_sums(club, other);
}

TEST_CASE("points given up by leaving are told apart from those not used in time") {
  Club club;
  const FactId sold = club.sell(Club::basket(1, 50'000), club.member);
  const LocalTime now = club.clock.local_now();
  const PointsExpired left{
      now, now.date(), nok(), {{club.member, {sold, 0}, p(50)}}, {}, {}, ExpiryCause::withdrawal};
  club.record(left);
  const auto entries = story(club, club.member);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].kind == TimelineKind::given_up);
  CHECK(entries[0].at == now);  // after the sale of the same day, or the balance between is wrong
  CHECK(entries[0].change == p(-50));
  CHECK(entries[0].earned == p(0));  // postings of a run are of many people
  check_sums(club, club.member);
}

TEST_CASE("a merged customer has both stories and each their own after the undoing") {
  Club club;
  const CustomerRef other = club.enrol({}, "C-2");
  club.sell(Club::basket(1, 50'000), club.member);
  club.sell(Club::basket(1, 30'000), other);
  const Actor actor{"anna", club.clock.local_now()};
  const auto merge = merge_customers(*club.book, club.member, other, "by hand", actor);
  REQUIRE_MESSAGE(merge.ok(), why(merge));
  CHECK(sums(story(club, club.member)).first == whole_points(80));
  CHECK(story(club, other) == story(club, club.member));
  club.sell(Club::basket(1, 10'000), club.member, claimed("five-off", 4));
  check_sums(club, club.member);
  REQUIRE(undo_merge(*club.book, *merge, {"anna", club.clock.local_now()}).ok());
  check_sums(club, club.member);
  check_sums(club, other);
}

TEST_CASE("pages of the story meet without a gap") {
  Club club;
  for (int i = 0; i < 7; ++i) club.sell(Club::basket(1, 10'000 + i), club.member);
  std::vector<PointsEntry> paged;
  std::optional<TimelinePlace> before;
  for (int page = 0; page < 4; ++page) {
    const auto some = club.reader()->points_story(club.member, before, 2);
    REQUIRE(some.ok());
    if (some->empty()) break;
    before = some->back().place;
    paged.insert(paged.end(), some->begin(), some->end());
  }
  CHECK(paged == story(club, club.member));
}

#include "storage/domain/customer/dormancy.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/limits.hpp"

using namespace keepsake;

namespace {

constexpr Instant dormancy_day{std::int64_t{20'000} * 86'400'000};

Instant days_before(std::int64_t days) { return dormancy_day - std::chrono::days(days); }

CustomerRef one_of_many(std::uint32_t n) {
  CustomerRef ref;
  for (std::size_t at = 0; at < 4; ++at)
    ref.bytes[at] = static_cast<std::uint8_t>((n + 1) >> (8 * at));
  return ref;
}

}  // namespace

TEST_CASE(
    "a customer is idle at a store after as many days as the terms say, and not a moment before") {
  const DormancyTerms terms;
  CHECK(terms.idle_days == 730);
  CHECK(is_idle_at_store({days_before(730), false}, terms, dormancy_day));
  CHECK_FALSE(is_idle_at_store({days_before(730), false}, terms,
                               dormancy_day - std::chrono::milliseconds(1)));
  CHECK_FALSE(is_idle_at_store({days_before(0), false}, terms, dormancy_day));
}

TEST_CASE("who was only looked up leaves earlier, where the owner did not say otherwise") {
  DormancyTerms terms;
  CHECK(is_idle_at_store({days_before(30), true}, terms, dormancy_day));
  CHECK_FALSE(is_idle_at_store({days_before(29), true}, terms, dormancy_day));
  CHECK_FALSE(is_idle_at_store({days_before(30), false}, terms, dormancy_day));
  terms.looked_up_days = 0;
  CHECK_FALSE(is_idle_at_store({days_before(729), true}, terms, dormancy_day));
  CHECK(is_idle_at_store({days_before(730), true}, terms, dormancy_day));
  terms.looked_up_days = 900;  // never later than others
  CHECK(is_idle_at_store({days_before(730), true}, terms, dormancy_day));
}

TEST_CASE("nobody leaves where the terms say 0, nor by a clock that is early") {
  CHECK_FALSE(is_idle_at_store({days_before(9000), true}, {0, 30, 100}, dormancy_day));
  CHECK_FALSE(is_idle_at_store({dormancy_day, true}, {}, {0}));
  CHECK_FALSE(may_give_way({dormancy_day, true}, {0}));
}

TEST_CASE("whoever was seen this week does not give way to others") {
  CHECK_FALSE(may_give_way({days_before(6), false}, dormancy_day));
  CHECK(may_give_way({days_before(7), false}, dormancy_day));
}

TEST_CASE("idle once, idle ever after; seen later is never idle sooner") {
  CHECK(rc::check([] {
    const DormancyTerms terms{*rc::gen::inRange<std::int64_t>(0, 1000),
                              *rc::gen::inRange<std::int64_t>(0, 1000), 100};
    const bool looked_up = *rc::gen::arbitrary<bool>();
    const Instant seen = days_before(*rc::gen::inRange<std::int64_t>(0, 1200));
    const Instant later = seen + std::chrono::hours(*rc::gen::inRange(0, 24 * 400));
    const Instant now = dormancy_day + std::chrono::hours(*rc::gen::inRange(0, 24 * 400));
    const Instant then = now + std::chrono::hours(*rc::gen::inRange(0, 24 * 400));
    if (is_idle_at_store({seen, looked_up}, terms, now)) {
      RC_ASSERT(is_idle_at_store({seen, looked_up}, terms, then));
      RC_ASSERT(is_idle_at_store({seen, true}, terms, now));
    }
    if (is_idle_at_store({later, looked_up}, terms, now))
      RC_ASSERT(is_idle_at_store({seen, looked_up}, terms, now));
  }));
}

TEST_CASE("anything alive keeps a customer") {
  CHECK_FALSE(LiveAtStore{}.any());
  for (bool LiveAtStore::*each :
       {&LiveAtStore::cover, &LiveAtStore::owed, &LiveAtStore::reserved, &LiveAtStore::unsettled,
        &LiveAtStore::judged_by, &LiveAtStore::key_lost}) {
    LiveAtStore live;
    live.*each = true;
    CHECK(live.any());
  }
}

TEST_CASE("a change of dormancy names somebody, nobody twice and not too many") {
  DormancyChange change{{dormancy_day, 0}, StorePresence::dormant, {}};
  CHECK_FALSE(check(change).ok());
  for (std::uint32_t n = 0; n < limits::dormant_customers; ++n)
    change.customers.push_back(one_of_many(n));
  CHECK(check(change).ok());
  change.customers.push_back(one_of_many(limits::dormant_customers));
  CHECK_FALSE(check(change).ok());
  change.customers = {one_of_many(1), one_of_many(2), one_of_many(1)};
  CHECK_FALSE(check(change).ok());
  change.customers = {CustomerRef{}};
  CHECK_FALSE(check(change).ok());
}

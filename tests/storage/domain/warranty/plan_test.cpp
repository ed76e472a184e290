#include "storage/domain/warranty/plan.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/limits.hpp"
#include "tests/support/covers.hpp"
#include "tests/support/dates.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Money money(std::int64_t minor) { return {minor, *Currency::parse("NOK")}; }

/// Two years after the maker's, for 499.00.
PlanTerms terms() {
  PlanTerms plan;
  plan.article = "PLAN-2Y";
  plan.currency = *Currency::parse("NOK");
  plan.price = std::int64_t{49'900};
  plan.period = {2, PeriodUnit::year};
  return plan;
}

PlanItem item(const char* bought, int months) {
  return {date(bought), months == 0 ? Covers{} : covered(date(bought), months)};
}

std::string code(const auto& result) { return result ? std::string("ok") : result.error().code; }

std::string price(const PlanPrice& price, std::int64_t item) {
  PlanTerms plan = terms();
  plan.price = price;
  REQUIRE(check(plan).ok());
  const auto due = plan_price(plan, money(item));
  return due ? std::to_string(due->minor) : due.error().code;
}

/// Sold at once, for a year from its sale.
PlanSold year_from(const char* sold, std::int64_t paid) {
  return {money(paid), date(sold), {date(sold), last_day(date(sold), {1, PeriodUnit::year})}};
}

std::string back(const PlanSold& plan, const char* on, int cooling_off = 14) {
  const auto refund = plan_refund(terms(), plan, cooling_off, date(on));
  if (!refund) return refund.error().code;
  CHECK(refund->back.minor + refund->used.minor == plan.paid.minor);
  return std::to_string(refund->back.minor);
}

}  // namespace

TEST_CASE("a plan's terms are checked") {
  CHECK(check(terms()).ok());
  const auto with = [](auto change) {
    PlanTerms plan = terms();
    change(plan);
    return code(check(plan));
  };
  CHECK(with([](auto& p) { p.article.clear(); }) == "text.missing");
  CHECK(with([](auto& p) { p.price = std::int64_t{0}; }) == "plan.price");
  CHECK(with([](auto& p) { p.price = limits::amount_minor + 1; }) == "plan.price");
  CHECK(with([](auto& p) { p.price = std::vector<PlanBracket>{}; }) == "plan.brackets");
  CHECK(with([](auto& p) {
          p.price = std::vector<PlanBracket>{{100, 10}, {100, 20}};
        }) == "plan.brackets");
  CHECK(with([](auto& p) {
          p.price = std::vector<PlanBracket>{{200, 10}, {100, 20}};
        }) == "plan.brackets");
  CHECK(with([](auto& p) { p.price = std::vector<PlanBracket>{{200, 0}}; }) == "plan.brackets");
  CHECK(with([](auto& p) { p.price = std::vector<PlanBracket>{{100, 10}, {200, 20}}; }) == "ok");
  CHECK(with([](auto& p) { p.price = PlanShare{0, 0, 0}; }) == "plan.share");
  CHECK(with([](auto& p) { p.price = PlanShare{10'001, 0, 0}; }) == "plan.share");
  CHECK(with([](auto& p) { p.price = PlanShare{1000, 200, 100}; }) == "plan.share");
  CHECK(with([](auto& p) { p.price = PlanShare{1000, 200, 0}; }) == "ok");
  CHECK(with([](auto& p) { p.period = {}; }) == "plan.period");
  CHECK(with([](auto& p) { p.period = {51, PeriodUnit::year}; }) == "cover.limit");
  CHECK(with([](auto& p) { p.waiting = {-1, PeriodUnit::day}; }) == "cover.period");
  CHECK(with([](auto& p) { p.limit_minor = -1; }) == "plan.limit");
  CHECK(with([](auto& p) { p.limit_minor = p.deductible_minor = 100; }) == "plan.limit");
  CHECK(with([](auto& p) { p.covered = std::string(201, 'x'); }) == "text.length");
}

TEST_CASE("what a plan costs for an item") {
  CHECK(price(std::int64_t{49'900}, 1) == "49900");
  const std::vector<PlanBracket> brackets{{100'000, 19'900}, {500'000, 49'900}};
  CHECK(price(brackets, 0) == "19900");
  CHECK(price(brackets, 100'000) == "19900");  // up to and including
  CHECK(price(brackets, 100'001) == "49900");
  CHECK(price(brackets, 500'000) == "49900");
  CHECK(price(brackets, 500'001) == "plan.item-price");
  CHECK(price(PlanShare{1250, 0, 0}, 99'900) == "12488");  // 12487.5, half up
  CHECK(price(PlanShare{1250, 0, 0}, 99'899) == "12487");
  CHECK(price(PlanShare{1000, 9'900, 50'000}, 10'000) == "9900");
  CHECK(price(PlanShare{1000, 9'900, 50'000}, 600'000) == "50000");
  CHECK(price(PlanShare{1000, 0, 0}, 4) == "plan.item-price");  // it would cost nothing
  CHECK(price(PlanShare{10'000, 0, 0}, limits::amount_minor) ==
        std::to_string(limits::amount_minor));
  CHECK(code(plan_price(terms(), {100, *Currency::parse("EUR")})) == "money.currency");
  CHECK(code(plan_price(terms(), money(-1))) == "money.negative");
}

TEST_CASE("when a plan may be sold") {
  PlanTerms plan = terms();
  const PlanItem bought = item("2024-01-31", 24);
  CHECK(code(may_sell(plan, bought, date("2024-01-30"))) == "plan.early");
  CHECK(code(may_sell(plan, bought, date("2024-01-31"))) == "ok");
  CHECK(code(may_sell(plan, bought, date("2024-02-01"))) == "plan.late");  // with the item only
  plan.sold_within = {1, PeriodUnit::month};
  CHECK(code(may_sell(plan, bought, date("2024-02-29"))) == "ok");
  CHECK(code(may_sell(plan, bought, date("2024-03-01"))) == "plan.late");
  plan.sold_within = {30, PeriodUnit::day};
  CHECK(code(may_sell(plan, bought, date("2024-03-01"))) == "ok");
  CHECK(code(may_sell(plan, bought, date("2024-03-02"))) == "plan.late");
}

TEST_CASE("when a plan may be renewed") {
  PlanTerms plan = terms();
  const Date end = date("2024-02-29");
  CHECK(code(may_renew(plan, end, end)) == "plan.no-renewal");
  plan.renewed_within = {30, PeriodUnit::day};
  CHECK(code(may_renew(plan, end, date("2024-01-29"))) == "plan.early");
  CHECK(code(may_renew(plan, end, date("2024-01-30"))) == "ok");
  CHECK(code(may_renew(plan, end, date("2024-02-29"))) == "ok");
  CHECK(code(may_renew(plan, end, date("2024-03-01"))) == "plan.late");
  plan.renewed_within = {1, PeriodUnit::month};
  CHECK(code(may_renew(plan, end, date("2024-01-28"))) == "plan.early");
  CHECK(code(may_renew(plan, end, date("2024-01-29"))) == "ok");
  CHECK(renewed_cover(plan, end) == Cover{date("2024-03-01"), date("2026-02-28")});
}

TEST_CASE("from when to when a plan covers") {
  const struct {
    const char* bought;
    int maker_months;
    PlanStart starts;
    const char* sold;
    const char* from;
    const char* until;
  } rows[] = {
      // Two years and two years are four: 2017-01-01 and 24 months end on 2019-01-01.
      {"2017-01-01", 24, PlanStart::after_maker, "2017-01-01", "2019-01-02", "2021-01-01"},
      {"2017-01-01", 24, PlanStart::at_once, "2017-01-01", "2017-01-01", "2019-01-01"},
      {"2017-01-01", 0, PlanStart::after_maker, "2017-01-01", "2017-01-01", "2019-01-01"},
      {"2023-01-31", 1, PlanStart::after_maker, "2023-01-31", "2023-03-01", "2025-02-28"},
      {"2022-02-28", 24, PlanStart::after_maker, "2022-02-28", "2024-02-29", "2026-02-28"},
      // Sold later: on the maker's last day it still follows, on the day after it begins at once.
      {"2017-01-01", 24, PlanStart::after_maker, "2019-01-01", "2019-01-02", "2021-01-01"},
      {"2017-01-01", 24, PlanStart::after_maker, "2019-01-02", "2019-01-02", "2021-01-02"},
      {"2017-01-01", 24, PlanStart::at_once, "2017-06-30", "2017-06-30", "2019-06-30"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.bought);
    CAPTURE(row.sold);
    PlanTerms plan = terms();
    plan.starts = row.starts;
    plan.sold_within = {5, PeriodUnit::year};
    const PlanItem of = item(row.bought, row.maker_months);
    CHECK(plan_cover(plan, of, date(row.sold)) == Cover{date(row.from), date(row.until)});
  }
}

TEST_CASE("what breaks while a plan waits it does not cover") {
  PlanTerms plan = terms();
  plan.waiting = {30, PeriodUnit::day};
  const PlanSold sold = year_from("2026-01-01", 49'900);
  CHECK(plan_state(plan, sold, date("2025-12-31")) == PlanState::not_begun);
  CHECK(plan_state(plan, sold, date("2026-01-01")) == PlanState::waiting);
  CHECK(plan_state(plan, sold, date("2026-01-31")) == PlanState::waiting);
  CHECK(plan_state(plan, sold, date("2026-02-01")) == PlanState::covered);
  CHECK(plan_state(plan, sold, date("2027-01-01")) == PlanState::covered);  // its last day
  CHECK(plan_state(plan, sold, date("2027-01-02")) == PlanState::ended);
  CHECK(plan_state(terms(), sold, date("2026-01-01")) == PlanState::covered);
}

TEST_CASE("what a plan pays of a claim, and what the customer does") {
  PlanTerms plan = terms();
  plan.deductible_minor = 5'000;
  plan.limit_minor = 100'000;
  const auto pays = [&](std::int64_t cost, std::int64_t before) {
    const auto paid = plan_pays(plan, money(cost), money(before)).value();
    return std::pair(paid.paid.minor, paid.own.minor);
  };
  using P = std::pair<std::int64_t, std::int64_t>;
  CHECK(pays(0, 0) == P(0, 0));
  CHECK(pays(4'999, 0) == P(0, 4'999));
  CHECK(pays(5'001, 0) == P(1, 5'000));
  CHECK(pays(105'000, 0) == P(100'000, 5'000));
  CHECK(pays(105'001, 0) == P(100'000, 5'001));
  CHECK(pays(50'000, 70'000) == P(30'000, 20'000));
  CHECK(pays(50'000, 100'000) == P(0, 50'000));
  CHECK(pays(50'000, 200'000) == P(0, 50'000));  // lowered since
  plan.limit_minor = 0;
  CHECK(pays(1'000'000, 9'000'000) == P(995'000, 5'000));
  CHECK(code(plan_pays(plan, money(-1), money(0))) == "money.negative");
  CHECK(code(plan_pays(plan, {1, *Currency::parse("EUR")}, money(0))) == "money.currency");
}

TEST_CASE("what is given back when a plan is cancelled") {
  const PlanSold plan = year_from("2026-01-01", 36'600);  // 366 days with both ends: 1.00 a day
  CHECK(back(plan, "2025-12-31") == "plan.early");
  CHECK(back(plan, "2026-01-01") == "36600");
  CHECK(back(plan, "2026-01-15") == "36600");  // the fourteenth day after the sale
  CHECK(back(plan, "2026-01-16") == "35000");  // sixteen were used, today among them
  CHECK(back(plan, "2026-01-01", 0) == "36500");
  CHECK(back(plan, "2026-12-31") == "100");
  CHECK(back(plan, "2027-01-01") == "0");
  CHECK(back(plan, "2027-01-02") == "plan.ended");
  CHECK(back(plan, "2026-03-01", 60) == "36600");  // another country
}

TEST_CASE("a plan that has not begun is given back whole") {
  PlanSold plan{money(49'900), date("2024-01-01"), {date("2026-01-02"), date("2028-01-01")}};
  CHECK(back(plan, "2025-06-01") == "49900");
  CHECK(back(plan, "2026-01-01") == "49900");
  CHECK(back(plan, "2026-01-02") == "49832");  // 730 days, 729 left: 49831.64
  plan.cover = {date("2026-01-02"), date("2026-01-02")};
  CHECK(back(plan, "2026-01-02") == "0");
}

TEST_CASE(
    "who cannot cancel can while the law lets everybody, and when the item itself goes back") {
  PlanTerms bound = terms();
  bound.cancellable = false;
  const PlanSold plan = year_from("2026-01-01", 36'600);
  CHECK(plan_refund(bound, plan, 14, date("2026-01-15")).value().back == money(36'600));
  CHECK(code(plan_refund(bound, plan, 14, date("2026-01-16"))) == "plan.not-cancellable");
  CHECK(plan_refund_with_item(plan, 14, date("2026-01-16")).value().back == money(35'000));
}

TEST_CASE("what peers were told of: refunds of plans") {
  // Automattic/wp-calypso#26601: reckoned from the list price, not from what was paid. #92374: "a
  // refund of 0.00". A plan that was given away gives nothing back, and says so by its sum.
  CHECK(back(year_from("2026-01-01", 0), "2026-06-01") == "0");
  // #54072, #52259: a renewed plan that has not begun is given back whole, too.
  const Cover renewed = renewed_cover(terms(), date("2026-12-31"));
  CHECK(back({money(48'00), date("2026-12-01"), renewed}, "2026-12-31") == "4800");
}

TEST_CASE("a refund is never above what was paid, never grows, and leaves nothing over") {
  CHECK(rc::check("refunds", [] {
    const Date sold = from_days(*rc::gen::inRange(15'000, 25'000));
    PlanTerms plan = terms();
    plan.period = {*rc::gen::inRange(1, 600), PeriodUnit::month};
    plan.starts = *rc::gen::element(PlanStart::at_once, PlanStart::after_maker);
    const int maker = *rc::gen::inRange(0, 61);
    const PlanItem of{sold, maker == 0 ? Covers{} : covered(sold, maker)};
    const Cover cover = plan_cover(plan, of, sold);
    RC_ASSERT(cover.start <= cover.end);
    if (maker > 0 && plan.starts == PlanStart::after_maker)
      RC_ASSERT(to_days(cover.start) == to_days(of.covers[0].dates.end) + 1);  // no gap, no overlap
    const std::int64_t paid = *rc::gen::inRange<std::int64_t>(0, limits::amount_minor + 1);
    const PlanSold as{money(paid), sold, cover};
    const int cooling = *rc::gen::inRange(0, 61);
    const int first = *rc::gen::inRange(to_days(sold), to_days(cover.end));
    const auto one = plan_refund(plan, as, cooling, from_days(first));
    const auto next = plan_refund(plan, as, cooling, from_days(first + 1));
    RC_ASSERT(one.ok());
    RC_ASSERT(next.ok());
    RC_ASSERT(one->back.minor + one->used.minor == paid);
    RC_ASSERT(one->back.minor >= next->back.minor);
    RC_ASSERT(next->back.minor >= 0);
    RC_ASSERT(plan_refund(plan, as, 0, cover.end)->back.minor == 0);
  }));
}

TEST_CASE("what a plan pays and what the customer does are the cost; the limit is never passed") {
  CHECK(rc::check("claims", [] {
    PlanTerms plan = terms();
    plan.limit_minor = *rc::gen::inRange<std::int64_t>(1'000, 1'000'000);
    plan.deductible_minor = *rc::gen::inRange<std::int64_t>(0, 1'000);
    std::int64_t before = 0;
    for (int claim = 0; claim < 5; ++claim) {
      const Money cost = money(*rc::gen::inRange<std::int64_t>(0, 2'000'000));
      const auto pays = plan_pays(plan, cost, money(before));
      RC_ASSERT(pays.ok());
      RC_ASSERT(pays->paid.minor >= 0);
      RC_ASSERT(pays->own.minor >= std::min(cost.minor, plan.deductible_minor));
      RC_ASSERT(pays->paid.minor + pays->own.minor == cost.minor);
      before += pays->paid.minor;
      RC_ASSERT(before <= plan.limit_minor);
    }
  }));
}

#include "storage/domain/warranty/period.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/support/dates.hpp"

using namespace keepsake;
using namespace keepsake::test;
using enum PeriodUnit;

namespace {

std::string end_of(const char* start, Period period) {
  return to_iso(last_day(date(start), period));
}

Period any_period() {
  const auto unit = *rc::gen::element(day, week, month, year);
  return {*rc::gen::inRange(1, unit == year ? 51 : 600), unit};
}

Date any_day() { return from_days(*rc::gen::inRange(-3650, 40'000)); }

}  // namespace

TEST_CASE("the last day of a period") {
  const struct {
    const char* start;
    Period period;
    const char* end;
  } rows[] = {{"2017-01-01", {24, month}, "2019-01-01"}, {"2023-01-31", {1, month}, "2023-02-28"},
              {"2024-01-31", {1, month}, "2024-02-29"},  {"2024-02-29", {12, month}, "2025-02-28"},
              {"2024-02-29", {1, year}, "2025-02-28"},   {"2024-02-29", {4, year}, "2028-02-29"},
              {"2024-02-29", {48, month}, "2028-02-29"}, {"1896-02-29", {4, year}, "1900-02-28"},
              {"2025-02-28", {1, year}, "2026-02-28"},   {"2023-02-28", {1, year}, "2024-02-28"},
              {"2025-03-31", {1, month}, "2025-04-30"},  {"2025-02-28", {1, month}, "2025-03-28"},
              {"2025-12-31", {2, month}, "2026-02-28"},  {"2025-01-01", {1, month}, "2025-02-01"},
              {"2025-12-30", {2, day}, "2026-01-01"},    {"2024-02-28", {1, day}, "2024-02-29"},
              {"2024-02-28", {2, week}, "2024-03-13"},   {"2025-01-01", {90, day}, "2025-04-01"},
              {"2000-01-01", {600, month}, "2050-01-01"}};
  for (const auto& row : rows) {
    CAPTURE(row.start);
    CAPTURE(to_text(row.period));
    CHECK(end_of(row.start, row.period) == row.end);
  }
}

// Public reports of other systems.

TEST_CASE("a month is no 30 days (sivann/itdb#29)") {
  CHECK(end_of("2025-01-15", {12, month}) == "2026-01-15");
  CHECK(end_of("2025-01-15", {36, month}) == "2028-01-15");
}

TEST_CASE(
    "one month from the first ends by the day, not a day early or late by who asks "
    "(glpi-project/glpi#505)") {
  CHECK(end_of("2016-01-01", {1, month}) == "2016-02-01");
  CHECK(end_of("2016-01-01", {1, month}) == end_of("2016-01-01", {31, day}));
}

TEST_CASE("a cover shorter than a month is said as it is (grokability/snipe-it#7452)") {
  CHECK(parse_period("7 days").value() == Period{7, day});
  CHECK(parse_period("1 week").value() == Period{1, week});
  CHECK(end_of("2019-09-23", {7, day}) == "2019-09-30");
}

TEST_CASE("a limit is of the number, not of its digits (grokability/snipe-it#7275)") {
  for (const char* text : {"3", "4", "12", "120", "600", "50 years", "18263 days"})
    CHECK_MESSAGE(parse_period(text).ok(), text);
}

TEST_CASE("periods as they are written") {
  CHECK(parse_period("24").value() == Period{24, month});
  CHECK(parse_period(" 24  Months ").value() == Period{24, month});
  CHECK(parse_period("1 month").value() == Period{1, month});
  CHECK(parse_period("2years").value() == Period{2, year});
  CHECK(parse_period("0").value().none());
  CHECK(parse_period("0 days").value() == Period{});
  for (const char* text : {"", "months", "two years", "-1", "1.5 years", "2 fortnights", "24 24",
                           "+3", "2 yearss", "0x10"})
    CHECK_MESSAGE(parse_period(text).error().code == "cover.period", text);
  for (const char* text : {"601", "51 years", "18264 days", "2610 weeks", "99999999999 days"})
    CHECK_MESSAGE(parse_period(text).error().code == "cover.limit", text);
  CHECK(to_text(Period{1, year}) == "1 year");
  CHECK(to_text(Period{24, month}) == "24 months");
  CHECK(to_text(Period{}).empty());
  CHECK(check(Period{-1, day}).error().code == "cover.period");
  CHECK(check(Period{1, static_cast<PeriodUnit>(9)}).error().code == "cover.period");
  CHECK(check(Period{0, day}).error().code == "cover.period");  // none is written in one way
}

TEST_CASE("laws of periods") {
  CHECK(rc::check("what is written is read again", [] {
    const Period period = any_period();
    RC_ASSERT(parse_period(to_text(period)).value() == period);
  }));
  CHECK(rc::check("whoever begins later never ends sooner", [] {
    const Period period = any_period();
    const Date one = any_day();
    const Date other = from_days(to_days(one) + *rc::gen::inRange(0, 400));
    RC_ASSERT(last_day(one, period) <= last_day(other, period));
  }));
  CHECK(rc::check("a longer period never ends sooner, and every period lasts", [] {
    Period period = any_period();
    const Date start = any_day();
    const Date end = last_day(start, period);
    RC_ASSERT(start < end);
    if (++period.count <= 50) RC_ASSERT(end < last_day(start, period));
  }));
  CHECK(rc::check("the day of the month is the first one's, or the last of a month that lacks it",
                  [] {
                    const Date start = any_day();
                    const Period period{*rc::gen::inRange(1, 601), month};
                    const Date end = last_day(start, period);
                    const Date month_end(end.year() / end.month() / std::chrono::last);
                    RC_ASSERT(end.day() == std::min(start.day(), month_end.day()));
                  }));
  CHECK(rc::check("a year is twelve months, a week seven days", [] {
    const Date start = any_day();
    const int n = *rc::gen::inRange(1, 51);
    RC_ASSERT(last_day(start, {n, year}) == last_day(start, {12 * n, month}));
    RC_ASSERT(last_day(start, {n, week}) == last_day(start, {7 * n, day}));
  }));
}

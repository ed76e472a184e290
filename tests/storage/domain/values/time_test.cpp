#include "storage/domain/values/time.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/support/dates.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("months are added by calendar and clamped") {
  const struct {
    const char* start;
    int months;
    const char* end;
  } rows[] = {{"2025-01-14", 24, "2027-01-14"}, {"2025-01-31", 1, "2025-02-28"},
              {"2024-01-31", 1, "2024-02-29"},  {"2023-12-31", 2, "2024-02-29"},
              {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
              {"2025-03-31", 1, "2025-04-30"},  {"2025-08-31", 6, "2026-02-28"},
              {"1900-01-31", 1, "1900-02-28"},  {"2000-01-31", 1, "2000-02-29"},
              {"2100-01-31", 1, "2100-02-28"},  {"2025-12-01", 1, "2026-01-01"},
              {"2025-03-31", -1, "2025-02-28"}, {"2025-05-15", 0, "2025-05-15"},
              {"2025-05-15", 600, "2075-05-15"}};
  for (const auto& row : rows) {
    CAPTURE(row.start);
    CAPTURE(row.months);
    CHECK(to_iso(add_months(date(row.start), row.months)) == row.end);
  }
}

TEST_CASE("days of the calendar") {
  CHECK(to_days(date("1970-01-01")) == 0);
  CHECK(to_days(date("1969-12-31")) == -1);
  CHECK(to_days(date("2000-03-01")) == 11'017);
  CHECK(from_days(11'016) == date("2000-02-29"));
  CHECK(rc::check("days and dates are one to one", [] {
    const auto days = *rc::gen::inRange<std::int32_t>(-719'162, 2'932'897);
    RC_ASSERT(to_days(from_days(days)) == days);
    RC_ASSERT(parse_date(to_iso(from_days(days))).value() == from_days(days));
  }));
}

TEST_CASE("dates that are none") {
  for (const char* text : {"", "2026-2-1", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10",
                           "2026-01-32", "2026-01-00", "26-01-01", "2026/01/01", "2026-01-01 ",
                           " 026-01-01", "0000-01-01", "2026-1a-01", "-026-01-01"}) {
    CAPTURE(text);
    const auto result = parse_date(text);
    REQUIRE(!result);
    CHECK(result.error().code == "date.syntax");
  }
}

TEST_CASE("instants and local times in ISO 8601") {
  CHECK(to_iso(Instant{0}) == "1970-01-01T00:00:00.000Z");
  CHECK(to_iso(Instant{1'795'269'727'123}) == "2026-11-21T14:02:07.123Z");
  CHECK(to_iso(Instant{-1}) == "1969-12-31T23:59:59.999Z");
  CHECK(to_iso(LocalTime{{1'795'269'727'123}, 60}) == "2026-11-21T15:02:07+01:00");
  CHECK(to_iso(LocalTime{{1'795'269'727'123}, -210}) == "2026-11-21T10:32:07-03:30");
  CHECK(to_iso(LocalTime{{0}, 0}) == "1970-01-01T00:00:00+00:00");
}

TEST_CASE("a minute with its offset is an instant") {
  const std::pair<const char*, const char*> right[] = {
      {"2026-12-01T06:00+01:00", "2026-12-01T05:00:00.000Z"},
      {"2026-12-01T05:00Z", "2026-12-01T05:00:00.000Z"},
      {"2026-12-01T00:30+05:30", "2026-11-30T19:00:00.000Z"},
      {"2026-12-31T23:59-03:30", "2027-01-01T03:29:00.000Z"}};
  for (const auto& [text, iso] : right) CHECK(to_iso(parse_instant(text).value()) == iso);
  for (const char* wrong :
       {"", "2026-12-01", "2026-12-01T06:00", "2026-12-01T6:00+01:00", "2026-12-01 06:00Z",
        "2026-13-01T06:00Z", "2026-12-01T24:00Z", "2026-12-01T06:60Z", "2026-12-01T06:00+1",
        "2026-12-01T06:00+25:00", "2026-12-01T06:00 01:00", "2026-12-01T06:00Zulu"}) {
    CAPTURE(wrong);
    CHECK(parse_instant(wrong).error().code == "time.syntax");
  }
}

TEST_CASE("the wall clock decides the day") {
  const Instant late{1'795'303'800'000};  // 2026-11-21 23:30 UTC
  CHECK(to_iso(LocalTime{late, 0}.date()) == "2026-11-21");
  CHECK(LocalTime{late, 0}.minute_of_day() == 23 * 60 + 30);
  CHECK(to_iso(LocalTime{late, 60}.date()) == "2026-11-22");
  CHECK(LocalTime{late, 60}.minute_of_day() == 30);
  CHECK(to_iso(LocalTime{{1'000}, -60}.date()) == "1969-12-31");
  CHECK(LocalTime{{1'000}, -60}.minute_of_day() == 23 * 60);
}

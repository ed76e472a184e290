#include "storage/domain/warranty/cover.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/support/dates.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

const StatutoryCover norway{"NO", {5, PeriodUnit::year}, "Sale of goods act"};

CoverTerms car() {
  CoverTerms terms = terms_of({24, PeriodUnit::month});
  terms.usage = {100'000, "km"};
  terms.covered = "Engine and gearbox";
  return terms;
}

}  // namespace

TEST_CASE("the state of a cover by day: today, its last day, is covered") {
  const Cover cover{date("2025-01-14"), date("2027-01-13")};
  const struct {
    const char* today;
    CoverState state;
    int left;
  } rows[] = {{"2025-01-13", CoverState::not_begun, 731}, {"2025-01-14", CoverState::running, 730},
              {"2026-12-14", CoverState::running, 31},    {"2026-12-15", CoverState::ends_soon, 30},
              {"2027-01-13", CoverState::ends_soon, 1},   {"2027-01-14", CoverState::ended, 0},
              {"2030-01-01", CoverState::ended, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.today);
    CHECK(cover_state(cover, date(row.today)) == row.state);
    CHECK(days_left(cover, date(row.today)) == row.left);
  }
}

// frappe/erpnext#9064: a scheduler compared with <= and called what was valid for one more day expired.
TEST_CASE("a cover is over the day after its last one, and not on it") {
  const Cover cover = covers_from(date("2025-05-29"), car(), nullptr).front().dates;
  CHECK(cover_state(cover, date("2027-05-29")) == CoverState::ends_soon);
  CHECK(days_left(cover, date("2027-05-29")) == 1);
  CHECK(cover_state(cover, date("2027-05-30")) == CoverState::ended);
}

TEST_CASE("the statutory cover stands beside the maker's, by its own period") {
  const Covers covers = covers_from(date("2026-11-21"), car(), &norway);
  REQUIRE(covers.size() == 2);
  CHECK(covers[0].kind == CoverKind::maker);
  CHECK(to_iso(covers[0].dates.end) == "2028-11-21");
  CHECK(covers[0].usage == Usage{100'000, "km"});
  CHECK(covers[0].covered == "Engine and gearbox");
  CHECK(covers[1].kind == CoverKind::statutory);
  CHECK(to_iso(covers[1].dates.end) == "2031-11-21");
  CHECK(covers[1].usage.none());
  CHECK(covers[1].covered == "Sale of goods act");
  CHECK(span_of(covers) == Cover{date("2026-11-21"), date("2031-11-21")});
  CHECK(check(covers).ok());
}

TEST_CASE("what is neither covered by its maker nor numbered is not registered") {
  CHECK(covers_from(date("2026-11-21"), {}, &norway).empty());
  const CoverTerms numbered{.serialised = true};
  CHECK(covers_from(date("2026-11-21"), numbered, nullptr).empty());
  const Covers covers = covers_from(date("2026-11-21"), numbered, &norway);
  REQUIRE(covers.size() == 1);
  CHECK(covers[0].kind == CoverKind::statutory);
}

// grokability/snipe-it#5532, glpi-project/glpi#14363: everything counted from the purchase alone.
TEST_CASE("covers that begin on another day end by their own periods") {
  const Covers bought = covers_from(date("2026-01-31"), car(), &norway);
  const Covers begun = begun_on(date("2026-02-28"), bought);
  CHECK(to_iso(begun[0].dates.end) == "2028-02-28");
  CHECK(to_iso(begun[1].dates.end) == "2031-02-28");
  // What was given in days keeps them.
  const Covers by_hand =
      begun_on(date("2026-03-01"), makers({date("2026-01-01"), date("2026-01-11")}));
  CHECK(by_hand[0].dates == Cover{date("2026-03-01"), date("2026-03-11")});
  CHECK(begun_on(date("2026-01-31"), begun) == bought);
}

TEST_CASE("covers are checked") {
  const auto code = [](auto change) {
    Covers covers = covers_from(date("2026-11-21"), car(), &norway);
    change(covers);
    const auto result = check(covers);
    return result ? std::string("ok") : result.error().code;
  };
  CHECK(code([](auto&) {}) == "ok");
  CHECK(code([](auto& c) { c.clear(); }) == "cover.none");
  CHECK(code([](auto& c) { c[1].kind = CoverKind::maker; }) == "cover.kind");
  CHECK(code([](auto& c) { std::swap(c[0], c[1]); }) == "cover.kind");
  CHECK(code([](auto& c) { c[1].kind = static_cast<CoverKind>(7); }) == "cover.kind");
  CHECK(code([](auto& c) { c[0].dates.end = date("2026-11-20"); }) == "cover.dates");
  CHECK(code([](auto& c) { c[0].dates = {}; }) == "cover.dates");
  CHECK(code([](auto& c) { c[0].period.count = 601; }) == "cover.limit");
  CHECK(code([](auto& c) { c[0].usage.unit.clear(); }) == "cover.usage");
  CHECK(code([](auto& c) { c[0].covered = std::string(201, 'x'); }) == "text.length");
  CHECK(code([](auto& c) { c.insert(c.end(), 7, c[1]); }) == "cover.limit");
}

TEST_CASE("extents of use as they are written") {
  CHECK(parse_usage("100000 km").value() == Usage{100'000, "km"});
  CHECK(parse_usage("  500 operating hours ").value() == Usage{500, "operating hours"});
  CHECK(to_text(Usage{100'000, "km"}) == "100000 km");
  CHECK(to_text(Usage{}).empty());
  for (const char* text : {"", "km", "0 km", "-1 km", "100000", "1.5 km", "1 000 km",
                           "99999999999 km", "5 a unit that is too long"})
    CHECK_MESSAGE(parse_usage(text).error().code == "cover.usage", text);
}

TEST_CASE("the terms of an article are checked") {
  CHECK(check(car()).ok());
  CHECK(check(CoverTerms{}).ok());
  CoverTerms terms = car();
  terms.period = {};
  CHECK(check(terms).error().code == "cover.usage");  // nothing would end with it
  terms = car();
  terms.starts = static_cast<CoverStart>(4);
  CHECK(check(terms).error().code == "cover.start");
  for (const auto start : {CoverStart::purchase, CoverStart::delivery, CoverStart::installation,
                           CoverStart::activation})
    CHECK(cover_start_named(name_of(start)) == start);
  CHECK(!cover_start_named("receipt"));
}

TEST_CASE("laws of covers") {
  CHECK(rc::check("of one item all begin together and none ends before it begins", [] {
    const auto unit = static_cast<PeriodUnit>(*rc::gen::inRange(0, 4));
    const StatutoryCover law{"NO", {*rc::gen::inRange(1, 50), unit}, {}};
    const CoverTerms terms = terms_of({*rc::gen::inRange(0, 601), PeriodUnit::month});
    const Date start = from_days(*rc::gen::inRange(0, 40'000));
    const Covers covers = covers_from(start, terms, &law);
    RC_ASSERT(covers.empty() == terms.period.none());
    if (covers.empty()) return;
    RC_ASSERT(check(covers).ok());
    for (const ItemCover& each : covers) RC_ASSERT(each.dates.start == start);
    RC_ASSERT(days_left(span_of(covers), start) > 1);
  }));
}

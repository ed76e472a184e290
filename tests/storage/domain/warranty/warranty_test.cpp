#include "storage/domain/warranty/warranty.hpp"

#include <doctest/doctest.h>

#include "tests/support/dates.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

WarrantyRegistration registration() {
  WarrantyRegistration r;
  r.article = "K-100";
  r.article_name = "Kettle";
  r.maker = "Acme";
  r.serial = "AB123";
  r.serial_typed = "ab-123";
  r.cover = {date("2026-01-01"), date("2027-12-31")};
  return r;
}

}  // namespace

TEST_CASE("serial numbers in their compared form") {
  CHECK(normalise_serial("ab-12 3.4/x").value() == "AB1234X");
  CHECK(normalise_serial("ABC").value() == "ABC");
  CHECK(normalise_serial(std::string(64, '7')).ok());
  for (const char* typed : {"", "ab", "a-b", "  - ./"})
    CHECK(normalise_serial(typed).error().code == "serial.length");
  CHECK(normalise_serial(std::string(65, '7')).error().code == "serial.length");
  for (const char* typed : {"abc!", "Å123", "a\n123", "a_1234"})
    CHECK(normalise_serial(typed).error().code == "serial.character");
}

TEST_CASE("the maker's cover of an article with months") {
  const Cover cover = makers_cover(date("2025-01-14"), 24);
  CHECK(to_iso(cover.start) == "2025-01-14");
  CHECK(to_iso(cover.end) == "2027-01-14");
}

TEST_CASE("the state of a cover by day") {
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

TEST_CASE("registrations are checked") {
  CHECK(check(registration()).ok());
  const auto code = [](auto change) {
    auto r = registration();
    change(r);
    const auto result = check(r);
    return result ? std::string("ok") : result.error().code;
  };
  CHECK(code([](auto& r) { r.article.clear(); }) == "text.missing");
  CHECK(code([](auto& r) { r.maker = std::string(201, 'x'); }) == "text.length");
  CHECK(code([](auto& r) { r.serial = "ab123"; }) == "serial.form");
  CHECK(code([](auto& r) { r.serial = "A"; }) == "serial.length");
  CHECK(code([](auto& r) { r.cover.end = date("2025-12-31"); }) == "cover.dates");
  CHECK(code([](auto& r) { r.cover = Cover{}; }) == "cover.dates");
  CHECK(code([](auto& r) { r.cover.end = r.cover.start; }) == "ok");
}

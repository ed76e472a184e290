#include "storage/domain/warranty/warranty.hpp"

#include <doctest/doctest.h>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/values/limits.hpp"

using namespace keepsake;

namespace {

Date date(std::string_view iso) { return parse_date(iso).value(); }

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

Article article() {
  Article a;
  a.code = "K-100";
  a.name = "Kettle";
  a.price = UnitPrice::from_minor(19900);
  a.tax = {2500};
  a.cover_months = 24;
  return a;
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

TEST_CASE("the last covered day") {
  const struct {
    const char* bought;
    int months;
    const char* end;
  } rows[] = {{"2025-01-14", 24, "2027-01-13"}, {"2025-01-01", 12, "2025-12-31"},
              {"2025-01-31", 1, "2025-02-28"},  {"2024-02-29", 12, "2025-02-28"},
              {"2024-02-29", 48, "2028-02-28"}, {"2025-03-31", 1, "2025-04-30"},
              {"2025-02-28", 1, "2025-03-27"},  {"2025-03-01", 1, "2025-03-31"}};
  for (const auto& row : rows) {
    CAPTURE(row.bought);
    const Cover cover = makers_cover(date(row.bought), row.months);
    CHECK(to_iso(cover.start) == row.bought);
    CHECK(to_iso(cover.end) == row.end);
  }
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

TEST_CASE("articles are checked") {
  CHECK(check(article()).ok());
  const auto where = [](auto change) {
    auto a = article();
    change(a);
    const auto result = check(a);
    return result ? std::string("ok") : result.error().where;
  };
  CHECK(where([](auto& a) { a.code.clear(); }) == "code");
  CHECK(where([](auto& a) { a.code = std::string(65, 'x'); }) == "code");
  CHECK(where([](auto& a) { a.code = std::string(64, 'x'); }) == "ok");
  CHECK(where([](auto& a) { a.code = "a\x1B"; }) == "code");
  CHECK(where([](auto& a) { a.name.clear(); }) == "name");
  CHECK(where([](auto& a) { a.price.milli_minor = -1; }) == "price");
  CHECK(where([](auto& a) { a.price.milli_minor = limits::amount_minor * 1000 + 1; }) == "price");
  CHECK(where([](auto& a) { a.price.milli_minor = 0; }) == "ok");
  CHECK(where([](auto& a) { a.tax = {10'001}; }) == "tax");
  CHECK(where([](auto& a) { a.cover_months = 601; }) == "cover_months");
  CHECK(where([](auto& a) { a.cover_months = -1; }) == "cover_months");
}

TEST_CASE("facts know their numbers and names") {
  const std::pair<Fact, FactType> rows[] = {{Purchase{}, FactType::purchase},
                                            {Return{}, FactType::returned},
                                            {CustomerEnrolment{}, FactType::customer_enrolled},
                                            {WarrantyRegistration{}, FactType::warranty_registered},
                                            {Programme{}, FactType::programme_published},
                                            {CatalogueChange{}, FactType::catalogue_changed},
                                            {ShiftOpening{}, FactType::shift_opened},
                                            {ShiftClosing{}, FactType::shift_closed}};
  std::uint16_t number = 1;
  for (const auto& [fact, type] : rows) {
    CHECK(type_of(fact) == type);
    CHECK(static_cast<std::uint16_t>(type) == number++);
    CHECK(name_of(type) != "unknown");
  }
  CHECK(name_of(static_cast<FactType>(999)) == "unknown");
}

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
  r.covers = makers({date("2026-01-01"), date("2027-12-31")});
  return r;
}

}  // namespace

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
  CHECK(code([](auto& r) { r.covers[0].dates.end = date("2025-12-31"); }) == "cover.dates");
  CHECK(code([](auto& r) { r.covers = makers(Cover{}); }) == "cover.dates");
  CHECK(code([](auto& r) { r.covers[0].dates.end = r.covers[0].dates.start; }) == "ok");
  CHECK(code([](auto& r) { r.covers.clear(); }) == "cover.none");
  CHECK(code([](auto& r) { r.serial.clear(); }) == "serial.length");  // by itself, it needs one
}

TEST_CASE("what a line covers is checked, and needs no serial number") {
  LineWarranty warranty{"AB123", "ab-123", "Acme", registration().covers};
  CHECK(check(warranty).ok());
  warranty.serial = warranty.serial_typed = "";
  CHECK(check(warranty).ok());
  warranty.serial = "ab123";
  CHECK(check(warranty).error().code == "serial.form");
}

TEST_CASE("a cover that begins later is checked") {
  CoverBegun begun;
  begun.covers = registration().covers;
  CHECK(check(begun).ok());
  begun.event = CoverStart::purchase;
  CHECK(check(begun).error().code == "cover.start");
  begun.event = CoverStart::activation;
  begun.line = -2;
  CHECK(check(begun).error().code == "cover.line");
  begun.line = 1999;
  CHECK(check(begun).ok());
  begun.covers.clear();
  CHECK(check(begun).error().code == "cover.none");
}

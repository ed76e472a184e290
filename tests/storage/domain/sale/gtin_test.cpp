#include "storage/domain/sale/gtin.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace keepsake;

namespace {

/// A valid number of `length` digits that begins with `body`'s digits.
std::string with_check_digit(std::string body) {
  int sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i)
    sum += (body[body.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return body + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

TEST_CASE("article numbers of every length") {
  const struct {
    const char* printed;
    const char* digits14;
  } rows[] = {{"4006381333931", "04006381333931"},
              {"96385074", "00000096385074"},
              {"036000291452", "00036000291452"},
              {"10614141000415", "10614141000415"},
              {"7038010009457", "07038010009457"}};
  for (const auto& row : rows) {
    CAPTURE(row.printed);
    const auto gtin = Gtin::parse(row.printed);
    REQUIRE(gtin.ok());
    CHECK(gtin->digits14() == row.digits14);
    CHECK(gtin->shortest() == row.printed);
    CHECK(Gtin::parse(row.digits14).value() == *gtin);
  }
}

TEST_CASE("article numbers that are none") {
  CHECK(Gtin::parse("").error().code == "gtin.length");
  CHECK(Gtin::parse("400638133393").error().code == "gtin.check-digit");
  CHECK(Gtin::parse("40063813339").error().code == "gtin.length");
  CHECK(Gtin::parse("123456789").error().code == "gtin.length");
  CHECK(Gtin::parse("400638133393100").error().code == "gtin.length");
  CHECK(Gtin::parse("4006381333932").error().code == "gtin.check-digit");
  CHECK(Gtin::parse("400638133393a").error().code == "gtin.digits");
  CHECK(Gtin::parse(" 4006381333931").error().code == "gtin.digits");
  CHECK(Gtin::parse("4006381333931").ok());
}

TEST_CASE("the check digit catches every wrong digit") {
  CHECK(rc::check("single-digit errors", [] {
    const auto length = *rc::gen::element(7, 11, 12, 13);
    std::string body;
    for (int i = 0; i < length; ++i) body += *rc::gen::inRange('0', static_cast<char>('9' + 1));
    const std::string valid = with_check_digit(body);
    RC_ASSERT(Gtin::parse(valid).ok());
    RC_ASSERT(Gtin::parse(Gtin::parse(valid)->shortest()).value() == Gtin::parse(valid).value());
    for (std::size_t i = 0; i < valid.size(); ++i)
      for (char digit = '0'; digit <= '9'; ++digit) {
        if (digit == valid[i]) continue;
        std::string wrong = valid;
        wrong[i] = digit;
        RC_ASSERT(Gtin::parse(wrong).error().code == "gtin.check-digit");
      }
  }));
}

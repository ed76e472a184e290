#include "storage/domain/sale/gtin.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <vector>

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

TEST_CASE("a UPC-E is the UPC-A it stands for") {
  // As published with their UPC-A: 01234565 and 06543217 in GS1's and others' examples.
  CHECK(Gtin::readings("01234565").back() == Gtin::parse("012345000065").value());
  CHECK(Gtin::from_label("01234565").value() == Gtin::parse("01234565").value());  // sound as both
  CHECK(Gtin::from_label("06543217").value() == Gtin::parse("065100004327").value());
  const Gtin gum = Gtin::parse("042100005264").value();
  CHECK(Gtin::from_label("04252614").value() == gum);
  CHECK(Gtin::readings("04252614") == std::vector{gum});
  CHECK(Gtin::readings("425261") == std::vector{gum});   // neither number system nor check digit
  CHECK(Gtin::readings("0425261").front() == gum);       // no check digit
  CHECK(Gtin::readings("4252614") == std::vector{gum});  // no number system
  CHECK(Gtin::readings("042100005264") == std::vector{gum});
  CHECK(Gtin::parse("04252614").error().code == "gtin.check-digit");
  CHECK(Gtin::from_label("04252615").error().code == "gtin.check-digit");
  CHECK(Gtin::from_label("24252615").error().code == "gtin.check-digit");
  CHECK(Gtin::readings("4011").empty());
  CHECK(Gtin::readings("40123455") == std::vector{Gtin::parse("40123455").value()});
}

TEST_CASE("every UPC-E says the UPC-A that it is printed for") {
  // The rules of suppression the other way round (GS1 General Specifications 5.2.2.4.1).
  CHECK(rc::check("round trip", [] {
    const std::string system = *rc::gen::element<std::string>("0", "1");
    std::string six;
    for (int i = 0; i < 6; ++i) six += *rc::gen::inRange('0', static_cast<char>('9' + 1));
    std::string body = system;
    switch (six[5]) {
      case '0':
      case '1':
      case '2':
        body += six.substr(0, 2) + six[5] + "0000" + six.substr(2, 3);
        break;
      case '3':
        body += six.substr(0, 3) + "00000" + six.substr(3, 2);
        break;
      case '4':
        body += six.substr(0, 4) + "00000" + six.substr(4, 1);
        break;
      default:
        body += six.substr(0, 5) + "0000" + six.substr(5, 1);
    }
    const std::string upc_a = with_check_digit(body);
    const std::string upc_e = system + six + upc_a.back();
    const auto readings = Gtin::readings(upc_e);
    RC_ASSERT(std::count(readings.begin(), readings.end(), Gtin::parse(upc_a).value()) == 1);
    RC_ASSERT(Gtin::from_label(upc_e).ok());
  }));
}

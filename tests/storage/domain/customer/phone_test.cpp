#include "storage/domain/customer/phone.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace keepsake;

namespace {

std::string read(const char* typed, const char* calling_code, const char* country) {
  const auto phone = normalise_phone(typed, calling_code, country);
  return phone ? *phone : phone.error().code;
}

}  // namespace

TEST_CASE("telephone numbers as people type them") {
  const struct {
    const char* typed;
    const char* calling_code;
    const char* country;
    const char* e164;
  } rows[] = {
      {"912 34 417", "+47", "NO", "+4791234417"},
      {"+47 912 34 417", "+47", "NO", "+4791234417"},
      {"0047 912-34-417", "+47", "NO", "+4791234417"},
      {"06 1234 5678", "+31", "NL", "+31612345678"},
      {"(067) 123 45 67", "+380", "UA", "+380671234567"},
      {"0812-3456-7890", "+62", "ID", "+6281234567890"},
      {"0917.123.4567", "+63", "PH", "+639171234567"},
      {"+44 (0)20 7946 0018", "+47", "NO", "+442079460018"},
      // A spreadsheet took the plus.
      {"4791234417", "+47", "NO", "+4791234417"},
      {"380441234567", "+380", "UA", "+380441234567"},
      {"6281234567890", "+62", "ID", "+6281234567890"},
      {"639171234567", "+63", "PH", "+639171234567"},
      {"31612345678", "+31", "NL", "+31612345678"},
      {"1 (415) 555-2671", "+1", "US", "+14155552671"},
      // The zero behind the country's code; Italy's belongs to the number.
      {"+44 020 7946 0958", "+44", "GB", "+442079460958"},
      {"0044 (0)20 7946 0958", "+44", "GB", "+442079460958"},
      {"0031 (0)6 12345678", "+31", "NL", "+31612345678"},
      {"06 698 12345", "+39", "IT", "+390669812345"},
      {"0039 06 698 12345", "+39", "IT", "+390669812345"},
      // Plans of their own.
      {"011 15-2345-6789", "+54", "AR", "+5491123456789"},
      {"+52 1 55 1234 5678", "+52", "MX", "+525512345678"},
      {"06 30 123 4567", "+36", "HU", "+36301234567"},
      {"8 612 34567", "+370", "LT", "+37061234567"},
      {"011 47 912 34 417", "+1", "US", "+4791234417"},
      {"0047 912 34 417", "+1", "US", "+4791234417"},
      {"912 34 417 ext. 5", "+47", "NO", "+4791234417"},
      {"Mob.: 912 34 417", "+47", "NO", "+4791234417"},
      // Digits of other scripts, and full width.
      {"\u0669\u0661\u0662\u0663\u0664\u0664\u0661\u0667", "+47", "NO", "+4791234417"},
      {"\uFF0B\uFF14\uFF17 912 34 417", "+1", "US", "+4791234417"},
      // The calling code decides where the country has another.
      {"06 1234 5678", "+31", "NO", "+31612345678"},
      {"06 1234 5678", "+31", "", "+31612345678"},
      {"912 34 417", "", "NO", "+4791234417"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.typed);
    CHECK(read(row.typed, row.calling_code, row.country) == row.e164);
    CHECK(read(row.e164, "+1", "US") == row.e164);
  }
}

TEST_CASE("signs that nobody sees are no part of a number") {
  for (const char* typed :
       {"\u202A+47 912 34 417\u202C", "\u2068+47 912 34 417\u2069", "\u200E912 34 417",
        "912\u200B34417", "912\u201334\u2013417", "912\u00A034\u202F417", "912\u201134\u2212417",
        "\uFEFF91234417", "912\u00AD34417", "\t91234417\n"}) {
    CAPTURE(typed);
    CHECK(read(typed, "+47", "NO") == "+4791234417");
  }
}

TEST_CASE("texts that are no telephone number") {
  for (const char* typed :
       {"", "+", "12", "+0123456789", "91234abc", "++", "47+91234417", "+4712345678901234",
        "1234567890123456789012345", "\xFF\xFE", "(0)(0)+", "110", "912 34 417 (Kari)", "ingen"}) {
    CAPTURE(typed);
    CHECK(read(typed, "+47", "NO") == "phone.syntax");
  }
  CHECK(read(std::string(200, '1').c_str(), "+47", "NO") == "phone.syntax");
}

TEST_CASE("a number that nobody can have is refused") {
  CHECK(read("12345678", "+47", "NO") == "phone.unknown");
  CHECK(read("+47 12345678", "+1", "US") == "phone.unknown");
  CHECK(read("+1 415 155 2671", "+47", "NO") == "phone.unknown");
}

TEST_CASE("numbers that were kept before they were checked are the ones that were meant") {
  CHECK(comparable_phone("+474791234417") == "+4791234417");
  CHECK(comparable_phone("+380380441234567") == "+380441234567");
  CHECK(comparable_phone("+114155552671") == "+14155552671");
  CHECK(comparable_phone("+4402079460958") == "+442079460958");
  CHECK(comparable_phone("+310612345678") == "+31612345678");
  for (const char* same : {"+4791234417", "+390669812345", "+4747123456", "+4712345678", "", "x"})
    CHECK(comparable_phone(same) == same);
  for (const char* phone : {"+4791234417", "+380441234567", "+14155552671", "+442079460958"})
    for (const std::string& form : earlier_forms(phone)) {
      CAPTURE(form);
      CHECK(form != phone);
      CHECK(comparable_phone(form) == phone);
    }
  CHECK(earlier_forms("+4791234417").front() == "+474791234417");
  CHECK(earlier_forms("").empty());
}

TEST_CASE("what is read is read again as itself") {
  CHECK(rc::check([] {
    const auto digits = *rc::gen::container<std::string>(rc::gen::element(
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', ' ', '(', ')', '-', '.'));
    for (const char* country : {"NO", "NL", "UA", "ID", "PH", "US", "IT", "GB"})
      if (const auto phone = normalise_phone(digits, "", country)) {
        RC_ASSERT(is_e164(*phone));
        RC_ASSERT(normalise_phone(*phone, "", "SE").value() == *phone);
        RC_ASSERT(comparable_phone(*phone) == *phone);
      }
  }));
}

TEST_CASE("countries are known by code and by name") {
  for (const char* name : {"NO", "no", "NOR", "Norway", "NORGE", "Норвегія", " Norway\u00A0"})
    CHECK(country_named(name) == "NO");
  CHECK(country_named("United States") == "US");
  CHECK(country_named("Україна") == "UA");
  CHECK(country_named("Österreich") == "AT");
  CHECK(country_named("Narnia").empty());
  CHECK(country_named("").empty());
}

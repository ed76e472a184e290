#include "storage/domain/customer/customer.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/text.hpp"
#include "storage/domain/values/utf8.hpp"

using namespace keepsake;

TEST_CASE("names and numbers are masked") {
  CHECK(masked_name("Ingrid Haugen") == "Ingrid H.");
  CHECK(masked_name("Anna Maria van Dijk") == "Anna D.");
  CHECK(masked_name("Øyvind Ås") == "Øyvind Å.");
  CHECK(masked_name("Олена Ґудзь") == "Олена Ґ.");
  CHECK(masked_name("Ingrid A\xCC\x8As") ==
        "Ingrid A\xCC\x8A.");  // a letter with its combining ring
  CHECK(masked_name(" Ingrid  Haugen ") == "Ingrid H.");
  CHECK(masked_name("Ingrid") == "Ingrid");
  CHECK(masked_name("") == "");
  CHECK(masked_phone("+4791234417") == "•••• 4417");
  CHECK(masked_phone("") == "");
  CHECK(masked_phone("12345") == "••••");
}

TEST_CASE("masking keeps valid text valid") {
  CHECK(rc::check("utf-8 stays utf-8", [] {
    const auto points = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", " ", "Å", "ж", "\xCC\x8A", "漢", "😀", "-"));
    std::string name;
    for (const auto& point : points) name += point;
    RC_ASSERT(is_utf8(masked_name(name)));
  }));
  CHECK(rc::check("any bytes", [](const std::string& bytes) {
    masked_name(bytes);
    masked_phone(bytes);
    RC_ASSERT(true);
  }));
}

TEST_CASE("profiles are checked field by field") {
  Profile profile{"Ingrid Haugen", "+4791234417", "i@example.no", "Storgata 1",
                  parse_date("1980-02-29").value()};
  CHECK(check(profile).ok());
  CHECK(check(Profile{}).ok());
  const auto wrong = [&](auto change) {
    Profile changed = profile;
    change(changed);
    const auto result = check(changed);
    REQUIRE(!result);
    return result.error().where;
  };
  CHECK(wrong([](Profile& p) { p.name = std::string(201, 'x'); }) == "name");
  CHECK(wrong([](Profile& p) { p.name = "a\nb"; }) == "name");
  CHECK(wrong([](Profile& p) { p.phone = "91234417"; }) == "phone");
  CHECK(wrong([](Profile& p) { p.email = "A@B.CD"; }) == "email");
  CHECK(wrong([](Profile& p) { p.address = "\xC3"; }) == "address");
  CHECK(wrong([](Profile& p) { p.birthday = parse_date("1850-01-01").value(); }) == "birthday");
}

TEST_CASE("text is strict UTF-8") {
  for (const char* good :
       {"", "a", "Å", "ж", "漢", "😀", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"})
    CHECK(is_utf8(good));
  for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE6\xBC", "\xFF", "a\xC3z"})
    CHECK(!is_utf8(bad));
  CHECK(is_printable("Å ж"));
  CHECK(!is_printable("a\tb"));
  CHECK(!is_printable("a\x7F"));
  CHECK(!is_printable("\xC2\x85"));
  std::string_view rest = "Å\xFFz";
  CHECK(take_code_point(rest) == U'Å');
  CHECK(take_code_point(rest) == U'\uFFFD');
  CHECK(take_code_point(rest) == U'z');
  CHECK(rest.empty());
}

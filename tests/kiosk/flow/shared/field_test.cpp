#include "kiosk/flow/shared/field.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "kiosk/flow/shared/language.hpp"
#include "kiosk/flow/shared/notice.hpp"
#include "storage/domain/values/limits.hpp"

using namespace keepsake;
using namespace keepsake::flow;

TEST_CASE("fields take their own alphabet only") {
  std::string text;
  CHECK(type_into(text, Field::pin, "12") == Typed::taken);
  CHECK(type_into(text, Field::pin, "a") == Typed::wrong_key);
  CHECK(text == "12");
  text.clear();
  CHECK(type_into(text, Field::amount, "12.5") == Typed::taken);
  CHECK(type_into(text, Field::amount, ".") == Typed::wrong_key);
  text.clear();
  CHECK(type_into(text, Field::phone, "+47 912") == Typed::taken);
  CHECK(type_into(text, Field::phone, "+") == Typed::wrong_key);
  text.clear();
  CHECK(type_into(text, Field::name, "Олена\n") == Typed::wrong_key);
  CHECK(type_into(text, Field::name, "Олена") == Typed::taken);
  CHECK(type_into(text, Field::name, "\xE2\x80\xAE") ==
        Typed::wrong_key);  // right-to-left override
  CHECK(type_into(text, Field::name, "\xC3") == Typed::wrong_key);
  CHECK(type_into(text, Field::name, "\xED\xA0\x80") == Typed::wrong_key);  // a surrogate
  erase_last(text);
  CHECK(text == "Олен");
}

TEST_CASE("a full field takes nothing rather than a part") {
  std::string text(limit_of(Field::name) - 1, 'a');
  const std::string before = text;
  CHECK(type_into(text, Field::name, "є") == Typed::full);
  CHECK(text == before);
  CHECK(type_into(text, Field::name, "e") == Typed::taken);
  CHECK(text.size() == limits::name_bytes);
}

TEST_CASE("typing any bytes never breaks a field") {
  CHECK(rc::check([](std::string bytes, unsigned which) {
    const auto field = static_cast<Field>(which % 9);
    std::string text = "1";
    const Typed outcome = type_into(text, field, bytes);
    RC_ASSERT(text.size() <= limit_of(field));
    RC_ASSERT((outcome == Typed::taken) == (text == "1" + bytes));
    const std::string grown = text;
    while (!text.empty()) {
      const std::size_t had = text.size();
      erase_last(text);
      RC_ASSERT(text.size() < had);
      RC_ASSERT(grown.starts_with(text));
    }
  }));
}

TEST_CASE("languages are found by their tags") {
  for (const Language language : all_languages)
    CHECK(parse_language(code_of(language)) == language);
  CHECK(parse_language("no") == Language::nb);
  CHECK(parse_language("nl-BE") == Language::nl);
  CHECK(parse_language("xx") == std::nullopt);
}

TEST_CASE("every error becomes a notice of the closed list") {
  const auto codes = notice_codes();
  const auto listed = [&](const std::string& code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  for (int kind = 0; kind <= static_cast<int>(Failure::internal); ++kind)
    CHECK(listed(notice_code({static_cast<Failure>(kind), "some.unheard-of", "", "", ""})));
  CHECK(notice_code({Failure::bad_input, "phone.syntax", "", "", ""}) == "phone.syntax");
  for (const auto code : codes) CHECK_FALSE(code.empty());
}

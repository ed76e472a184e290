#include "storage/domain/values/tidy.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/text.hpp"

using namespace keepsake;

TEST_CASE("what looks the same is the same") {
  const std::pair<const char*, const char*> table[] = {
      {"Ola Nordmann", "Ola Nordmann"},
      {"", ""},
      {"  Ola  Nordmann ", "Ola Nordmann"},
      {"Ola\u00A0Nordmann", "Ola Nordmann"},
      {"Ola\u2003Nordmann\u3000", "Ola Nordmann"},
      {"Ola\tNordmann\r\n", "Ola Nordmann"},
      {"Storgata 1 \r\n 0155 Oslo\n", "Storgata 1\n0155 Oslo"},
      {"Ola\u2028Nordmann", "Ola Nordmann"},
      {"\uFEFFOla\u200B Nord\u00ADmann\u2060", "Ola Nordmann"},
      {"\u202AOla\u202C \u2068Nordmann\u2069\u200E", "Ola Nordmann"},
      {"O\u200Dla\u200C Nordmann", "Ola Nordmann"},
      {"\u200B \u00A0\u3164", ""},
      // One letter and its accent; letters that joiners belong to.
      {"A\u030Ase", "\u00C5se"},
      {"Nguye\u0302\u0303n", "Nguy\u1EC5n"},
      {"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
       "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"},
      {"\u0645\u200C \u0645", "\u0645 \u0645"},
      // Control characters and broken bytes are for check_text() to refuse.
      {"a\x01 b", "a\x01 b"},
      {"a\xFF  b", "a\xFF b"},
  };
  for (const auto& [typed, tidy] : table) {
    CAPTURE(typed);
    CHECK(tidied(typed) == tidy);
  }
}

TEST_CASE("numbers lose their groups") {
  CHECK(without_blanks(" 1234 5678\u00A090\u200B\t") == "1234567890");
  CHECK(without_blanks("KC-1 2") == "KC-12");
}

TEST_CASE("a tidy text stays as it is, and UTF-8 stays UTF-8") {
  CHECK(rc::check([] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("a", "Å", "A\u030A", " ", "\u00A0", "\u200D", "\u200B", "м",
                                      "\u0645", "😀", "\uFE0F", "\t"));
    std::string text;
    for (const auto& part : parts) text += part;
    const std::string once = tidied(text);
    RC_ASSERT(is_printable(once));
    RC_ASSERT(tidied(once) == once);
    RC_ASSERT(without_blanks(once).find(' ') == std::string::npos);
    RC_ASSERT(once.size() <= text.size());
  }));
  CHECK(rc::check("any bytes", [](const std::string& bytes) {
    RC_ASSERT(tidied(tidied(bytes)) == tidied(bytes));
  }));
}

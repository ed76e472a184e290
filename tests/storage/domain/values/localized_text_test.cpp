#include "storage/domain/values/localized_text.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("words are said in the nearest language that has them") {
  const LocalizedText gold("Gold", {{"nb", "Gull"}, {"pt-BR", "Ouro do Brasil"}, {"pt", "Ouro"}});
  CHECK(gold.in("nb") == "Gull");
  CHECK(gold.in("nb-NO") == "Gull");
  CHECK(gold.in("pt-BR") == "Ouro do Brasil");
  CHECK(gold.in("pt-PT") == "Ouro");
  CHECK(gold.in("n") == "Gold");
  CHECK(gold.in("nbx") == "Gold");
  CHECK(gold.in("") == "Gold");
  CHECK(LocalizedText().in("nb").empty());
}

TEST_CASE("what may be a language") {
  for (const char* good : {"nb", "fil", "pt-BR", "zh-Hant-TW"}) CHECK(is_language(good));
  for (const char* bad : {"", "n", "n_b", "nb NO", "nb.", "n\xC3\xB8"})
    CHECK_FALSE(is_language(bad));
  CHECK(is_language(std::string(35, 'a')));
  CHECK_FALSE(is_language(std::string(36, 'a')));
}

#include "storage/book/settings.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// The indented blocks of a page, each as it stands there.
std::vector<std::string> examples_of(const std::string& page) {
  std::ifstream in(std::string(KEEPSAKE_SOURCE_DIR) + "/" + page);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    const bool indented = line.starts_with("    ");
    if (!indented && !line.empty()) inside = false;
    if (!indented) continue;
    if (!inside) blocks.emplace_back();
    inside = true;
    blocks.back() += line.substr(4) + "\n";
  }
  return blocks;
}

std::string mistakes_in(const std::string& toml) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "keepsake.toml") << toml;
  std::string told;
  for (const Error& each : settings_mistakes(folder.path())) told += to_line(each) + "\n";
  return told;
}

}  // namespace

TEST_CASE("settings: the page's own examples are sound") {
  const auto examples = examples_of("storage/book/SETTINGS.md");
  REQUIRE(examples.size() >= 2);
  for (const std::string& each : examples) {
    const bool whole = each.find("currency") != std::string::npos;
    const std::string toml = whole ? each : "currency = \"NOK\"\n" + each;
    CHECK_MESSAGE(mistakes_in(toml) == "", each);
  }
  std::string together;
  for (const std::string& each : examples) together += each;
  CHECK(mistakes_in(together) == "");
}

TEST_CASE("settings: a mistake in an example would be seen") {
  CHECK(mistakes_in("currency = \"NOK\"\nshup = \"x\"\n") != "");
}

TEST_CASE("settings: what customers are asked and found by is declared with the field") {
  const std::string field = "currency = \"NOK\"\n[[customer_field]]\nkey = \"no\"\n";
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "keepsake.toml")
      << field + "ask_at_joining = true\nsearchable = true\n";
  const auto settings = read_settings(folder.path());
  REQUIRE_MESSAGE(settings.ok(), why(settings));
  CHECK(settings->customer_fields.at(0).ask_at_joining);
  CHECK(searchable_keys(settings->customer_fields) == std::vector<std::string>{"no"});
  CHECK(mistakes_in(field + "seen_by = \"managers\"\nask_at_joining = true\n") == "");
  // Whoever finds by it knows it.
  CHECK(mistakes_in(field + "seen_by = \"managers\"\nsearchable = true\n") != "");
  CHECK(mistakes_in(field + "searchable = \"yes\"\n") != "");
}

TEST_CASE("settings: what the law of a country gives is declared once for each") {
  const std::string norway =
      "currency = \"NOK\"\n[[statutory_cover]]\ncountry = \"NO\"\nperiod = \"5 years\"\n"
      "covered.default = \"Sale of goods act\"\ncovered.nb = \"Forbrukerkjøpsloven\"\n";
  const std::string sweden = "[[statutory_cover]]\ncountry = \"SE\"\nperiod = \"36 months\"\n";
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "keepsake.toml") << norway + sweden;
  auto settings = read_settings(folder.path());
  REQUIRE_MESSAGE(settings.ok(), why(settings));
  REQUIRE(settings->statutory_covers.size() == 2);
  REQUIRE(statutory_cover(*settings) != nullptr);
  CHECK(statutory_cover(*settings)->period == Period{5, PeriodUnit::year});
  CHECK(statutory_cover(*settings)->covered.in("nb") == "Forbrukerkjøpsloven");
  settings->country = "SE";
  CHECK(statutory_cover(*settings)->period == Period{36, PeriodUnit::month});
  settings->country = "DE";
  CHECK(statutory_cover(*settings) == nullptr);
  // Written and read again they are the same.
  REQUIRE(write_settings(folder.path(), *settings).ok());
  CHECK(read_settings(folder.path())->statutory_covers == settings->statutory_covers);
  CHECK(mistakes_in(norway + norway.substr(norway.find('['))) != "");
  for (const char* wrong :
       {"country = \"Norway\"\nperiod = \"5 years\"\n", "country = \"no\"\nperiod = \"5 years\"\n",
        "country = \"NO\"\n", "country = \"NO\"\nperiod = \"0\"\n",
        "country = \"NO\"\nperiod = \"51 years\"\n",
        "country = \"NO\"\nperiod = \"5 years\"\nnote = \"x\"\n"})
    CHECK_MESSAGE(
        mistakes_in("currency = \"NOK\"\n[[statutory_cover]]\n" + std::string(wrong)) != "", wrong);
}

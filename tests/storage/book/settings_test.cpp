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

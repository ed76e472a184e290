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

#include "storage/engine/durable_file.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

TEST_CASE("a durable file replaces the old one whole") {
  TemporaryFolder folder;
  const auto file = folder.path() / "a.txt";
  REQUIRE(write_durably(file, "first, longer").ok());
  REQUIRE(write_durably(file, "second").ok());
  std::ifstream in(file);
  std::string words;
  std::getline(in, words);
  CHECK(words == "second");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "a.txt.part"));
  CHECK(write_durably(folder.path() / "none" / "a", "x").error().kind == Failure::unavailable);
}

#include "storage/engine/durable_file.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>

#include "tests/support/disk_calls.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::DiskCalls;
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

TEST_CASE("a durable file is on the disk before it gets its name, and then its name") {
  using Told = std::vector<std::string>;
  TemporaryFolder folder;
  const std::string name = folder.path().filename().string();
  {
    const DiskCalls calls;
    REQUIRE(write_durably(folder.path() / "a", "x").ok());
    CHECK(calls.told() == Told{"sync a.part", "rename a.part a", "sync " + name});
  }
  {
    const DiskCalls calls;
    REQUIRE(rename_new_durably(folder.path() / "a", folder.path() / "b").ok());
    CHECK(calls.told() == Told{"sync a", "rename a b", "sync " + name});
  }
  const DiskCalls calls;
  REQUIRE(rename_durably(folder.path() / "b", folder.path() / "c").ok());
  CHECK(calls.told() == Told{"sync b", "rename b c", "sync " + name});
}

TEST_CASE("a durable file has the mode it is given, whatever the umask") {
  TemporaryFolder folder;
  const auto mode_of = [&](const char* name) {
    return static_cast<unsigned>(std::filesystem::status(folder.path() / name).permissions());
  };
  for (const mode_t mask : {0U, 077U}) {
    const auto old = ::umask(mask);
    CHECK(write_durably(folder.path() / "key.pem", "secret").ok());
    CHECK(write_durably(folder.path() / "ca.pem", "public", everyone_reads).ok());
    ::umask(old);
    CHECK(mode_of("key.pem") == 0600U);
    CHECK(mode_of("ca.pem") == 0644U);
  }
}

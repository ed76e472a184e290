#include "storage/engine/whole_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/engine/durable_file.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

TEST_CASE("a file is read whole, up to its limit") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "x";
  REQUIRE(write_durably(file, "12345678901").ok());
  CHECK(*read_whole(file, 11) == "12345678901");
  CHECK(read_whole(file, 10).error().code == "file.limit");
  REQUIRE(write_durably(file, "").ok());
  CHECK(read_whole(file, 0)->empty());
  const std::string large(300'000, '\0');
  REQUIRE(write_durably(file, large).ok());
  CHECK(*read_whole(file, large.size()) == large);
}

TEST_CASE("what the system tells has no size and is read to its end") {
  CHECK_FALSE(read_whole("/proc/self/status", 1 << 20)->empty());
  CHECK(read_whole("/proc/self/status", 8).error().code == "file.limit");
}

TEST_CASE("what is no file is refused at once, and a disk that fails is told") {
  const TemporaryFolder folder;
  CHECK(read_whole(folder.path() / "none", 9).error().code == "file.none");
  CHECK(read_whole(folder.path(), 9).error().code == "file.unreadable");
  CHECK(read_whole("/dev/zero", 9).error().code == "file.unreadable");
  const auto pipe = folder.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(read_whole(pipe, 9).error().code == "file.unreadable");
  // The kernel refuses to read a process's memory at address 0.
  CHECK(read_whole("/proc/self/mem", 9).error().code == "disk.io");
}

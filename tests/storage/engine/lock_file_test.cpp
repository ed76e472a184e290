#include "storage/engine/lock_file.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

TEST_CASE("the lock names its holder and falls with it") {
  TemporaryFolder folder;
  const auto file = folder.path() / "lock";
  {
    auto held = LockFile::acquire(file);
    REQUIRE(held.ok());
    const auto second = LockFile::acquire(file);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().kind == Failure::busy);
    CHECK(second.error().where.find("process " + std::to_string(::getpid())) != std::string::npos);
  }
  CHECK(LockFile::acquire(file).ok());
}

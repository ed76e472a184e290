// `keepsake sync --daemon`: the real program beside a real centre.

#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

std::vector<std::string> daemon_of(const Till& till) {
  return {(std::filesystem::path(KEEPSAKE_BINARY_DIR) / "bin" / "keepsake").string(), "--data",
          till.data().string(), "sync", "--daemon"};
}

}  // namespace

TEST_CASE("the daemon sends what waits, hears what others do, and ends when it is told to") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  first.sell(3);
  first.book.reset();
  keepsake::test::TemporaryFolder folder;
  keepsake::test::Process daemon(daemon_of(first), folder.path() / "out");
  CHECK(eventually([&] { return office.store().purchases == 3; }));
  CHECK(eventually([&] { return daemon.output().find("online, waiting 0") != std::string::npos; }));
  // While it stands there, the other till sells.
  second.sell(2);
  second.sync();
  const auto seen = [&] {
    const auto reader = open_reader(first.data());
    return reader.ok() && (*reader)->totals()->purchases == 5;
  };
  CHECK(eventually(seen));
  daemon.ask_to_end();
  CHECK(daemon.wait(std::chrono::seconds(20)) == 0);
}

TEST_CASE("the daemon says that a till without a head office has nothing to do") {
  Till till;
  till.book.reset();
  keepsake::test::TemporaryFolder folder;
  keepsake::test::Process daemon(daemon_of(till), folder.path() / "out");
  CHECK(daemon.wait(std::chrono::seconds(20)) == 1);
  CHECK(daemon.output().find("not enrolled") != std::string::npos);
}

}  // namespace keepsake::sync::test

#include "storage/services/active_programme.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace std::chrono_literals;

namespace {

Programme version(std::int32_t number) {
  Programme programme = test::programme(number);
  programme.source =
      "name = \"Fjord Club\"\ncurrency = \"NOK\"\n[earn]\npoints = " + std::to_string(number) +
      "\nfor_each = \"10.00\"\n";
  return programme;
}

}  // namespace

TEST_CASE("whoever asks has the newest programme, and each that replaces another is told once") {
  test::Shop shop;
  shop.record(version(1));
  std::vector<std::int32_t> told;
  CurrentProgramme current(*shop.book, [&](const CurrentProgramme::Shared& programme) {
    told.push_back(programme->programme.version);
  });
  const auto reader = shop.reader();
  const auto first = current.get(*reader);
  REQUIRE(first.ok());
  CHECK((*first)->programme.version == 1);
  CHECK(*current.get(*reader) == *first);  // its text was read once
  CHECK(told.empty());                     // it replaces none
  shop.record(version(2));
  CHECK((*current.get(*reader))->programme.version == 2);
  CHECK((*current.get(*reader))->programme.version == 2);
  CHECK((*first)->programme.version == 1);  // whoever holds it goes on by it
  CHECK(told == std::vector<std::int32_t>{2});
}

TEST_CASE("what is told last is the newest, whoever heard of it first") {
  test::Shop shop;
  shop.record(version(1));
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::int32_t> told;
  bool telling = false;
  CurrentProgramme current(*shop.book, [&](const CurrentProgramme::Shared& programme) {
    std::unique_lock lock(mutex);
    telling = true;
    changed.notify_all();
    // The second has all the time to be overtaken by the third.
    if (programme->programme.version == 2)
      changed.wait_for(lock, 200ms, [&] { return !told.empty(); });
    told.push_back(programme->programme.version);
    changed.notify_all();
  });
  const auto mine = shop.reader();
  const auto other = shop.reader();
  REQUIRE(current.get(*mine).ok());
  shop.record(version(2));
  std::thread slow([&] { (void)current.get(*other); });
  {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, 20s, [&] { return telling; }));
  }
  shop.record(version(3));
  CHECK((*current.get(*mine))->programme.version == 3);
  slow.join();
  CHECK(told == std::vector<std::int32_t>{2, 3});
}

TEST_CASE("a programme that cannot be read is an error, and the next question tries again") {
  test::Shop shop;
  shop.record(version(1));
  CurrentProgramme current(*shop.book);
  const auto reader = shop.reader();
  REQUIRE(current.get(*reader).ok());
  Programme broken = version(2);
  broken.source = "name = ";
  shop.record(broken);
  CHECK_FALSE(current.get(*reader).ok());
  CHECK_FALSE(current.get(*reader).ok());
  shop.record(version(3));
  CHECK((*current.get(*reader))->programme.version == 3);
}

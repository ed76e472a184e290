// What other processes see: kill -9, a second writer, readers beside the writer.
#include <atomic>
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <random>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// The child: sells until it is killed and tells each id after record() has returned.
[[noreturn]] void sell_until_killed(const std::filesystem::path& data, int pipe_end) {
  FakeClock clock;
  auto book = Book::open(data, clock);
  if (!book) _exit(2);
  clock.set((*(*book)->reader())->head()->time.instant());
  for (int n = 0;; ++n) {
    clock.advance(std::chrono::milliseconds(1));
    const auto id = (*book)->record(purchase(clock, {line("1001", 1 + n % 5, 9900)}));
    if (!id) _exit(3);
    const std::string words = to_hex(*id) + "\n";
    if (::write(pipe_end, words.data(), words.size()) < 0) _exit(4);
  }
}

struct Child {
  pid_t pid = -1;
  int from = -1;
};

template <class F>
Child start(F&& work) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) work(ends[1]);
  ::close(ends[1]);
  return {pid, ends[0]};
}

/// What it printed, whole lines only.
std::vector<std::string> finish(const Child& child) {
  std::string all;
  char buffer[4096];
  for (ssize_t size = 0; (size = ::read(child.from, buffer, sizeof buffer)) > 0;)
    all.append(buffer, static_cast<std::size_t>(size));
  ::close(child.from);
  ::waitpid(child.pid, nullptr, 0);
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = all.find('\n')) != std::string::npos; all.erase(0, end + 1))
    lines.push_back(all.substr(0, end));
  return lines;
}

}  // namespace

TEST_CASE("kill -9 at any moment keeps every purchase that was shown as done") {
  Shop shop;
  const auto data = shop.data();
  shop.book.reset();
  std::mt19937 random(20261121);
  std::set<std::string> shown;
  // On a busy machine nothing may have been sold so early: then it is let live longer.
  for (int round = 0; round < 25 || (shown.empty() && round < 100); ++round) {
    const Child child = start([&](int end) { sell_until_killed(data, end); });
    const std::chrono::microseconds patience(round < 25 ? 0 : 300'000);
    std::this_thread::sleep_for(patience + std::chrono::microseconds(5'000 + random() % 60'000));
    ::kill(child.pid, SIGKILL);
    for (auto& id : finish(child)) shown.insert(std::move(id));
  }
  auto reader = open_reader(data);
  REQUIRE_MESSAGE(reader.ok(), why(reader));
  for (const std::string& id : shown) {
    const auto found = (*reader)->purchase(*parse_fact_id(id));
    REQUIRE_MESSAGE(found.ok(), why(found));
    CHECK_MESSAGE(found->has_value(), id);
  }
  const Totals totals = *(*reader)->totals();
  MESSAGE("shown: ", shown.size(), " kept: ", totals.purchases);
  CHECK(shown.size() > 0);
  CHECK(totals.purchases >= static_cast<std::int64_t>(shown.size()));
  CHECK(findings_of(data) == "");
}

TEST_CASE("a second writing process is told who holds the folder") {
  Shop shop;
  const Child child = start([&](int end) {
    FakeClock clock;
    const auto book = Book::open(shop.data(), clock);
    const std::string words =
        book.ok() ? "opened\n" : book.error().code + " " + book.error().where + "\n";
    _exit(::write(end, words.data(), words.size()) > 0 ? 0 : 1);
  });
  const auto lines = finish(child);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with("book.locked "));
  CHECK(lines[0].find("process " + std::to_string(::getpid())) != std::string::npos);
  shop.book.reset();
  CHECK(Book::open(shop.data(), shop.clock).ok());
}

TEST_CASE("another process reads while this one sells") {
  Shop shop;
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const Child child = start([&](int end) {
    const auto reader = open_reader(shop.data());
    const auto totals = reader.ok() ? (*reader)->totals() : Result<Totals>(reader.error());
    const std::string words =
        totals.ok() ? std::to_string(totals->purchases) + "\n" : to_line(totals.error()) + "\n";
    _exit(::write(end, words.data(), words.size()) > 0 ? 0 : 1);
  });
  const auto lines = finish(child);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == "1");
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  CHECK(shop.reader()->totals()->purchases == 2);
}

TEST_CASE("readers in other threads see whole purchases while the till goes on") {
  Shop shop;
  std::atomic<bool> stop = false;
  std::atomic<int> looks = 0;
  std::atomic<int> halves = 0;
  std::vector<std::thread> readers;
  for (int n = 0; n < 2; ++n)
    readers.emplace_back([&] {
      auto reader = shop.book->reader();
      std::int64_t before = 0;
      while (reader.ok() && !stop) {
        const auto totals = (*reader)->totals();
        // Every purchase is 99.00: a sum that is no multiple of it would be half a purchase.
        if (!totals || totals->purchase_minor != totals->purchases * 9900 ||
            totals->facts != totals->purchases || totals->purchases < before)
          ++halves;
        if (totals) before = totals->purchases;
        ++looks;
      }
    });
  for (int n = 0; n < 150; ++n) {
    shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
    if (n % 40 == 0) CHECK(shop.book->checkpoint().ok());
  }
  stop = true;
  for (std::thread& each : readers) each.join();
  CHECK(looks > 0);
  CHECK(halves == 0);
  CHECK(findings_of(shop.data()) == "");
}

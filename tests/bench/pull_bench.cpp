// How soon a sale at one till is at the next, and how long a sale's commit takes while the log is
// emptied, while a day goes up and while one of another till comes down. The bare limits of the same run:
// a push by itself, and the commit on a quiet till.

#include <atomic>
#include <thread>

#include "storage/book/reader.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/bench/store.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int sales = 200;
constexpr int day_of_sales = 20'000;

std::int64_t purchases(Till& till) { return must(must(till.book->reader())->totals()).purchases; }

std::vector<double> pushed_alone(Till& from) {
  std::vector<double> took;
  for (int n = 0; n < sales; ++n) {
    from.sell();
    const auto began = SteadyClock::now();
    must(sync::sync_once(*from.book, *from.clock));
    took.push_back(ms_since(began));
  }
  std::ranges::sort(took);
  return took;
}

std::vector<double> seen_at(Till& from, Till& to) {
  const auto sender = sync::Agent::start(
      *from.book, *from.clock, [] {}, [] {});
  const auto receiver = sync::Agent::start(
      *to.book, *to.clock, [] {}, [] {});
  std::vector<double> took;
  for (int n = -5; n < sales; ++n) {  // the first ones connect
    const std::int64_t before = purchases(to);
    const auto began = SteadyClock::now();
    from.sell();
    sender->nudge();
    while (purchases(to) == before) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (ms_since(began) < 30'000) continue;
      std::fprintf(stderr, "pull_bench: a sale did not arrive\n");
      std::exit(1);
    }
    if (n >= 0) took.push_back(ms_since(began));
  }
  std::ranges::sort(took);
  return took;
}

std::vector<double> committed(Till& till, const std::function<bool(int)>& more) {
  std::vector<double> took;
  for (int n = 0; more(n); ++n) {
    const auto began = SteadyClock::now();
    till.sell();
    took.push_back(ms_since(began));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  std::ranges::sort(took);
  return took;
}

void compare(const char* name, const std::vector<double>& busy, const std::vector<double>& quiet) {
  print(name, busy);
  std::printf("%-28s %.2f at p50, %.2f at p99 (wanted: at most 3)\n", "  ratio",
              at(busy, 0.5) / at(quiet, 0.5), at(busy, 0.99) / at(quiet, 0.99));
}

void sell_a_day(Till& till) {
  for (int n = 0; n < day_of_sales; n += 1000) {
    std::vector<Fact> some;
    for (int k = 0; k < 1000; ++k) some.emplace_back(till.sale());
    must(till.book->record_all(some));
  }
}

/// Commits of `second` while nothing else goes on, while its log is emptied again and again, while a day
/// of its own goes up, and while one of `first` comes in.
void commits_meanwhile(Till& first, Till& second) {
  const auto quiet = committed(second, [](int n) { return n < 2000; });
  std::atomic<bool> done = false;
  std::thread emptying([&] {
    while (!done) {
      must(second.book->checkpoint());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  const auto emptied = committed(second, [](int n) { return n < 2000; });
  done = true;
  emptying.join();

  sell_a_day(second);
  const auto sending = SteadyClock::now();
  auto agent = sync::Agent::start(
      *second.book, *second.clock, [] {}, [] {});
  const auto pushing =
      committed(second, [&](int n) { return n < 20 || agent->state().waiting > 100; });
  const double sent = ms_since(sending);
  agent.reset();
  must(sync::sync_once(*second.book, *second.clock));

  sell_a_day(first);
  must(sync::sync_once(*first.book, *first.clock));
  const std::int64_t all = purchases(second) + day_of_sales;
  const auto began = SteadyClock::now();
  agent = sync::Agent::start(
      *second.book, *second.clock, [] {}, [] {});
  std::int64_t own = 0;
  const auto pulling = committed(second, [&](int) {
    ++own;
    return purchases(second) < all + own - 1;
  });
  const double took = ms_since(began);
  std::printf(
      "commits of a till; a day is %d sales, pushed in %.1f s, of another pulled in %.1f s\n",
      day_of_sales, sent / 1000, took / 1000);
  print("quiet", quiet);
  compare("while its log is emptied", emptied, quiet);
  compare("while it pushes a day", pushing, quiet);
  compare("while it pulls a day", pulling, quiet);
}

}  // namespace

int main() {
  HeadOffice office;
  Till first(office, "first"), second(office, "second");
  const auto alone = pushed_alone(first);
  must(sync::sync_once(*second.book, *second.clock));
  const auto seen = seen_at(first, second);
  std::printf("a sale of one till at the next, %d times\n", sales);
  print("pushed alone", alone);
  print("at the next till", seen);
  std::printf("%-28s %.2f at p50, %.2f at p99 (wanted: at most 2000 ms)\n\n", "ratio",
              at(seen, 0.5) / at(alone, 0.5), at(seen, 0.99) / at(alone, 0.99));

  commits_meanwhile(first, second);
  return 0;
}

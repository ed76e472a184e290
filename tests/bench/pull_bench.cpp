// How soon a sale at one till is at the next, and how long a sale's commit takes while the log is
// emptied, while a day goes up and while one of another till comes down. The bare limits of the same run:
// a push by itself, the commit on a quiet till, and, in turns with the sales, the same rows written by
// SQLite alone into a database that nobody else writes, on the same disk: how much slower that gets is
// what disk and processors cost, head office among it, which is in this process.

#include <atomic>
#include <thread>

#include "storage/book/reader.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/bench/bare_rows.hpp"
#include "tests/bench/store.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int sales = 200;
constexpr int day_of_sales = 20'000;
/// Fewer than are worth a snapshot.
constexpr int pulled_sales = 4000;
constexpr int rounds = 5;

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

/// Milliseconds, sorted.
struct Commits {
  std::vector<double> ours, bare;
};

/// A sale's rows, and a database that only they go to.
class BareSales {
 public:
  BareSales(Till& till, const std::filesystem::path& folder) {
    const auto book = till.book->folder() / "keepsake.db";
    copy_database(book, folder / "before.db");
    till.sell();
    copy_database(book, folder / "after.db");
    rows_.emplace(folder / "before.db", folder / "after.db");
    copy_database(book, folder / "bare.db");
    writer_.emplace(folder / "bare.db");
  }
  double sell() { return writer_->write(*rows_); }

 private:
  std::optional<NewRows> rows_;
  std::optional<BareWriter> writer_;
};

Commits committed(Till& till, BareSales& bare, const std::function<bool(int)>& more) {
  constexpr std::chrono::milliseconds between(2);
  Commits took;
  for (int n = 0; more(n); ++n) {
    const auto began = SteadyClock::now();
    till.sell();
    took.ours.push_back(ms_since(began));
    std::this_thread::sleep_for(between);
    took.bare.push_back(bare.sell());
    std::this_thread::sleep_for(between);
  }
  std::ranges::sort(took.ours);
  std::ranges::sort(took.bare);
  return took;
}

double ratio(const std::vector<double>& busy, const std::vector<double>& quiet, double part) {
  return at(busy, part) / at(quiet, part);
}

void compare(const char* name, const Commits& busy, const Commits& quiet) {
  std::printf("%s, %zu sales\n", name, busy.ours.size());
  print("  a sale", busy.ours);
  print("  its rows bare", busy.bare);
  std::printf("%-28s %.2f at p50, %.2f at p99 (wanted: at most 3); bare %.2f and %.2f\n",
              "  ratio to quiet", ratio(busy.ours, quiet.ours, 0.5),
              ratio(busy.ours, quiet.ours, 0.99), ratio(busy.bare, quiet.bare, 0.5),
              ratio(busy.bare, quiet.bare, 0.99));
}

void sell_many(Till& till, int many) {
  for (int n = 0; n < many; n += 1000) {
    std::vector<Fact> some;
    for (int k = 0; k < 1000; ++k) some.emplace_back(till.sale());
    must(till.book->record_all(some));
  }
}

void append(Commits& to, const Commits& more) {
  to.ours.insert(to.ours.end(), more.ours.begin(), more.ours.end());
  to.bare.insert(to.bare.end(), more.bare.begin(), more.bare.end());
}

std::unique_ptr<sync::Agent> line_of(Till& till) {
  return sync::Agent::start(
      *till.book, *till.clock, [] {}, [] {});
}

Commits while_emptied(Till& till, BareSales& bare) {
  std::atomic<bool> done = false;
  std::thread emptying([&] {
    while (!done) {
      must(till.book->checkpoint());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  const auto commits = committed(till, bare, [](int n) { return n < 2000; });
  done = true;
  emptying.join();
  return commits;
}

/// So many sales go up, again and again. Milliseconds that it took are added to `ms`.
Commits while_pushed(Till& till, BareSales& bare, double& ms) {
  Commits all;
  for (int round = 0; round < rounds; ++round) {
    must(sync::sync_once(*till.book, *till.clock));
    sell_many(till, day_of_sales);
    const auto began = SteadyClock::now();
    const auto agent = line_of(till);
    append(all,
           committed(till, bare, [&](int n) { return n < 20 || agent->state().waiting > 100; }));
    ms += ms_since(began);
  }
  must(sync::sync_once(*till.book, *till.clock));
  return all;
}

/// So many sales of `other` come in, again and again.
Commits while_pulled(Till& other, Till& till, BareSales& bare, int many, double& ms) {
  Commits all;
  for (int round = 0; round < rounds; ++round) {
    must(sync::sync_once(*till.book, *till.clock));
    sell_many(other, many);
    must(sync::sync_once(*other.book, *other.clock));
    const std::int64_t wanted = purchases(till) + many;
    const auto began = SteadyClock::now();
    const auto agent = line_of(till);
    append(all, committed(till, bare, [&](int n) { return purchases(till) < wanted + n; }));
    ms += ms_since(began);
  }
  return all;
}

void commits_meanwhile(Till& first, Till& second, const std::filesystem::path& folder) {
  BareSales bare(second, folder);
  const auto sorted = [](Commits all) {
    std::ranges::sort(all.ours);
    std::ranges::sort(all.bare);
    return all;
  };
  const auto quiet = committed(second, bare, [](int n) { return n < 2000; });
  const auto emptied = while_emptied(second, bare);
  double pushed_ms = 0, pulled_ms = 0, snapshot_ms = 0;
  const auto pushing = sorted(while_pushed(second, bare, pushed_ms));
  const auto pulling = sorted(while_pulled(first, second, bare, pulled_sales, pulled_ms));
  const auto whole = sorted(while_pulled(first, second, bare, day_of_sales, snapshot_ms));
  std::printf(
      "commits of a till; %d times %d of its sales go up (%.1f s), %d sales of another come in as "
      "a feed"
      " (%.1f s), and %d as a snapshot (%.1f s)\n",
      rounds, day_of_sales, pushed_ms / 1000, pulled_sales, pulled_ms / 1000, day_of_sales,
      snapshot_ms / 1000);
  std::printf("quiet, %zu sales\n", quiet.ours.size());
  print("  a sale", quiet.ours);
  print("  its rows bare", quiet.bare);
  compare("while its log is emptied", emptied, quiet);
  compare("while it pushes a day", pushing, quiet);
  compare("while it pulls a feed", pulling, quiet);
  compare("while a snapshot comes in", whole, quiet);
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

  commits_meanwhile(first, second, office.folder.path);
  return 0;
}

// A new till of a store with 100,000 customers: how long from its enrolment until it has all of them,
// how long a sale at it waits at most meanwhile, and what the till's own work comes to beside a bare
// copy of the same rows into a new database in the same run.

#include <atomic>
#include <ranges>
#include <thread>

#include "storage/book/reader.hpp"
#include "storage/domain/feed_base.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/records/schema.hpp"
#include "sync/agent/puller.hpp"
#include "tests/bench/store.hpp"
#include "tests/bench/trade.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

std::int64_t customers_of(Till& till) {
  return must(must(till.book->reader())->totals()).customers;
}

struct Begun {
  double all_ms = 0;        ///< until everybody is here
  double waited_ms = 0;     ///< for head office to make it
  double fetched_ms = 0;    ///< for parts
  double taken_ms = 0;      ///< to check, make ready and take in
  double processor_ms = 0;  ///< of this till, for parts and taking them in
};

Begun begin_with_snapshot(Till& till) {
  auto puller = must(sync::Puller::open(*till.book, *till.clock));
  Begun begun;
  const auto began = SteadyClock::now();
  for (;;) {
    const auto step = SteadyClock::now();
    const double processor = processor_ms();
    const auto pulled = must(puller->pull(std::chrono::seconds(0)));
    const double took = ms_since(step);
    if (pulled.again.count() > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      begun.waited_ms += ms_since(step);
    } else if (pulled.arriving) {
      begun.fetched_ms += took;
      begun.processor_ms += processor_ms() - processor;
    } else if (pulled.news) {
      begun.taken_ms += took;
      begun.processor_ms += processor_ms() - processor;
    }
    if (pulled.has_all) break;
  }
  begun.all_ms = ms_since(began);
  return begun;
}

/// The same rows from the file that the till keeps, into new tables, by SQLite alone: page by page, as
/// it copies where it need not look for what they name.
struct Copied {
  double ms = 0, processor_ms = 0;
};

Copied copied_bare(const std::filesystem::path& folder, const std::filesystem::path& into) {
  std::filesystem::path rows;
  for (const auto& each : std::filesystem::directory_iterator(folder))
    if (each.path().filename().string().starts_with("base-") && each.path().extension() == ".db")
      rows = each.path();
  auto database = must(sqlite::open(into));
  must(records::migrate(*database));
  database->execute("PRAGMA foreign_keys = OFF; ATTACH '" + rows.string() + "' AS bare");
  const double processor = processor_ms();
  const auto began = SteadyClock::now();
  {
    Transaction all(*database);
    for (const std::string& table : records::tables_of_facts())
      database->execute("INSERT INTO main." + table + " SELECT * FROM bare." + table);
    all.commit();
  }
  return {ms_since(began), processor_ms() - processor};
}

/// A till that sells every few milliseconds from its enrolment until it has everybody.
struct Beginning {
  Begun begun;
  double useful_ms = 0;
  Copied bare;
  std::vector<double> sales;
};

Beginning begin(HeadOffice& office, const std::string& name, std::size_t size) {
  Beginning all;
  const auto enrolled = SteadyClock::now();
  Till till(office, name);
  std::atomic<bool> done = false;
  std::thread selling([&] {
    while (!done) {
      const auto began = SteadyClock::now();
      till.sell();
      all.sales.push_back(ms_since(began));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  all.begun = begin_with_snapshot(till);
  all.useful_ms = ms_since(enrolled);
  done = true;
  selling.join();
  std::ranges::sort(all.sales);
  all.bare = copied_bare(office.folder.path / name, office.folder.path / (name + "-bare.db"));
  if (customers_of(till) == static_cast<std::int64_t>(size)) return all;
  std::fprintf(stderr, "snapshot_bench: customers are missing\n");
  std::exit(1);
}

double best(const std::vector<Beginning>& all, double (*of)(const Beginning&)) {
  return std::ranges::min(all | std::views::transform(of));
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t size = argc > 1 ? std::stoul(argv[1]) : 100'000;
  const int tills = argc > 2 ? std::atoi(argv[2]) : 5;
  HeadOffice office;
  Till first(office, "first");
  const auto began = SteadyClock::now();
  enrol_people(first, size);
  while (must(sync::sync_once(*first.book, *first.clock)).waiting > 0) {
  }
  std::printf("a store with %zu customers, filled in %.0f s; %d new tills one after the other\n",
              size, ms_since(began) / 1000, tills);
  std::fflush(stdout);

  std::vector<Beginning> all;
  for (int n = 0; n < tills; ++n) all.push_back(begin(office, "till-" + std::to_string(n), size));
  const double fetched = best(all, [](const Beginning& each) { return each.begun.fetched_ms; });
  const double taken = best(all, [](const Beginning& each) { return each.begun.taken_ms; });
  const double bare = best(all, [](const Beginning& each) { return each.bare.ms; });
  std::printf("%-28s %.1f s for the first (wanted: at most 60), %.1f s at best\n",
              "from enrolment to useful", all.front().useful_ms / 1000,
              best(all, [](const Beginning& each) { return each.useful_ms; }) / 1000);
  std::printf("%-28s %.0f ms, once\n", "head office makes it", all.front().begun.waited_ms);
  std::printf("%-28s %.0f ms at best\n", "parts fetched", fetched);
  std::printf("%-28s %.0f ms at best\n", "made ready and taken in", taken);
  std::printf("%-28s %.0f ms at best\n", "bare copy of the rows", bare);
  std::printf("%-28s %.2f fetched and taken in, %.2f taken in (wanted: at most 1.5)\n", "ratio",
              (fetched + taken) / bare, taken / bare);
  const double ours = best(all, [](const Beginning& each) { return each.begun.processor_ms; });
  const double theirs = best(all, [](const Beginning& each) { return each.bare.processor_ms; });
  std::printf("%-28s %.2f (%.0f ms of %.0f ms)\n", "  of processor time", ours / theirs, ours,
              theirs);
  print("a sale meanwhile", all.front().sales);
  return 0;
}

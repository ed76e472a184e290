// A new till of a store with 100,000 customers: how long from its enrolment until it has all of them,
// how long a sale at it waits at most meanwhile, and what the till's own work comes to beside a bare
// copy of the same rows into a new database in the same run.

#include <atomic>
#include <thread>

#include "storage/book/reader.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/feed_base.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/puller.hpp"
#include "tests/bench/people.hpp"
#include "tests/bench/store.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr std::size_t people_at_once = 1000;

void enrol_people(Till& till, std::size_t size) {
  People people(7);
  for (std::size_t n = 0; n < size;) {
    std::vector<Fact> facts;
    for (const CustomerRef& ref : must(till.book->vault().new_customers(people_at_once))) {
      const Person person = people.next(n++);
      Profile profile;
      profile.name = person.name;
      profile.phone = person.phone;
      profile.email = person.email;
      profile.card = person.card;
      CustomerEnrolment enrolment;
      enrolment.customer = ref;
      enrolment.sealed_profile = must(till.book->vault().seal_profile(ref, profile));
      enrolment.language = "nb";
      enrolment.at = till.clock->local_now();
      facts.emplace_back(std::move(enrolment));
    }
    must(till.book->record_all(facts));
  }
}

std::int64_t customers_of(Till& till) {
  return must(must(till.book->reader())->totals()).customers;
}

struct Begun {
  double all_ms = 0;      ///< until everybody is here
  double waited_ms = 0;   ///< for head office to make it
  double fetched_ms = 0;  ///< for parts
  double taken_ms = 0;    ///< to check, make ready and take in
};

Begun begin_with_snapshot(Till& till) {
  auto puller = must(sync::Puller::open(*till.book, *till.clock));
  Begun begun;
  const auto began = SteadyClock::now();
  for (;;) {
    const auto step = SteadyClock::now();
    const auto pulled = must(puller->pull(std::chrono::seconds(0)));
    const double took = ms_since(step);
    if (pulled.again.count() > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      begun.waited_ms += ms_since(step);
    } else if (pulled.arriving) {
      begun.fetched_ms += took;
    } else if (pulled.news) {
      begun.taken_ms += took;
    }
    if (pulled.has_all) break;
  }
  begun.all_ms = ms_since(began);
  return begun;
}

/// The same rows from the file that the till keeps, into new tables, as its connections copy.
double copied_bare(const std::filesystem::path& folder, const std::filesystem::path& into) {
  std::filesystem::path rows;
  for (const auto& each : std::filesystem::directory_iterator(folder))
    if (each.path().filename().string().starts_with("base-") && each.path().extension() == ".db")
      rows = each.path();
  auto database = must(sqlite::open(into));
  must(records::migrate(*database));
  const auto began = SteadyClock::now();
  database->execute("ATTACH '" + rows.string() + "' AS bare");
  {
    Transaction all(*database);
    for (const std::string& table : records::tables_of_facts())
      database->execute("INSERT INTO main." + table + " SELECT * FROM bare." + table);
    all.commit();
  }
  return ms_since(began);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t size = argc > 1 ? std::stoul(argv[1]) : 100'000;
  HeadOffice office;
  Till first(office, "first");
  enrol_people(first, size);
  must(sync::sync_once(*first.book, *first.clock));
  while (must(sync::sync_once(*first.book, *first.clock)).waiting > 0) {
  }

  const auto enrolled = SteadyClock::now();
  Till second(office, "second");
  std::atomic<bool> done = false;
  std::vector<double> sales;
  std::thread selling([&] {
    while (!done) {
      const auto began = SteadyClock::now();
      second.sell();
      sales.push_back(ms_since(began));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  const Begun begun = begin_with_snapshot(second);
  const double useful = ms_since(enrolled);
  done = true;
  selling.join();
  std::ranges::sort(sales);
  const double bare = copied_bare(office.folder.path / "second", office.folder.path / "bare.db");
  if (customers_of(second) != static_cast<std::int64_t>(size)) return 1;

  std::printf("a new till of a store with %zu customers\n", size);
  std::printf("%-28s %.1f s (wanted: at most 60)\n", "from enrolment to useful", useful / 1000);
  std::printf("%-28s %.0f ms\n", "head office makes it", begun.waited_ms);
  std::printf("%-28s %.0f ms\n", "parts fetched", begun.fetched_ms);
  std::printf("%-28s %.0f ms\n", "made ready and taken in", begun.taken_ms);
  std::printf("%-28s %.0f ms\n", "bare copy of the rows", bare);
  std::printf("%-28s %.2f fetched and taken in, %.2f taken in (wanted: at most 1.5)\n", "ratio",
              (begun.fetched_ms + begun.taken_ms) / bare, begun.taken_ms / bare);
  print("a sale meanwhile", sales);
  return 0;
}

// A till whose line of 1 Mbit/s comes back after three days: until everything of its own is
// acknowledged and everything of its store's other tills is in its records, beside the time that the
// line itself needs for the bytes that crossed it.

#include <thread>

#include "storage/book/reader.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/bench/slow_line.hpp"
#include "tests/bench/store.hpp"
#include "tests/bench/trade.hpp"

using namespace keepsake;
using namespace keepsake::bench;

namespace {

constexpr int members = 500;
constexpr int other_tills = 3;
constexpr double bits_a_second = 1'000'000;

std::int64_t purchases(Till& till) { return must(must(till.book->reader())->totals()).purchases; }

void send_all(Till& till) {
  if (must(sync::sync_once(*till.book, *till.clock)).waiting == 0) return;
  std::fprintf(stderr, "catch_up_bench: a till could not send\n");
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  const int a_day = argc > 1 ? std::atoi(argv[1]) : 300;
  const int sales = 3 * a_day;
  HeadOffice office(std::chrono::hours(24) * 40);
  SlowLine line(office.server->port(), bits_a_second);
  Till away(office, "away", line.port());
  Till others(office, "others");
  must(others.book->record(Trade::programme()));
  const auto people = enrol_people(others, members);
  send_all(others);
  send_all(away);
  Trade own(3, people), theirs(4, people);
  own.sell(away, sales);
  theirs.sell(others, sales * other_tills);
  send_all(others);

  const std::int64_t all = sales * (1 + other_tills);
  const std::int64_t up = line.bytes_up(), down = line.bytes_down();
  const auto began = SteadyClock::now();
  const auto agent = sync::Agent::start(
      *away.book, *away.clock, [] {}, [] {});
  while (agent->state().waiting != 0 || agent->state().acknowledged == 0 || purchases(away) < all) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (ms_since(began) < 600'000) continue;
    std::fprintf(stderr, "catch_up_bench: it does not catch up\n");
    return 1;
  }
  const double took = ms_since(began);
  const auto sent = static_cast<double>(line.bytes_up() - up);
  const auto got = static_cast<double>(line.bytes_down() - down);
  const double link = std::max(sent, got) * 8 / bits_a_second * 1000;
  std::printf("three days without a line: %d own sales, %d of %d other tills, 1 Mbit/s\n", sales,
              sales * other_tills, other_tills);
  std::printf("%-28s %.0f ms\n", "until everything is known", took);
  std::printf("%-28s %.0f ms, for %.0f KB up and %.0f KB down\n", "the line alone", link,
              sent / 1000, got / 1000);
  std::printf("%-28s %.2f (wanted: at most 1.5)\n", "ratio", took / link);
  return 0;
}

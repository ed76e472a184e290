// Many worlds, one seed each. KEEPSAKE_SIM_SEED=n runs that one world; KEEPSAKE_SIM_SEEDS=n that
// many.

#include <cstdlib>
#include <doctest/doctest.h>

#include "tests/sim/simulator.hpp"

namespace keepsake::sim {

namespace {

using namespace std::chrono_literals;

struct Tally {
  std::uint64_t sends = 0, deaths = 0, repeats = 0;
};

Tally run_worlds(std::uint64_t count, std::size_t terminals, const Faults& faults) {
  std::uint64_t first = 1;
  if (const char* one = std::getenv("KEEPSAKE_SIM_SEED")) {
    first = std::strtoull(one, nullptr, 10);
    count = 1;
  } else if (const char* many = std::getenv("KEEPSAKE_SIM_SEEDS")) {
    count = std::strtoull(many, nullptr, 10);
  }
  Tally tally;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Simulator simulator(seed, terminals, faults);
    const std::string wrong = simulator.run(8h, 24h);
    INFO("replay with KEEPSAKE_SIM_SEED=" << seed);
    CHECK(wrong == "");
    tally.sends += simulator.sends();
    tally.deaths += simulator.deaths();
    tally.repeats += simulator.repeats();
  }
  return tally;
}

}  // namespace

TEST_CASE("terminals and centre converge when faults stop and each fact counts once") {
  const Tally tally = run_worlds(250, 4, Faults{});
  MESSAGE(tally.sends << " batches, " << tally.deaths << " deaths, " << tally.repeats
                      << " facts sent again");
  CHECK(tally.deaths > 0);  // the faults are real
  CHECK(tally.repeats > 0);
}

TEST_CASE("they converge when nearly everything is lost") {
  Faults storm;
  storm.request_lost = 450;
  storm.answer_lost = 450;
  storm.doubled = 400;
  storm.terminal_dies = 150;
  storm.centre_dies = 150;
  run_worlds(60, 3, storm);
}

TEST_CASE("they converge when the centre is restored from an older copy") {
  Faults faults;
  faults.centre_restored = 10;
  run_worlds(60, 3, faults);
}

TEST_CASE("without faults nothing is sent twice") {
  Simulator simulator(1, 5, Faults::none());
  CHECK(simulator.run(8h, 1h) == "");
  CHECK(simulator.repeats() == 0);
}

}  // namespace keepsake::sim

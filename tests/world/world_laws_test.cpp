// Whole chains by chance, one seed each. KEEPSAKE_WORLD_SEED=n lives that one world, and with
// KEEPSAKE_WORLD_SHORTEN=1 tells the fewest steps by which it goes wrong;
// KEEPSAKE_WORLD_MINUTES=n goes on from other seeds for so long (`tests/run --simulate`).

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <iostream>
#include <optional>
#include <random>

#include "tests/world/world.hpp"

namespace keepsake::world {

namespace {

constexpr std::size_t steps_of_a_world = 400;
constexpr std::uint64_t worlds = 24;  ///< about a minute

/// Every other world is without what excuses something.
std::vector<Step> plan_of(std::uint64_t seed) {
  return plan(seed, tills_of_a_world, steps_of_a_world,
              seed % 2 == 0 ? Accidents::all : Accidents::excusable_left_out);
}

struct Tally {
  std::size_t worlds = 0, facts = 0, cuts = 0, enrolments = 0, codes = 0, shortfalls = 0, left = 0,
              back = 0;
  void add(const Outcome& outcome) {
    ++worlds;
    facts += outcome.counts.facts;
    cuts += outcome.cuts;
    enrolments += outcome.enrolments;
    codes += outcome.counts.codes;
    shortfalls += outcome.counts.shortfalls;
    left += outcome.counts.left;
    back += outcome.counts.back;
  }
};

std::optional<std::uint64_t> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  return text ? std::optional(std::strtoull(text, nullptr, 10)) : std::nullopt;
}

/// With as few steps as go wrong still, found by leaving out ever smaller parts; a few minutes.
std::vector<Step> shortened(std::vector<Step> steps) {
  for (std::size_t part = steps.size() / 2; part > 0; part /= 2)
    for (std::size_t at = 0; at < steps.size();) {
      std::vector<Step> fewer = steps;
      const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(at);
      fewer.erase(first, first + static_cast<std::ptrdiff_t>(std::min(part, fewer.size() - at)));
      World world;
      if (world.live(fewer).wrong.empty())
        at += part;
      else
        steps = std::move(fewer);
    }
  return steps;
}

bool live(std::uint64_t seed, Tally& tally) {
  World world;
  const Outcome outcome = world.live(plan_of(seed));
  tally.add(outcome);
  INFO("replay with KEEPSAKE_WORLD_SEED=" << seed);
  CHECK(outcome.wrong == "");
  if (!outcome.wrong.empty() && number_in("KEEPSAKE_WORLD_SHORTEN"))
    std::cout << to_text(shortened(plan_of(seed))) << std::endl;
  return outcome.wrong.empty();
}

/// From seeds that nobody chose, until the time is over or something is wrong.
void go_on(std::uint64_t minutes, Tally& tally) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(minutes);
  for (std::random_device any; std::chrono::steady_clock::now() < until;) {
    const std::uint64_t seed = any();
    std::cout << "KEEPSAKE_WORLD_SEED=" << seed << std::endl;
    if (!live(seed, tally)) return;
  }
}

}  // namespace

TEST_CASE("a chain of tills and a head office keeps its promises whatever happens to it") {
  Tally tally;
  if (const auto seed = number_in("KEEPSAKE_WORLD_SEED")) {
    live(*seed, tally);
  } else if (const auto minutes = number_in("KEEPSAKE_WORLD_MINUTES")) {
    go_on(*minutes, tally);
  } else {
    for (std::uint64_t each = 1; each <= worlds && live(each, tally);) ++each;
  }
  MESSAGE(tally.worlds << " worlds: " << tally.facts << " facts, " << tally.cuts << " power cuts, "
                       << tally.codes << " codes handed out, " << tally.enrolments
                       << " enrolled again, " << tally.shortfalls
                       << " shortfalls for people to settle, " << tally.left
                       << " times a customer left a store, " << tally.back
                       << " times one came back");
  CHECK(tally.facts > 100 * tally.worlds);  // something happens in them
  CHECK(tally.cuts > tally.worlds);
  CHECK(tally.left > tally.worlds);
  CHECK(tally.back > tally.worlds);
}

TEST_CASE("a seed gives the same world again") {
  const auto life = [] {
    World world;
    return world.live(plan_of(8));
  };
  const Outcome first = life(), second = life();
  CHECK(first.wrong == second.wrong);
  CHECK(first.counts == second.counts);
  CHECK(first.cuts == second.cuts);
}

}  // namespace keepsake::world

#include "sync/mirror/neighbourhood.hpp"

#include <doctest/doctest.h>

#include "sync/mirror/own_addresses.hpp"

namespace keepsake::sync::mirror {

namespace {

using std::chrono::seconds;

Neighbour till(std::uint32_t number, bool listens = true) {
  Neighbour one{{{number}, {1}}, number, {}};
  if (listens) one.addresses.push_back("10.0.0.1:8471");
  return one;
}

std::optional<std::uint32_t> taken(Neighbourhood& around, Instant now,
                                   std::optional<TerminalNumber> rather = std::nullopt) {
  const auto one = around.take(now, rather);
  return one ? std::optional(one->identity.terminal.value) : std::nullopt;
}

}  // namespace

TEST_CASE("copies go to the next tills around the store that listen, each to another") {
  Neighbourhood around({30});
  around.put({till(10), till(20), till(30), till(40, false), till(50)});
  CHECK(taken(around, {0}) == 50u);
  CHECK(taken(around, {0}) == 10u);
  CHECK(taken(around, {0}) == 20u);
  CHECK(taken(around, {0}) == std::nullopt);
  around.release({10});
  CHECK(taken(around, {0}) == 10u);
  around.release({20});
  around.release({50});
  CHECK(taken(around, {0}, TerminalNumber{20}) == 20u);
}

TEST_CASE("a till that fails is left alone for a while and another takes its place") {
  Neighbourhood around({1});
  around.put({till(2), till(3)});
  const Instant start{100'000};
  for (const std::uint64_t random : {0ull, 1'999ull, 123'456'789ull}) {
    CHECK(taken(around, start) == 2u);
    around.failed({2}, start, random);
    around.release({2});
    CHECK(taken(around, start) == 3u);
    around.release({3});
    CHECK(taken(around, start + Neighbourhood::left_alone_least - std::chrono::milliseconds(1)) ==
          3u);
    around.release({3});
    CHECK(taken(around, start + Neighbourhood::left_alone_most + seconds(1)) == 2u);
    around.release({2});
    around.went_well({2});
  }
  // However often it fails.
  for (int i = 0; i < 100; ++i) around.failed({2}, start, ~0ull);
  CHECK(taken(around, start + Neighbourhood::left_alone_most) == 2u);
}

TEST_CASE("a till that is not named any more is not taken") {
  Neighbourhood around({1});
  around.put({till(2)});
  CHECK(taken(around, {0}) == 2u);
  around.put({});
  around.release({2});
  CHECK(taken(around, {0}) == std::nullopt);
}

TEST_CASE("others are told addresses that they can reach") {
  CHECK(own_addresses({"192.168.1.21", 8471}) == std::vector<std::string>{"192.168.1.21:8471"});
  CHECK(own_addresses({"fd00::21", 8471}) == std::vector<std::string>{"[fd00::21]:8471"});
  for (const std::string any : {"0.0.0.0", "::"}) {
    const auto all = own_addresses({any, 8471});
    CHECK(all.size() <= addresses_most);
    for (const std::string& each : all) {
      const auto address = parse_address(each);
      REQUIRE(address.ok());
      CHECK(address->port == 8471);
      CHECK_FALSE(address->host.starts_with("127."));
      CHECK(address->host != "::1");
      CHECK(address->host != any);
    }
  }
}

}  // namespace keepsake::sync::mirror

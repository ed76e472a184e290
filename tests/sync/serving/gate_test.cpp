#include "sync/serving/gate.hpp"

#include <doctest/doctest.h>
#include <set>
#include <vector>

using namespace keepsake::sync;

namespace {

struct Crowd {
  std::shared_ptr<Gate> gate;
  std::set<std::size_t> closed;
  std::vector<std::unique_ptr<Gate::Ticket>> tickets;

  explicit Crowd(Gate::Limits limits) : gate(std::make_shared<Gate>(limits)) {}
  std::size_t enter(const std::string& address) {
    const std::size_t n = tickets.size();
    tickets.push_back(gate->enter(address));
    REQUIRE(tickets.back() != nullptr);
    tickets.back()->when_evicted([this, n] { closed.insert(n); });
    return n;
  }
};

}  // namespace

TEST_CASE("a new connection always gets in and the oldest stranger goes") {
  Crowd crowd({.strangers = 3, .strangers_per_address = 2, .per_terminal = 8});
  crowd.enter("a");
  crowd.enter("b");
  crowd.enter("b");
  CHECK(crowd.closed.empty());
  crowd.enter("b");  // too many of b: its own oldest, not a
  CHECK(crowd.closed == std::set<std::size_t>{1});
  crowd.enter("c");  // too many altogether
  CHECK(crowd.closed == std::set<std::size_t>{0, 1});
}

TEST_CASE("strangers never take a terminal's place") {
  Crowd crowd({.strangers = 4, .strangers_per_address = 2, .per_terminal = 2});
  const auto till = crowd.enter("shop");
  crowd.tickets[till]->is_terminal(7);
  for (int i = 0; i < 1000; ++i) crowd.enter(i % 3 == 0 ? "shop" : "x" + std::to_string(i));
  CHECK_FALSE(crowd.closed.contains(till));
  CHECK(crowd.closed.size() == 996);
}

TEST_CASE("a terminal that connects again and again loses its own oldest connection") {
  Crowd crowd({.strangers = 100, .strangers_per_address = 100, .per_terminal = 2});
  for (int i = 0; i < 3; ++i) crowd.tickets[crowd.enter("shop")]->is_terminal(7);
  crowd.tickets[crowd.enter("shop")]->is_terminal(8);
  CHECK(crowd.closed == std::set<std::size_t>{0});
}

TEST_CASE("who leaves makes room and is not counted") {
  Crowd crowd({.strangers = 2, .strangers_per_address = 2, .per_terminal = 2});
  crowd.enter("a");
  crowd.enter("b");
  CHECK(crowd.gate->inside() == 2);
  crowd.tickets[0].reset();
  CHECK(crowd.gate->inside() == 1);
  crowd.enter("c");
  CHECK(crowd.closed.empty());
  crowd.enter("d");
  CHECK(crowd.closed == std::set<std::size_t>{1});
  CHECK(crowd.gate->inside() == 3);  // until the evicted one has ended
  crowd.tickets.clear();
  CHECK(crowd.gate->inside() == 0);
}

TEST_CASE("a connection that is evicted before it can be told is closed when it can") {
  const auto gate = std::make_shared<Gate>(Gate::Limits{1, 1, 1});
  const auto first = gate->enter("a");
  const auto second = gate->enter("a");
  bool closed = false;
  first->when_evicted([&] { closed = true; });
  CHECK(closed);
  first->is_terminal(1);  // too late
  CHECK(gate->inside() == 2);
}

// The table of sync/wire/WIRE.md, row by row.

#include "sync/engine/engine.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"

namespace keepsake::sync::engine {

namespace {

using namespace std::chrono_literals;
constexpr Seq full = static_cast<Seq>(limits::batch_facts);
const Error no_line{Failure::unavailable, "link.down", "No line", {}, {}};

/// One engine on a bench: feeds inputs and remembers the last actions.
struct Bench {
  State state;
  Instant now{1'000'000};
  std::vector<Action> actions;

  explicit Bench(Seq head, Seq acked = 0, std::uint64_t seed = 7)
      : state(start(seed, head, acked)) {
    feed(Tick{});
  }

  void feed(const Input& input) {
    Step out = step(state, now, input);
    state = std::move(out.state);
    actions = std::move(out.actions);
  }
  template <class T>
  const T* only() const {
    return actions.size() == 1 ? std::get_if<T>(&actions[0]) : nullptr;
  }
  Range sent() const {
    const Send* send = only<Send>();
    REQUIRE(send);
    return send->range;
  }
  void answer(int status, std::string code = "", Seq expected = 0,
              std::optional<std::chrono::seconds> retry = std::nullopt) {
    feed(Refused{state.in_flight, status, std::move(code), expected, retry});
  }
  void accept() {
    const Seq last = state.in_flight.last;
    feed(Acked{state.in_flight, last});
    if (only<StoreAck>()) feed(Stored{});
  }
  void lose() { feed(Unreachable{state.in_flight, no_line}); }
  std::chrono::milliseconds waits() const {
    const Wait* wait = only<Wait>();
    REQUIRE(wait);
    return wait->until - now;
  }
  void pass_wait() {
    const Wait* wait = only<Wait>();
    REQUIRE(wait);
    now = wait->until;
    feed(Tick{});
  }
};

}  // namespace

TEST_CASE("what waits is sent in full batches until nothing is left") {
  Bench bench(1200);
  CHECK(bench.sent() == Range{1, full});
  bench.accept();
  CHECK(bench.sent() == Range{full + 1, 2 * full});
  bench.accept();
  CHECK(bench.sent() == Range{2 * full + 1, 1200});
  bench.accept();
  CHECK(bench.only<Wait>());
  CHECK(bench.state.acked == 1200);
  CHECK(link(bench.state) == LinkState::online);
  CHECK_FALSE(next_try(bench.state));
}

TEST_CASE("an acknowledgement counts once it is durable") {
  Bench bench(3);
  bench.feed(Acked{{1, 3}, 3});
  REQUIRE(bench.only<StoreAck>());
  CHECK(bench.state.acked == 0);
  bench.feed(Tick{});
  CHECK(bench.actions.empty());
  bench.feed(StoreFailed{{Failure::unavailable, "disk.full", "", {}, {}}});
  CHECK(bench.state.acked == 0);
  CHECK(bench.state.trouble->code == "disk.full");
  bench.pass_wait();
  CHECK(bench.sent() == Range{1, 3});
}

TEST_CASE("a start without facts greets") {
  Bench bench(0);
  CHECK(bench.sent() == Range{1, 0});
  bench.accept();
  CHECK(bench.only<Wait>());
  CHECK(link(bench.state) == LinkState::online);
}

TEST_CASE("a quiet terminal greets after four to six minutes") {
  Bench bench(5, 5);
  CHECK(bench.sent().greeting());
  bench.accept();
  CHECK(bench.waits() >= quiet_least);
  CHECK(bench.waits() <= quiet_least + quiet_spread);
  bench.pass_wait();
  CHECK(bench.sent() == Range{6, 5});
}

TEST_CASE("new facts end the rest at once") {
  Bench bench(5, 5);
  bench.accept();
  bench.now = bench.now + 10s;
  bench.feed(NewFacts{6});
  CHECK(bench.sent() == Range{6, 6});
  bench.feed(NewFacts{9});
  CHECK(bench.actions.empty());
  bench.accept();
  CHECK(bench.sent() == Range{7, 9});
}

TEST_CASE("what is acknowledged by another way is not sent any more, line or no line") {
  Bench bench(9, 5);
  bench.lose();
  CHECK(link(bench.state) != LinkState::online);
  bench.feed(NewFacts{9, 8});
  CHECK(bench.state.acked == 8);
  CHECK(link(bench.state) != LinkState::online);
  bench.feed(NewFacts{10, 3});  // an older word changes nothing
  CHECK(bench.state.acked == 8);
  bench.feed(NewFacts{10, 99});  // of records that are not there
  CHECK(bench.state.acked == 10);
  bench.now = bench.now + 10min;
  bench.feed(Tick{});
  CHECK(bench.sent().greeting());
  CHECK(bench.sent().first == 11);
}

TEST_CASE("a greeting brings back an answer that was lost") {
  Bench bench(8, 5);
  CHECK(bench.sent() == Range{6, 8});
  bench.feed(Acked{{6, 8}, 8});
  CHECK(bench.only<StoreAck>()->acked == 8);
}

TEST_CASE("gap sends from where the centre stands") {
  Bench bench(100, 90);
  bench.answer(409, "gap", 41);
  CHECK(bench.sent() == Range{41, 100});
  CHECK(bench.state.acked == 90);  // I4
  bench.feed(Acked{{41, 100}, 100});
  CHECK(bench.only<StoreAck>());
}

TEST_CASE("gap ahead of us asks for a signed answer") {
  Bench bench(100, 90);
  bench.answer(409, "gap", 101);
  CHECK(bench.sent() == Range{101, 100});
  CHECK(bench.state.acked == 90);
  bench.feed(Acked{{101, 100}, 100});
  CHECK(bench.only<StoreAck>()->acked == 100);
}

TEST_CASE("a centre that holds more than we do freezes") {
  Bench bench(100, 90);
  bench.answer(409, "gap", 200);
  REQUIRE(bench.only<Stop>());
  CHECK(bench.only<Stop>()->reason == StopReason::frozen);
  CHECK(bench.state.trouble->code == "sync.behind");
}

TEST_CASE("gaps that lead nowhere come to a wait") {
  Bench bench(100);
  bench.answer(409, "gap", 1);  // just sent
  CHECK(bench.only<Wait>());
  bench.pass_wait();
  int sends = 0;
  for (; bench.only<Send>() && sends < 20; ++sends) bench.answer(409, "gap", sends % 2 ? 10 : 50);
  CHECK(sends < 10);
  CHECK(bench.only<Wait>());
}

TEST_CASE("fork and a retired epoch freeze even against a nudge") {
  for (const int status : {409, 410}) {
    Bench bench(10);
    bench.answer(status, status == 409 ? "fork" : "epoch.retired");
    REQUIRE(bench.only<Stop>());
    bench.now = bench.now + 24h;
    bench.feed(Nudge{});
    CHECK(bench.only<Stop>()->reason == StopReason::frozen);
    CHECK(link(bench.state) == LinkState::refused);
    bench.feed(NewFacts{11});
    CHECK(bench.only<Stop>());
    CHECK(bench.state.head == 11);
  }
  Bench bench(10);
  bench.feed(Diverged{bench.state.in_flight});
  CHECK(bench.only<Stop>()->reason == StopReason::frozen);
}

TEST_CASE("401 and 403 stop until a person asks") {
  for (const int status : {401, 403}) {
    Bench bench(10);
    bench.answer(status);
    CHECK(bench.only<Stop>()->reason == StopReason::unauthorised);
    CHECK(link(bench.state) == LinkState::refused);
    CHECK(bench.state.trouble->kind == Failure::refused);
    bench.now = bench.now + 10h;
    bench.feed(Tick{});
    CHECK(bench.only<Stop>());
    bench.feed(Nudge{});
    CHECK(bench.sent() == Range{1, 10});
  }
}

TEST_CASE("413 halves at once and grows back slowly") {
  Bench bench(5000);
  bench.answer(413);
  CHECK(bench.sent() == Range{1, 250});
  bench.answer(413);
  CHECK(bench.sent() == Range{1, 125});
  for (int i = 0; i < 8; ++i) {
    CHECK(bench.sent().count() == 125);
    bench.accept();
  }
  CHECK(bench.sent().count() == 250);
}

TEST_CASE("one fact that is too large waits and is named") {
  Bench bench(1);
  bench.answer(413);
  CHECK(bench.only<Wait>());
  for (int i = 0; i < 2; ++i) {
    bench.pass_wait();
    bench.answer(413);
  }
  CHECK(bench.state.isolated == 1);
  CHECK(bench.state.trouble->code == "sync.fact");
}

TEST_CASE("Retry-After is obeyed even against a nudge") {
  for (const int status : {429, 503}) {
    Bench bench(10);
    bench.answer(status, "busy", 0, 90s);
    CHECK(bench.waits() >= 90s);
    CHECK(bench.waits() <= 99s);
    bench.feed(Nudge{});
    CHECK(bench.waits() >= 90s);
    bench.feed(NewFacts{12});
    CHECK(bench.only<Wait>());
    bench.pass_wait();
    CHECK(bench.sent() == Range{1, 10});  // the same bytes
  }
  Bench bench(10);
  bench.answer(429, "busy", 0, std::chrono::seconds(10'000'000));
  CHECK(bench.waits() <= retry_after_most * 11 / 10);
}

TEST_CASE("a failing try is repeated as it was") {
  Bench bench(10);
  bench.lose();
  bench.feed(NewFacts{700});
  CHECK(bench.only<Wait>());
  bench.pass_wait();
  CHECK(bench.sent() == Range{1, 10});
  bench.accept();
  CHECK(bench.sent() == Range{11, 510});
}

TEST_CASE("waits have full jitter between 1 and 300 seconds") {
  std::chrono::milliseconds longest{0};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Bench bench(10, 0, seed);
    for (int i = 0; i < 12; ++i) {
      bench.lose();
      const auto waited = bench.waits();
      CHECK(waited >= 1s);
      CHECK(waited <= std::min(std::chrono::seconds(1 << i), 300s));
      longest = std::max(longest, waited);
      bench.pass_wait();
    }
  }
  CHECK(longest > 200s);
}

TEST_CASE("a nudge shortens a wait but not below two seconds between tries") {
  Bench bench(10);
  for (int i = 0; i < 8; ++i) {
    bench.lose();
    if (i < 7) bench.pass_wait();
  }
  bench.feed(Nudge{});
  if (bench.only<Wait>()) {
    CHECK(bench.waits() <= nudge_gap);
    bench.pass_wait();
  }
  CHECK(bench.sent() == Range{1, 10});
}

TEST_CASE("after an outage the backlog waits up to a minute") {
  bool spread = false;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Bench bench(2000, 0, seed);
    for (int i = 0; i < outage_failures; ++i) {
      bench.lose();
      bench.pass_wait();
    }
    CHECK(link(bench.state) == LinkState::never_reached);
    bench.accept();
    REQUIRE(bench.only<Wait>());
    CHECK(bench.only<Wait>()->reason == WaitFor::spread);
    CHECK(bench.waits() <= spread_most);
    spread = spread || bench.waits() > 30s;
    bench.pass_wait();
    CHECK(bench.sent().first == full + 1);
  }
  CHECK(spread);
}

TEST_CASE("the same 5xx three times bisects to the one fact") {
  constexpr Seq bad = 333;
  Bench bench(2000);
  int tries = 0;
  while (!bench.state.isolated && ++tries < 100) {
    if (bench.only<Wait>()) bench.pass_wait();
    const Range range = bench.sent();
    if (range.first <= bad && bad <= range.last) {
      bench.answer(500);
    } else {
      bench.accept();
    }
  }
  CHECK(bench.state.isolated == bad);
  CHECK(bench.state.acked == bad - 1);
  CHECK(bench.state.trouble->code == "sync.fact");
  CHECK(bench.state.trouble->where.find("333") != std::string::npos);
  CHECK(tries < 40);
  // It goes sealed, every other time: an earlier version of the centre knows nothing of that.
  for (const How how : {How::sealed, How::open, How::sealed}) {
    bench.pass_wait();
    CHECK(*bench.only<Send>() == Send{{bad, bad}, how});
    bench.answer(how == How::sealed ? 404 : 500);
  }
  CHECK(bench.state.trouble->code == "sync.fact");
  // The centre is mended: everything goes, in full batches again.
  while (bench.state.acked < 2000 && ++tries < 200) {
    if (bench.only<Wait>()) bench.pass_wait();
    bench.accept();
  }
  CHECK(bench.state.acked == 2000);
  CHECK_FALSE(bench.state.isolated);
  CHECK_FALSE(bench.state.trouble);
  CHECK(bench.state.batch_limit == full);
}

TEST_CASE("a record that is taken sealed lets the others go on as facts") {
  Bench bench(3);
  while (!bench.state.isolated) {
    if (bench.only<Wait>()) bench.pass_wait();
    bench.answer(500);
  }
  CHECK(bench.waits() <= 1s);
  bench.pass_wait();
  CHECK(*bench.only<Send>() == Send{{1, 1}, How::sealed});
  bench.accept();
  CHECK_FALSE(bench.state.trouble);
  CHECK_FALSE(bench.state.isolated);
  CHECK(*bench.only<Send>() == Send{{2, 3}, How::open});
}

TEST_CASE("different errors do not bisect") {
  Bench bench(100);
  for (const int status : {500, 502, 500, 502, 500}) {
    bench.answer(status);
    bench.pass_wait();
    CHECK(bench.sent() == Range{1, 100});
  }
  bench.answer(500);
  bench.pass_wait();
  bench.lose();
  bench.pass_wait();
  bench.answer(500);
  bench.pass_wait();
  CHECK(bench.sent() == Range{1, 100});
}

TEST_CASE("a 200 that takes nothing is followed by a wait") {
  Bench bench(10);
  bench.feed(Acked{{1, 10}, 0});
  CHECK(bench.only<Wait>());
  CHECK(bench.state.trouble->code == "answer.nothing");
}

TEST_CASE("strays are ignored") {
  Bench bench(10);
  const State before = bench.state;
  bench.feed(Acked{{50, 60}, 60});
  bench.feed(Refused{{50, 60}, 410, "epoch.retired", 0, std::nullopt});
  bench.feed(Stored{});
  CHECK(bench.actions.empty());
  CHECK(bench.state.flight == Flight::sent);
  CHECK(bench.state.acked == before.acked);
}

TEST_CASE("a journal that cannot be read is tried again") {
  Bench bench(10);
  bench.feed(ReadFailed{{Failure::busy, "db.busy", "", {}, {}}});
  CHECK(bench.only<Wait>());
  bench.pass_wait();
  CHECK(bench.sent() == Range{1, 10});
}

}  // namespace keepsake::sync::engine

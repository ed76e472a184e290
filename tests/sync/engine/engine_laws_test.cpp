// What holds for any inputs in any order.

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "sync/engine/engine.hpp"

namespace keepsake::sync::engine {

namespace {

const Error any_error{Failure::unavailable, "link.down", "No line", {}, {}};

/// Anything that world, disk and people can report about the batch in flight, or about none.
Input any_input(const State& state) {
  Range sent = state.in_flight;
  if (*rc::gen::inRange(0, 10) == 0) sent.first += *rc::gen::inRange<Seq>(0, 3);
  if (!sent.greeting() && sent.last > sent.first && *rc::gen::arbitrary<bool>()) {
    sent.last = *rc::gen::inRange(sent.first, sent.last + 1);  // fewer fitted
  }
  switch (*rc::gen::inRange(0, 10)) {
    case 0:
      return Tick{};
    case 1: {
      const Seq head = state.head + *rc::gen::inRange<Seq>(0, 700);
      return NewFacts{head, *rc::gen::inRange<Seq>(0, head + 1)};
    }
    case 2:
      return Nudge{};
    case 3:
    case 4:
      return Acked{sent, *rc::gen::inRange<Seq>(0, state.head + 1)};
    case 5:
      return Stored{};
    case 6:
      return StoreFailed{any_error};
    case 7:
      return Unreachable{sent, any_error};
    case 8:
      return ReadFailed{any_error};
    default: {
      const int status = *rc::gen::element(400, 409, 413, 429, 500, 502, 503);
      const auto retry = *rc::gen::arbitrary<bool>()
                             ? std::optional(std::chrono::seconds(*rc::gen::inRange(-5, 9999)))
                             : std::nullopt;
      return Refused{sent, status, status == 409 ? "gap" : "x",
                     *rc::gen::inRange<Seq>(0, state.head + 2), retry};
    }
  }
}

Instant later(Instant now, const Step& step) {
  for (const Action& action : step.actions) {
    if (const Wait* wait = std::get_if<Wait>(&action); wait && *rc::gen::arbitrary<bool>())
      return wait->until;
  }
  return now + std::chrono::milliseconds(*rc::gen::inRange(0, 5000));
}

}  // namespace

TEST_CASE("acknowledged never falls and one batch is out at most") {
  CHECK(rc::check([] {
    const Seq head = *rc::gen::inRange<Seq>(0, 2000);
    State state =
        start(*rc::gen::arbitrary<std::uint64_t>(), head, *rc::gen::inRange<Seq>(0, head + 1));
    Instant now{0};
    Step out = step(state, now, Tick{});
    for (int i = 0; i < 120; ++i) {
      const State before = out.state;
      const Input input = any_input(before);
      out = step(before, now, input);
      RC_ASSERT(out.state.acked >= before.acked);
      RC_ASSERT(out.state.head >= before.head);
      RC_ASSERT(out.actions.size() <= 1U);
      if (!out.actions.empty() && std::holds_alternative<Send>(out.actions[0])) {
        // Nothing is sent while a batch is out, unless this very input ended it.
        const bool ended = before.flight == Flight::none || input.index() > 2;
        RC_ASSERT(ended);
        const Range range = std::get<Send>(out.actions[0]).range;
        RC_ASSERT(range.count() <= 500U);
        RC_ASSERT(range.first >= 1U);
        RC_ASSERT(range.last <= out.state.head);
      }
      if (!out.actions.empty() && std::holds_alternative<Wait>(out.actions[0])) {
        RC_ASSERT(std::get<Wait>(out.actions[0]).until > now);
        RC_ASSERT(std::get<Wait>(out.actions[0]).until <= now + std::chrono::seconds(3961));
      }
      now = later(now, out);
    }
  }));
}

TEST_CASE("acknowledged moves only after it was stored") {
  CHECK(rc::check([] {
    State state = start(*rc::gen::arbitrary<std::uint64_t>(), 1000, 0);
    Instant now{0};
    Step out = step(state, now, Tick{});
    for (int i = 0; i < 120; ++i) {
      const Input input = any_input(out.state);
      const Seq before = out.state.acked;
      out = step(out.state, now, input);
      // By this way, or by another, which has stored it.
      const auto* news = std::get_if<NewFacts>(&input);
      const bool elsewhere = news && news->acked == out.state.acked;
      if (out.state.acked != before) RC_ASSERT(elsewhere || std::holds_alternative<Stored>(input));
      now = later(now, out);
    }
  }));
}

TEST_CASE("when faults stop everything is sent") {
  CHECK(rc::check([] {
    State state = start(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<Seq>(0, 3000), 0);
    Instant now{0};
    Step out = step(state, now, Tick{});
    for (int i = 0; i < 60; ++i) {
      out = step(out.state, now, any_input(out.state));
      now = later(now, out);
    }
    if (out.state.stopped == StopReason::frozen) return;
    // From here on a centre that works: it holds `cursor` facts and answers everything properly.
    Seq cursor = out.state.acked;
    int steps = 0;
    for (; out.state.acked < out.state.head; ++steps) {
      RC_ASSERT(steps < 20'000);
      const State s = out.state;
      if (s.flight == Flight::sent) {
        if (s.in_flight.first > cursor + 1) {
          out = step(s, now, Refused{s.in_flight, 409, "gap", cursor + 1, std::nullopt});
        } else {
          cursor = std::max(cursor, s.in_flight.last);
          out = step(s, now, Acked{s.in_flight, cursor});
        }
      } else if (s.flight == Flight::storing) {
        out = step(s, now, Stored{});
      } else {
        RC_ASSERT_FALSE(s.stopped.has_value());
        now = std::max(now, s.wake);
        out = step(s, now, Tick{});
      }
    }
    RC_ASSERT(now.ms < 12LL * 3600 * 1000);
  }));
}

TEST_CASE("the same inputs give the same actions") {
  const auto run = [](std::uint64_t seed) {
    State state = start(seed, 100, 0);
    Instant now{0};
    std::vector<Instant> waits;
    for (int i = 0; i < 20; ++i) {
      Step out = step(state, now, Tick{});
      out = step(out.state, now, Unreachable{out.state.in_flight, any_error});
      state = out.state;
      now = state.wake;
      waits.push_back(now);
    }
    return waits;
  };
  CHECK(run(5) == run(5));
  CHECK(run(5) != run(6));
}

}  // namespace keepsake::sync::engine

#include "sync/engine/engine.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "storage/domain/values/limits.hpp"

namespace keepsake::sync::engine {

namespace {

using std::chrono::milliseconds;

constexpr Seq facts_most = static_cast<Seq>(limits::batch_facts);
constexpr int gaps_most = 3;
constexpr int patience_after_413 = 8;

/// splitmix64 (Steele, Lea, Flood 2014).
std::uint64_t draw(State& state) {
  std::uint64_t z = (state.random += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

milliseconds up_to(State& state, milliseconds most) {
  assert(most.count() >= 0);
  return milliseconds(
      static_cast<std::int64_t>(draw(state) % static_cast<std::uint64_t>(most.count() + 1)));
}

void wait(State& state, Instant until, WaitFor reason) {
  state.wake = until;
  state.waiting_for = reason;
}

void go_now(State& state, Instant now) { wait(state, now, WaitFor::quiet); }

void back_off(State& state, Instant now) {
  wait(state, now + backoff(state.failures, std::nullopt, draw(state)), WaitFor::backoff);
}

void rest(State& state, Instant now) {
  wait(state, now + quiet_least + up_to(state, quiet_spread), WaitFor::quiet);
}

void stop(State& state, StopReason reason, Error error) {
  assert(state.flight == Flight::none);  // nobody waits for an answer that would be ignored
  state.stopped = reason;
  state.trouble = std::move(error);
  state.repeat.reset();
}

void failed(State& state, Instant now) {
  assert(state.flight == Flight::none);
  ++state.failures;
  if (state.failures >= outage_failures) state.outage = true;
  back_off(state, now);
}

void forget_trouble(State& state) {
  state.failures = 0;
  state.same_status = 0;
  state.last_status = 0;
  state.trouble.reset();
}

Error frozen_error(std::string code, std::string what) {
  return {Failure::refused, std::move(code), std::move(what), "head office",
          "Sales go on. Enrol this terminal again with a new code"};
}

/// 401 and 403: why, as far as the answer says it.
Error unauthorised_error(const Refused& refused) {
  if (refused.code == "terminal.revoked")
    return {Failure::refused, refused.code, "Head office has revoked this terminal", "head office",
            "Sales go on and are kept. To let it in again, enrol it with a new code from head "
            "office"};
  if (refused.code == "terminal.unknown")
    return {Failure::refused, refused.code, "Head office no longer knows this terminal",
            "head office was put back from a backup",
            "Nothing is lost. Enrol it again with a new code from head office"};
  return {Failure::refused, refused.code.empty() ? "sync.unauthorised" : refused.code,
          "Head office does not accept this terminal", "HTTP " + std::to_string(refused.status),
          "Sales go on. Ask head office to allow the terminal, or enrol it again"};
}

Error behind_error() {
  return frozen_error("sync.behind",
                      "Head office has more records of this terminal than the terminal itself; an "
                      "old backup was restored");
}

Error status_error(const Refused& refused) {
  return {Failure::unavailable, refused.code.empty() ? "link.status" : refused.code,
          "Head office answered with an error", "HTTP " + std::to_string(refused.status),
          "It will be tried again automatically"};
}

// 200 -----------------------------------------------------------------------------------------

void grow(State& state) {
  assert(state.batch_limit >= 1 && state.batch_limit <= facts_most);
  assert(state.growth_patience >= 1);
  if (++state.successes < state.growth_patience) return;
  state.successes = 0;
  state.batch_limit = std::min(facts_most, state.batch_limit * 2);
  if (state.batch_limit == facts_most) state.growth_patience = 1;
}

/// The acknowledgement counts: it is durable, or says nothing new.
void advance(State& state, Instant now) {
  assert(state.flight != Flight::none);
  assert(state.ack_in_hand <= state.head);
  const Range sent = state.in_flight;
  const bool moved = sent.greeting() || state.ack_in_hand >= sent.first;
  state.flight = Flight::none;
  state.repeat.reset();
  state.greet = false;
  state.gaps = 0;
  state.reached = state.ever_reached = true;
  state.acked = std::max(state.acked, state.ack_in_hand);
  // Not acked + 1: a centre that was restored from a copy acknowledges less than it did, and wants
  // again what follows. What it once acknowledged stays acknowledged (I4).
  state.next = state.ack_in_hand + 1;
  if (!moved) {
    // A 200 that takes nothing of what was sent would be a loop without a pause.
    state.trouble = Error{Failure::unavailable,
                          "answer.nothing",
                          "Head office accepted nothing of a batch",
                          {},
                          "It will be tried again automatically"};
    failed(state, now);
    return;
  }
  forget_trouble(state);
  if (!sent.greeting()) grow(state);
  if (state.bisecting_to && state.ack_in_hand >= *state.bisecting_to) state.bisecting_to.reset();
  if (state.isolated && state.ack_in_hand >= *state.isolated) state.isolated.reset();
  const bool after_outage = std::exchange(state.outage, false);
  if (after_outage && state.next <= state.head) {
    wait(state, now + up_to(state, spread_most), WaitFor::spread);
  } else {
    go_now(state, now);
  }
}

// Not 200 -------------------------------------------------------------------------------------

void gap(State& state, Instant now, const Refused& refused) {
  state.reached = state.ever_reached = true;
  if (refused.expected == 0 || refused.expected == refused.sent.first) {
    // It asks for what it was just given: as good as an error.
    state.trouble = status_error(refused);
    failed(state, now);
    return;
  }
  assert(refused.expected >= 1 && refused.expected <= state.head + 1);
  state.next = refused.expected;
  state.repeat.reset();
  state.greet = true;
  if (++state.gaps > gaps_most) {
    state.trouble = status_error(refused);
    failed(state, now);
    return;
  }
  go_now(state, now);
}

/// What was sent did not fit or did not work as a whole: its first half is tried.
void halve(State& state, const Range& sent, int patience) {
  assert(sent.count() > 1);
  assert(patience >= 1);
  state.batch_limit = std::max<Seq>(1, sent.count() / 2);
  state.growth_patience = patience;
  state.successes = 0;
  state.repeat.reset();
  assert(state.batch_limit < sent.count());
}

// An error that comes back for the same batch may be the fault of one fact in it. Halving finds it
// in the logarithm of the batch, and everything before it gets through.
void same_again(State& state, Instant now, const Refused& refused) {
  state.reached = false;
  state.trouble = status_error(refused);
  state.same_status = refused.status == state.last_status ? state.same_status + 1 : 1;
  state.last_status = refused.status;
  assert(state.same_status >= 1);
  const bool searching = state.bisecting_to.has_value();
  const Range& sent = refused.sent;
  if (sent.count() > 1 && (searching || state.same_status >= bisect_after)) {
    if (!searching) state.bisecting_to = sent.last;
    halve(state, sent, 1);
    state.failures = 0;  // a new question: it may be asked soon
    state.same_status = 0;
  } else if (const bool news = state.isolated != sent.first;
             sent.count() == 1 && (!news || state.same_status >= bisect_after)) {
    state.isolated = sent.first;
    state.trouble->code = "sync.fact";
    state.trouble->what = "Head office cannot accept one record";
    state.trouble->where =
        "record " + std::to_string(sent.first) + ", HTTP " + std::to_string(refused.status);
    state.trouble->remedy = "It is sent sealed, so that it holds nothing else up; tell head office";
    if (news) state.failures = 0;  // sealed is another question: it may be asked soon
  }
  failed(state, now);
}

void too_large(State& state, Instant now, const Refused& refused) {
  if (refused.sent.count() <= 1) {
    same_again(state, now, refused);
    return;
  }
  state.reached = state.ever_reached = true;
  halve(state, refused.sent, patience_after_413);
  go_now(state, now);
}

void told_to_wait(State& state, Instant now, const Refused& refused) {
  assert(refused.retry_after.has_value());
  state.reached = state.ever_reached = true;
  state.trouble = status_error(refused);
  ++state.failures;
  const milliseconds told =
      std::clamp<milliseconds>(*refused.retry_after, backoff_first, retry_after_most);
  // A tenth more at random: whoever was told the same does not come back in the same moment.
  wait(state, now + told + up_to(state, told / 10), WaitFor::server);
}

void refuse(State& state, Instant now, const Refused& refused) {
  assert(state.flight == Flight::sent);
  state.flight = Flight::none;
  state.repeat = refused.sent;
  if (auto ending = ends_sync(refused, state.head)) {
    if (refused.code == "gap") state.reached = state.ever_reached = true;
    return stop(state, ending->reason, std::move(ending->error));
  }
  switch (refused.status) {
    case 409:
      if (refused.code == "gap") return gap(state, now, refused);
      return same_again(state, now, refused);
    case 413:
      return too_large(state, now, refused);
    case 429:
    case 503:
      if (refused.retry_after) return told_to_wait(state, now, refused);
      state.reached = false;
      state.trouble = status_error(refused);
      return failed(state, now);
    default:
      return same_again(state, now, refused);
  }
}

// Inputs --------------------------------------------------------------------------------------

/// An answer belongs to the batch in flight, or is a stray and ignored.
bool awaited(const State& state, const Range& sent) {
  return state.flight == Flight::sent && sent.first == state.in_flight.first &&
         sent.last <= state.in_flight.last && sent.greeting() == state.in_flight.greeting();
}

/// What came meanwhile need not be sent any more; the line is as it was.
void acknowledged_elsewhere(State& state, Seq acked) {
  if (acked <= state.acked || state.flight != Flight::none) return;
  state.acked = acked;
  if (state.next > acked) return;
  state.next = acked + 1;
  state.repeat.reset();
  if (state.bisecting_to && *state.bisecting_to <= acked) state.bisecting_to.reset();
  if (state.isolated && *state.isolated <= acked) state.isolated.reset();
}

void take(State&, Instant, const Tick&) {}

void take(State& state, Instant now, const NewFacts& news) {
  const bool idle = state.next > state.head;
  state.head = std::max(state.head, news.head);
  acknowledged_elsewhere(state, std::min(news.acked, state.head));
  if (idle && state.next <= state.head && state.waiting_for == WaitFor::quiet) go_now(state, now);
}

void take(State& state, Instant now, const Nudge&) {
  if (state.stopped == StopReason::frozen) return;
  state.stopped.reset();
  state.greet = true;
  // What the centre asked for is kept even against a person's wish.
  if (state.waiting_for == WaitFor::server && state.wake > now) return;
  go_now(state, std::max(now, state.last_try + nudge_gap));
}

void take(State& state, Instant now, const Acked& answer) {
  if (!awaited(state, answer.sent)) return;
  if (answer.acked > state.head) {
    state.flight = Flight::none;
    stop(state, StopReason::frozen, behind_error());
    return;
  }
  state.in_flight = answer.sent;
  state.ack_in_hand = answer.acked;
  if (answer.acked > state.acked) {
    state.flight = Flight::storing;
  } else {
    advance(state, now);
  }
}

void take(State& state, Instant now, const Stored&) {
  if (state.flight == Flight::storing) advance(state, now);
}

void take(State& state, Instant now, const StoreFailed& failure) {
  if (state.flight != Flight::storing) return;
  state.flight = Flight::none;
  state.repeat = state.in_flight;
  state.reached = state.ever_reached = true;
  state.trouble = failure.error;
  failed(state, now);
}

void take(State& state, Instant now, const Refused& answer) {
  if (awaited(state, answer.sent)) refuse(state, now, answer);
}

void take(State& state, Instant now, const Unreachable& failure) {
  if (!awaited(state, failure.sent)) return;
  state.flight = Flight::none;
  state.repeat = failure.sent;
  state.reached = false;
  state.same_status = 0;
  state.last_status = 0;
  state.trouble = failure.error;
  failed(state, now);
}

void take(State& state, Instant, const Diverged& answer) {
  if (!awaited(state, answer.sent)) return;
  state.flight = Flight::none;
  stop(state, StopReason::frozen, fork_error());
}

void take(State& state, Instant now, const ReadFailed& failure) {
  if (state.flight != Flight::sent) return;
  state.flight = Flight::none;
  state.trouble = failure.error;
  failed(state, now);
}

Range next_range(const State& state) {
  // The same range is the same bytes: the centre has its answer ready, and does nothing twice.
  if (state.repeat) return *state.repeat;
  assert(state.next >= 1);
  const Seq waiting = state.next <= state.head ? state.head + 1 - state.next : 0;
  const Range range{state.next, state.next + std::min(waiting, state.batch_limit) - 1};
  assert(range.greeting() || range.last <= state.head);
  assert(range.count() <= state.batch_limit);
  return range;
}

/// One action for where the machine stands now; none while an answer or the disk is awaited.
void decide(State& state, Instant now, std::vector<Action>& actions) {
  assert(state.flight != Flight::sent);
  if (state.stopped) {
    actions.push_back(Stop{*state.stopped});
    return;
  }
  if (state.flight == Flight::storing) {
    actions.push_back(StoreAck{state.ack_in_hand});
    return;
  }
  const bool idle = state.next > state.head && !state.greet && !state.repeat;
  if (idle && state.wake <= now && state.waiting_for == WaitFor::quiet) {
    // Arriving here from an answer: begin to rest. Arriving here by the clock: the rest is over.
    if (state.last_try + quiet_least <= now) {
      state.greet = true;
    } else {
      rest(state, now);
    }
  }
  if (state.wake > now) {
    actions.push_back(Wait{state.wake, state.waiting_for});
    return;
  }
  assert(state.flight == Flight::none);
  state.in_flight = next_range(state);
  state.flight = Flight::sent;
  state.last_try = now;
  // Open again after each sealed try: a centre of an earlier version knows nothing of sealed facts,
  // and a mended one takes it as it is.
  const bool stuck = state.isolated && state.in_flight == Range{*state.isolated, *state.isolated};
  state.sent_as = stuck && state.sent_as == How::open ? How::sealed : How::open;
  actions.push_back(Send{state.in_flight, state.sent_as});
}

}  // namespace

Error fork_error() {
  return frozen_error("sync.fork", "Head office has different records under the same numbers");
}

std::optional<Ending> ends_sync(const Refused& refused, Seq head) {
  switch (refused.status) {
    case 401:
    case 403:
      return Ending{StopReason::unauthorised, unauthorised_error(refused)};
    case 409:
      if (refused.code == "fork") return Ending{StopReason::frozen, fork_error()};
      if (refused.code == "gap" && refused.expected > head + 1)
        return Ending{StopReason::frozen, behind_error()};
      return std::nullopt;
    case 410:
      return Ending{StopReason::frozen,
                    frozen_error("sync.retired",
                                 "Head office has deactivated this terminal: it, or a copy of its "
                                 "folder, was enrolled again")};
    default:
      return std::nullopt;
  }
}

State start(std::uint64_t seed, Seq head, Seq acked) {
  assert(acked <= head);
  State state;
  state.random = seed;
  state.head = head;
  state.acked = acked;
  state.next = acked + 1;
  state.batch_limit = facts_most;
  state.ever_reached = acked > 0;
  return state;
}

Step step(State state, Instant now, const Input& input) {
  const Flight before = state.flight;
  std::visit([&](const auto& happened) { take(state, now, happened); }, input);
  Step out;
  // While a batch is out or an acknowledgement is being stored there is nothing to decide.
  if (state.flight == Flight::none || state.flight != before) decide(state, now, out.actions);
  assert(state.acked <= state.head);
  assert(state.next >= 1 && state.next <= state.head + 1);
  assert(state.batch_limit >= 1 && state.batch_limit <= facts_most);
  assert(out.actions.size() <= 1);
  out.state = std::move(state);
  return out;
}

LinkState link(const State& state) {
  if (state.stopped) return LinkState::refused;
  if (state.reached) return LinkState::online;
  return state.ever_reached ? LinkState::offline : LinkState::never_reached;
}

std::optional<Instant> next_try(const State& state) {
  const bool idle = state.next > state.head && !state.greet && !state.repeat;
  if (state.stopped || state.flight != Flight::none || idle) return std::nullopt;
  return state.wake;
}

}  // namespace keepsake::sync::engine

#pragma once
// The decisions of sync as a pure state machine: no sockets, no clock, no randomness but the seed.
// The rules are the table in sync/wire/WIRE.md. The agent carries out the actions and reports back;
// the simulator in tests/sim does the same with a model of network and centre.
//
// Instants are only compared and added to: the agent gives monotonic time, so that a wall clock
// that jumps cannot stall sync.

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/domain/views/sync_state.hpp"
#include "sync/engine/backoff.hpp"

namespace keepsake::sync::engine {

/// The facts first..last. last == first - 1: none, a greeting.
struct Range {
  Seq first = 1;
  Seq last = 0;
  bool greeting() const { return last + 1 == first; }
  Seq count() const { return last + 1 - first; }
  bool operator==(const Range&) const = default;
};

// What happened.
struct Tick {};  ///< time went by
struct NewFacts {
  Seq head = 0;  ///< the journal reaches to here
  Seq acked =
      0;  ///< and is acknowledged to here, by another way (a file, another till); 0: not said
};
struct Nudge {};  ///< a person wants it now
/// A 200 that the agent has checked: signature, identity, and our own chain at `acked`.
struct Acked {
  Range sent;
  Seq acked = 0;
};
struct Stored {};  ///< the acknowledgement is durable
struct StoreFailed {
  Error error;
};
struct Refused {
  Range sent;
  int status = 500;
  std::string code;  ///< Problem::code, or empty
  Seq expected = 0;  ///< of a gap
  std::optional<std::chrono::seconds> retry_after;
};
/// No answer, or none that can be trusted.
struct Unreachable {
  Range sent;
  Error error;
};
/// A properly signed answer names a chain that is not ours.
struct Diverged {
  Range sent;
};
/// The journal could not be read; nothing was sent.
struct ReadFailed {
  Error error;
};
using Input = std::variant<Tick, NewFacts, Nudge, Acked, Stored, StoreFailed, Refused, Unreachable,
                           Diverged, ReadFailed>;

// What to do, in this order.

/// open: as facts. sealed: the one fact of the range, which the centre cannot take as such, in a form
/// that it keeps without looking into it.
enum class How { open, sealed };

/// Send first..last, or fewer when the batch would be too large in bytes, but at least one. The
/// answer comes back with the range that was sent. A range that went out before is sent as the same
/// bytes.
struct Send {
  Range range;
  How how = How::open;
  bool operator==(const Send&) const = default;
};
/// Make the acknowledgement in hand durable; then Stored or StoreFailed.
struct StoreAck {
  Seq acked = 0;
  bool operator==(const StoreAck&) const = default;
};
enum class WaitFor { quiet, backoff, server, spread };
/// Nothing to do before `until`, unless there is news or a nudge.
struct Wait {
  Instant until;
  WaitFor reason = WaitFor::quiet;
  bool operator==(const Wait&) const = default;
};
enum class StopReason {
  unauthorised,  ///< 401, 403: a nudge or the next start tries again
  frozen,        ///< fork, retired epoch: nothing more is sent under this epoch
};
struct Stop {
  StopReason reason = StopReason::unauthorised;
  bool operator==(const Stop&) const = default;
};
using Action = std::variant<Send, StoreAck, Wait, Stop>;

enum class Flight { none, sent, storing };

struct State {
  std::uint64_t random = 0;  ///< the seed, advanced at each draw
  Seq head = 0;
  Seq acked = 0;  ///< never falls
  Seq next = 1;   ///< what is sent next; behind acked + 1 only after the centre lost data

  Flight flight = Flight::none;  ///< at most one batch at a time
  Range in_flight;
  Seq ack_in_hand = 0;
  std::optional<Range> repeat;  ///< went out without a usable answer: sent again as it was

  Instant wake;
  WaitFor waiting_for = WaitFor::quiet;
  bool greet = true;  ///< ask for the acknowledgement though there is nothing to send
  Instant last_try;
  std::optional<StopReason> stopped;

  int failures = 0;     ///< tries in a row that moved nothing
  int gaps = 0;         ///< in a row
  int same_status = 0;  ///< answers in a row with last_status
  int last_status = 0;
  bool outage = false;
  Seq batch_limit = 0;      ///< facts a batch may hold now; 0 is set to the maximum by start()
  int growth_patience = 1;  ///< successes needed before batch_limit doubles
  int successes = 0;
  std::optional<Seq> bisecting_to;  ///< some fact up to here makes the centre fail
  std::optional<Seq> isolated;      ///< the fact that does: sent sealed, every other time
  How sent_as = How::open;          ///< the last that went out

  bool reached = false;  ///< the last try got a sensible answer
  bool ever_reached = false;
  std::optional<Error> trouble;
};

struct Step {
  State state;
  std::vector<Action> actions;
};

/// A terminal that comes up with what its book says.
State start(std::uint64_t seed, Seq head, Seq acked);

Step step(State state, Instant now, const Input& input);

/// A no that ends sync under this epoch, or until somebody at head office acts.
struct Ending {
  StopReason reason = StopReason::unauthorised;
  Error error;
};
/// nullopt: it passes, or asks for something that the terminal can do. `head`: of its journal.
std::optional<Ending> ends_sync(const Refused& refused, Seq head);
Error fork_error();  ///< a properly signed answer names a chain that is not ours

LinkState link(const State& state);
/// When the next try is due; nothing while one is under way, when stopped or at rest.
std::optional<Instant> next_try(const State& state);

inline constexpr std::chrono::seconds spread_most{60};
inline constexpr std::chrono::seconds quiet_least{240};  ///< a greeting after 4 to 6 quiet minutes
inline constexpr std::chrono::seconds quiet_spread{120};
inline constexpr std::chrono::seconds nudge_gap{2};  ///< between tries, however often one presses
inline constexpr int outage_failures = 5;
inline constexpr int bisect_after = 3;

}  // namespace keepsake::sync::engine

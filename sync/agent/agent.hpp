#pragma once
// The terminal's side of sync: enrolment, one push on demand, and the thread that never stops.
// curl stays in transport.cpp; the decisions are sync/engine's.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "storage/book/book.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake::sync {

/// Makes a key and a request in DIR/identity, checks the centre's CA against the fingerprint inside
/// `code`, and stores what the centre gives. Failure::refused "enrol.code" (wrong, used or
/// expired), ::unavailable "link.down", ::refused "enrol.ca" (the centre is not the one that made
/// the code).
Result<Enrolment> enrol(Book& book, std::string_view url, std::string_view code);

/// Pushes until nothing is left or an answer stops it. Returns the state after.
Result<SyncState> sync_once(Book& book, const Clock& clock);

/// Owns one thread. Thread-safe.
class Agent {
 public:
  /// `changed` is called on the agent's thread after each change of state; keep it short.
  static std::unique_ptr<Agent> start(Book& book, const Clock& clock,
                                      std::function<void()> changed);
  virtual ~Agent() = default;  ///< stops and joins; aborts a request under way
  virtual void nudge() = 0;    ///< there is something new, or the person pressed "send now"
  virtual SyncState state() const = 0;
};

}  // namespace keepsake::sync

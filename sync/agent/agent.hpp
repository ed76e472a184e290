#pragma once
// The terminal's side of sync: enrolment, one push on demand, and the thread that never stops.
// curl stays in transport.cpp; the decisions are sync/engine's.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>

#include "storage/domain/views/sync_state.hpp"
#include "sync/agent/pulling.hpp"

namespace keepsake {
class Book;
class Clock;
struct Enrolment;
}  // namespace keepsake

namespace keepsake::sync {

class Session;

/// Makes a key and a request in DIR/identity, checks the centre's CA against the fingerprint inside
/// `code`, and stores what the centre gives. Failure::refused "enrol.code" (wrong, used or
/// expired), ::unavailable "link.down", ::refused "enrol.ca" (the centre is not the one that made
/// the code). A folder that was copied, where another till has enrolled with its keys, gets keys and
/// a number of its own in the same go; `found_copy` is called then.
Result<Enrolment> enrol(Book& book, std::string_view url, std::string_view code,
                        const std::function<void()>& found_copy = {});

/// Pushes until nothing is left or an answer stops it, then pulls what is new. Returns the state
/// after.
Result<SyncState> sync_once(Book& book, const Clock& clock);

/// What the book knows of head office without asking it: numbers, and why it refuses this terminal
/// (LinkState::refused) if it does; else never_reached or offline.
Result<SyncState> standing_state(Book& book);

/// Owns two threads, one for each way. Thread-safe.
class Agent {
 public:
  /// All are called on the agent's threads; keep them short. `changed`: after each change of state.
  /// `news`: the records changed by what others did. `selling`: a sale is under way (none: never).
  static std::unique_ptr<Agent> start(Book& book, const Clock& clock, std::function<void()> changed,
                                      std::function<void()> news,
                                      std::function<bool()> selling = {});
  ~Agent();  ///< stops and joins; aborts a request under way
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;
  void nudge();  ///< there is something new, or the person pressed "send now"
  SyncState state() const;

 private:
  enum class Woken { nudged, timed_out, stopped };

  Agent(Book& book, const Clock& clock, std::function<void()> changed, std::function<void()> news,
        std::function<bool()> selling);
  void run(const std::stop_token& token);
  /// Until the agent stops or the enrolment is another.
  void keep_in_sync(Session& session, const std::stop_token& token);
  /// A new certificate, when it is time for one. true: there is one, and connections begin anew.
  bool renewed();
  Woken sleep(const std::stop_token& token, std::optional<Instant> until);
  SyncState without_session(const Error& error) const;
  void publish(SyncState state);
  void pull_changed();
  void take_news(const std::function<void()>& news);
  void attach(Session* session, const std::stop_token& token);

  Book& book_;
  const Clock& clock_;
  const std::function<void()> changed_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  bool nudged_ = false;
  Session* session_ = nullptr;  ///< the one at work, to be aborted
  SyncState state_;
  std::optional<Instant> renew_at_;  ///< of this agent's thread; by the machine's clock
  Pulling pulling_;
  std::jthread thread_;  ///< last: it runs while all above stands
};

}  // namespace keepsake::sync

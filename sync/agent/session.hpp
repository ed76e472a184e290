#pragma once
// Sync under one enrolment: the engine's actions carried out on journal, centre and book. For one
// thread, abort() apart.

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/views/sync_state.hpp"
#include "sync/agent/answers.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/agent/transport.hpp"
#include "sync/engine/engine.hpp"

namespace keepsake {
class Book;
class Clock;
}  // namespace keepsake

namespace keepsake::sync {

/// Monotonic time in the engine's units; its zero means nothing.
Instant monotonic_now();

class Session {
 public:
  /// Failure::refused "sync.not-enrolled" or "identity.missing", or what the book says.
  static Result<std::unique_ptr<Session>> open(Book& book, const Clock& clock);
  /// With another transport, for tests.
  static Result<std::unique_ptr<Session>> open(Book& book, const Clock& clock,
                                               const Enrolment& enrolment,
                                               std::unique_ptr<Transport> transport);

  /// Feeds `input` and works until the engine waits or stops (Wait or Stop is returned; neither
  /// when `token` asks to end). `changed` is called after each step.
  std::optional<engine::Action> work(engine::Input input, const std::stop_token& token,
                                     const std::function<void()>& changed);
  /// What woke it up: new facts, or what was acknowledged by another way; if neither, `otherwise`.
  engine::Input look(const engine::Input& otherwise);
  void abort() noexcept { transport_->abort(); }  ///< from any thread
  const Enrolment& enrolment() const { return enrolment_; }
  SyncState state();

 private:
  Session(Book& book, const Clock& clock, const Enrolment& enrolment,
          std::unique_ptr<Reader> reader, std::unique_ptr<Transport> transport,
          engine::State state);
  engine::Input send(const engine::Send& sending);
  engine::Input send_sealed(const engine::Range& range);
  engine::Input judge_exchange(const engine::Range& sent, Result<HttpAnswer> answer);
  engine::Input judge(const engine::Range& sent, HttpAnswer answer);
  engine::Input judge_acknowledgement(const engine::Range& sent, HttpAnswer answer);
  engine::Input store();
  void note_refusal();

  Book& book_;
  const Clock& clock_;
  Enrolment enrolment_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Transport> transport_;
  Packer packer_;
  engine::State engine_;
  CheckedAnswer in_hand_;  ///< waits to be stored
  std::optional<Instant> last_success_;
  std::optional<LineRefusal> refusal_;  ///< as the book keeps it
};

}  // namespace keepsake::sync

#include "sync/agent/session.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "storage/book/book.hpp"
#include "storage/journal/journal.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

Instant monotonic_now() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count()};
}

Result<std::unique_ptr<Session>> Session::open(Book& book, const Clock& clock) {
  auto line = open_line(book);
  if (!line) return line.error();
  return open(book, clock, line->enrolment, std::move(line->transport));
}

Result<std::unique_ptr<Session>> Session::open(Book& book, const Clock& clock,
                                               const Enrolment& enrolment,
                                               std::unique_ptr<Transport> transport) {
  auto reader = book.reader();
  if (!reader) return reader.error();
  const auto waiting = waiting_in(**reader);
  if (!waiting) return waiting.error();
  std::unique_ptr<Session> session(
      new Session(book, clock, enrolment, std::move(*reader), std::move(transport),
                  engine::start(any_number(), waiting->head, waiting->acknowledged)));
  if (auto refusal = session->reader_->line_refusal()) session->refusal_ = std::move(*refusal);
  return session;
}

Session::Session(Book& book, const Clock& clock, const Enrolment& enrolment,
                 std::unique_ptr<Reader> reader, std::unique_ptr<Transport> transport,
                 engine::State state)
    : book_(book),
      clock_(clock),
      enrolment_(enrolment),
      reader_(std::move(reader)),
      transport_(std::move(transport)),
      packer_(book, enrolment),
      engine_(std::move(state)) {}

std::optional<engine::Action> Session::work(engine::Input input, const std::stop_token& token,
                                            const std::function<void()>& changed) {
  while (!token.stop_requested()) {
    engine::Step step = engine::step(std::move(engine_), monotonic_now(), input);
    engine_ = std::move(step.state);
    note_refusal();
    changed();
    // Working in step, there is always one thing to do next.
    assert(step.actions.size() == 1);
    const engine::Action& action = step.actions.front();
    if (const auto* sending = std::get_if<engine::Send>(&action)) {
      input = send(*sending);
    } else if (std::holds_alternative<engine::StoreAck>(action)) {
      input = store();
    } else {
      return action;
    }
  }
  return std::nullopt;
}

/// What cannot be noted is told by this program alone, and noted at the next step.
void Session::note_refusal() {
  if (engine_.stopped) {
    assert(engine_.trouble.has_value());
    if (refusal_ && refusal_->error == *engine_.trouble) return;
    const LineRefusal news{*engine_.trouble, clock_.now()};
    if (book_.put_line_refusal(news)) refusal_ = news;
  } else if (refusal_ && engine_.reached && !engine_.trouble) {
    if (book_.put_line_refusal(std::nullopt)) refusal_.reset();
  }
}

engine::Input Session::look(const engine::Input& otherwise) {
  const auto waiting = waiting_in(*reader_);
  if (!waiting) return otherwise;
  const bool news = waiting->head > engine_.head || waiting->acknowledged > engine_.acked;
  if (news) return engine::NewFacts{waiting->head, waiting->acknowledged};
  return otherwise;
}

engine::Input Session::send(const engine::Send& sending) {
  if (sending.how == engine::How::sealed) return send_sealed(sending.range);
  const auto packed = packer_.pack(*reader_, sending.range);
  if (!packed) return engine::ReadFailed{packed.error()};
  const Outgoing& outgoing = **packed;
  return judge_exchange(
      outgoing.range,
      transport_->exchange({"POST", batch_path(enrolment_.terminal, enrolment_.epoch),
                            outgoing.body, std::string(binary_type), Compression::zstd}));
}

engine::Input Session::send_sealed(const engine::Range& range) {
  assert(range.count() == 1);
  auto body = packer_.seal(*reader_, range.first);
  if (!body) return engine::ReadFailed{body.error()};
  return judge_exchange(
      range, transport_->exchange({"POST", opaque_path(enrolment_.terminal, enrolment_.epoch),
                                   std::move(*body), std::string(binary_type), Compression::none}));
}

engine::Input Session::judge_exchange(const engine::Range& sent, Result<HttpAnswer> answer) {
  if (answer) {
    hear_clock(book_, *answer);
    return judge(sent, std::move(*answer));
  }
  if (answer.error().kind == Failure::refused) {
    // TLS said what a 401 says.
    return engine::Refused{sent, 401, answer.error().code, 0, std::nullopt};
  }
  return engine::Unreachable{sent, answer.error()};
}

engine::Input Session::judge(const engine::Range& sent, HttpAnswer answer) {
  if (answer.status == 200) return judge_acknowledgement(sent, std::move(answer));
  engine::Refused refused{sent, answer.status, {}, 0, answer.retry_after};
  if (const auto problem = decode_problem(answer.body, format_of(answer.content_type))) {
    refused.code = problem->code;
    refused.expected = problem->expected;
  }
  return refused;
}

engine::Input Session::judge_acknowledgement(const engine::Range& sent, HttpAnswer answer) {
  auto checked = check_acknowledgement(*reader_, enrolment_, std::move(answer.body),
                                       format_of(answer.content_type));
  if (!checked && checked.error().kind == Failure::refused) return engine::Diverged{sent};
  if (!checked) return engine::Unreachable{sent, checked.error()};
  in_hand_ = std::move(*checked);
  last_success_ = clock_.now();
  return engine::Acked{sent, in_hand_.acknowledged.seq};
}

engine::Input Session::store() {
  const auto stored = book_.acknowledge(in_hand_.acknowledged, in_hand_.outcomes, in_hand_.bytes);
  if (!stored) return engine::StoreFailed{stored.error()};
  return engine::Stored{};
}

SyncState Session::state() {
  SyncState state;
  state.link = engine::link(engine_);
  state.acknowledged = engine_.acked;
  state.waiting = static_cast<std::int64_t>(engine_.head) - engine_.acked;
  if (const auto open = reader_->count_open_exceptions()) state.exceptions = *open;
  state.last_success = last_success_;
  if (const auto next = engine::next_try(engine_)) {
    const auto left = std::max(std::chrono::milliseconds(0), *next - monotonic_now());
    // To the second: what a screen shows must not differ with each look.
    state.next_try = Instant{(clock_.now() + left).ms / 1000 * 1000};
  }
  if (state.waiting > 0) {
    if (const auto oldest = reader_->oldest_waiting()) state.oldest_waiting = *oldest;
  }
  state.store = enrolment_.store;
  state.terminal = enrolment_.terminal;
  state.till = enrolment_.till;
  state.last_error = engine_.trouble;
  if (refusal_ && engine_.stopped) state.refused_since = refusal_->since;
  return state;
}

}  // namespace keepsake::sync

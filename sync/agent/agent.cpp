#include "sync/agent/agent.hpp"

#include <thread>
#include <utility>
#include <variant>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/journal/journal.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/puller.hpp"
#include "sync/agent/renewal.hpp"
#include "sync/agent/session.hpp"

namespace keepsake::sync {

namespace {

constexpr std::chrono::minutes reopen_after{5};  // when book or identity cannot be opened
constexpr std::chrono::hours renew_again{1};     // when a certificate was not renewed

}  // namespace

Agent::Agent(Book& book, const Clock& clock, std::function<void()> changed,
             std::function<void()> news, std::function<bool()> selling)
    : book_(book),
      clock_(clock),
      changed_(std::move(changed)),
      pulling_(
          book, clock, [this, news = std::move(news)] { take_news(news); },
          [this] { pull_changed(); }, std::move(selling)) {
  thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
}

Agent::~Agent() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  if (session_) session_->abort();
  // jthread joins in its own destructor, after the lock is given back: it is the last member.
}

void Agent::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
  }
  wake_.notify_one();
  pulling_.wake();
}

/// A pull hears of a refusal first when it waits for news: the other way asks at once, and says so.
void Agent::pull_changed() {
  const auto trouble = pulling_.state().trouble;
  if (trouble && trouble->kind == Failure::refused) {
    {
      const std::lock_guard lock(mutex_);
      nudged_ = true;
    }
    wake_.notify_one();
  }
  if (changed_) changed_();
}

/// What others did may have settled what waits here for a person, or bring more of it.
void Agent::take_news(const std::function<void()>& news) {
  if (const auto reader = book_.reader()) {
    if (const auto open = (*reader)->count_open_exceptions()) {
      const std::lock_guard lock(mutex_);
      state_.exceptions = *open;
    }
  }
  if (changed_) changed_();
  if (news) news();
}

SyncState Agent::state() const {
  const PullState pull = pulling_.state();
  const std::lock_guard lock(mutex_);
  SyncState state = state_;
  state.up_to_date = pull.up_to_date;
  state.pull_error = pull.trouble;
  if (pull.arriving) state.arriving_percent = pull.arriving->percent();
  return state;
}

void Agent::run(const std::stop_token& token) {
  while (!token.stop_requested()) {
    auto session = Session::open(book_, clock_);
    if (!session) {
      publish(without_session(session.error()));
      sleep(token, session.error().code == "sync.not-enrolled"
                       ? std::nullopt
                       : std::optional(monotonic_now() + reopen_after));
      continue;
    }
    const auto due = renewal_due(book_);
    renew_at_ = due ? std::optional(*due) : std::nullopt;
    attach(session->get(), token);
    keep_in_sync(**session, token);
    attach(nullptr, token);
  }
}

void Agent::keep_in_sync(Session& session, const std::stop_token& token) {
  engine::Input input = engine::Tick{};
  while (!token.stop_requested()) {
    const auto pause = session.work(input, token, [&] { publish(session.state()); });
    if (!pause || renewed()) return;
    const auto* wait = std::get_if<engine::Wait>(&*pause);
    const Woken woken = sleep(token, wait ? std::optional(wait->until) : std::nullopt);
    if (woken == Woken::stopped || book_.enrolment() != session.enrolment()) return;
    // A nudge without new facts is a person's wish.
    input = woken == Woken::nudged ? session.look(engine::Nudge{}) : session.look(engine::Tick{});
  }
}

// Quiet when it fails: there are months left, and what stands in the way of it stands in the way of
// the facts as well, which is told.
bool Agent::renewed() {
  const Instant now = machine_now();
  if (!renew_at_ || now < *renew_at_) return false;
  renew_at_ = now + renew_again;
  if (!renew(book_)) return false;
  pulling_.reconnect();
  return true;
}

Agent::Woken Agent::sleep(const std::stop_token& token, std::optional<Instant> until) {
  std::unique_lock lock(mutex_);
  const auto nudged = [this] { return nudged_; };
  if (until) {
    const std::chrono::steady_clock::time_point deadline{std::chrono::milliseconds(until->ms)};
    wake_.wait_until(lock, token, deadline, nudged);
  } else {
    wake_.wait(lock, token, nudged);
  }
  if (token.stop_requested()) return Woken::stopped;
  return std::exchange(nudged_, false) ? Woken::nudged : Woken::timed_out;
}

SyncState Agent::without_session(const Error& error) const {
  auto known = standing_state(book_);
  SyncState state = known ? std::move(*known) : SyncState{};
  if (state.link == LinkState::not_enrolled) return state;
  state.link = LinkState::refused;
  state.last_error = error;
  return state;
}

void Agent::publish(SyncState state) {
  {
    const std::lock_guard lock(mutex_);
    if (state == state_) return;
    state_ = std::move(state);
  }
  if (changed_) changed_();
}

void Agent::attach(Session* session, const std::stop_token& token) {
  const std::lock_guard lock(mutex_);
  session_ = session;
  if (session_ && token.stop_requested()) session_->abort();
}

Result<SyncState> standing_state(Book& book) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  const auto head = (*reader)->head();
  if (!head) return head.error();
  const auto acknowledged = (*reader)->acknowledged();
  if (!acknowledged) return acknowledged.error();
  const auto exceptions = (*reader)->count_open_exceptions();
  if (!exceptions) return exceptions.error();
  const auto refusal = (*reader)->line_refusal();
  if (!refusal) return refusal.error();
  const auto arriving = (*reader)->snapshot_arriving();
  if (!arriving) return arriving.error();
  SyncState state;
  if (*arriving) state.arriving_percent = (*arriving)->percent();
  state.acknowledged = acknowledged->seq;
  state.waiting = static_cast<std::int64_t>(head->seq) - acknowledged->seq;
  state.exceptions = *exceptions;
  if (state.waiting > 0)
    if (const auto oldest = (*reader)->oldest_waiting()) state.oldest_waiting = *oldest;
  const auto enrolment = book.enrolment();
  if (!enrolment) return state;
  state.store = enrolment->store;
  state.terminal = enrolment->terminal;
  state.till = enrolment->till;
  state.link = acknowledged->seq > 0 ? LinkState::offline : LinkState::never_reached;
  if (!*refusal) {
    if (const auto line = open_line(book); !line) {
      state.link = LinkState::refused;
      state.last_error = line.error();
    }
    return state;
  }
  state.link = LinkState::refused;
  state.last_error = (*refusal)->error;
  state.refused_since = (*refusal)->since;
  return state;
}

namespace {

/// Everything that head office has for this till.
Result<Done> pull_all(Puller& puller) {
  for (;;) {
    const auto pulled = puller.pull(std::chrono::seconds(0));
    if (!pulled) return pulled.error();
    if (pulled->again.count() > 0) std::this_thread::sleep_for(pulled->again);
    if (pulled->has_all) return Done{};
  }
}

}  // namespace

Result<SyncState> sync_once(Book& book, const Clock& clock) {
  if (const auto due = renewal_due(book); due && *due <= machine_now()) (void)renew(book);
  auto session = Session::open(book, clock);
  if (!session) return session.error();
  (*session)->work(engine::Tick{}, std::stop_token{}, [] {});
  if (SyncState state = (*session)->state(); state.link != LinkState::online) return state;
  auto puller = Puller::open(book, clock);
  if (!puller) return puller.error();
  const auto pulled = pull_all(**puller);
  // After it: what head office found of the facts that went up comes down with their places.
  SyncState state = (*session)->state();
  if (pulled)
    state.up_to_date = clock.now();
  else
    state.pull_error = pulled.error();
  return state;
}

std::unique_ptr<Agent> Agent::start(Book& book, const Clock& clock, std::function<void()> changed,
                                    std::function<void()> news, std::function<bool()> selling) {
  return std::unique_ptr<Agent>(
      new Agent(book, clock, std::move(changed), std::move(news), std::move(selling)));
}

}  // namespace keepsake::sync

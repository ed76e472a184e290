#include "sync/agent/pulling.hpp"

#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/domain/feed.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/puller.hpp"
#include "sync/engine/backoff.hpp"

namespace keepsake::sync {

namespace {

constexpr std::chrono::seconds wait_for_news{20};
constexpr std::chrono::minutes look_again{5};  // without an enrolment, or refused
constexpr std::chrono::milliseconds look_at_sale{250};
constexpr std::int64_t minute_ms = 60'000;

}  // namespace

Pulling::Pulling(Book& book, const Clock& clock, std::function<void()> news,
                 std::function<void()> changed, std::function<bool()> selling)
    : book_(book),
      clock_(clock),
      news_(std::move(news)),
      changed_(std::move(changed)),
      selling_(std::move(selling)) {
  thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
}

Pulling::~Pulling() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  if (puller_) puller_->abort();
  // jthread joins in its own destructor, after the lock is given back: it is the last member.
}

void Pulling::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_one();
}

void Pulling::reconnect() {
  {
    const std::lock_guard lock(mutex_);
    reconnect_ = true;
  }
  wake();
}

bool Pulling::to_reconnect() {
  const std::lock_guard lock(mutex_);
  return std::exchange(reconnect_, false);
}

PullState Pulling::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void Pulling::run(const std::stop_token& token) {
  while (!token.stop_requested()) {
    auto puller = Puller::open(book_, clock_);
    if (!puller) {
      // That it is not enrolled is no trouble of this thread: the sync screen says it.
      publish(book_.enrolment() ? PullState{{}, puller.error(), {}} : PullState{});
      sleep(token, look_again);
      continue;
    }
    attach(puller->get(), token);
    follow(**puller, token);
    attach(nullptr, token);
  }
}

void Pulling::follow(Puller& puller, const std::stop_token& token) {
  int failures = 0;
  PullState state = this->state();
  std::chrono::seconds wait{0};  // what is there already is wanted at once
  std::optional<std::chrono::steady_clock::time_point> waits_since;
  while (!token.stop_requested() && book_.enrolment() == puller.enrolment() && !to_reconnect()) {
    const auto now = std::chrono::steady_clock::now();
    const bool may_wait = selling_ && (!waits_since || now - *waits_since < longest_sale);
    const auto pulled = puller.pull(
        wait, may_wait && selling_() ? Puller::Prices::wait : Puller::Prices::may_change);
    if (token.stop_requested()) return;
    if (!pulled) {
      state.trouble = pulled.error();
      publish(state);
      ++failures;
      wait = {};
      sleep(token, pulled.error().kind == Failure::refused
                       ? look_again
                       : engine::backoff(failures, puller.retry_after(), any_number()));
      continue;
    }
    failures = 0;
    state.arriving = pulled->arriving;
    if (pulled->waits) {
      if (!waits_since) waits_since = now;
      sleep(token, look_at_sale);
      continue;
    }
    waits_since.reset();
    state.trouble.reset();
    wait = pulled->has_all ? wait_for_news : std::chrono::seconds(0);
    if (pulled->has_all) state.up_to_date = Instant{clock_.now().ms / minute_ms * minute_ms};
    publish(state);
    if (pulled->news) news_();
    if (pulled->again.count() > 0) sleep(token, pulled->again);
  }
}

void Pulling::sleep(const std::stop_token& token, std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, token, most, [this] { return woken_; });
  woken_ = false;
}

void Pulling::attach(Puller* puller, const std::stop_token& token) {
  const std::lock_guard lock(mutex_);
  puller_ = puller;
  if (puller_ && token.stop_requested()) puller_->abort();
}

void Pulling::publish(PullState state) {
  {
    const std::lock_guard lock(mutex_);
    if (state == state_) return;
    state_ = std::move(state);
  }
  changed_();
}

}  // namespace keepsake::sync

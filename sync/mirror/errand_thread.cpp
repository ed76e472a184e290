#include "sync/mirror/errand_thread.hpp"

#include <algorithm>
#include <utility>

#include "storage/book/book.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/session.hpp"
#include "sync/engine/backoff.hpp"
#include "sync/mirror/mirror_file.hpp"
#include "sync/mirror/office_errands.hpp"

namespace keepsake::sync::mirror {

namespace {

using std::chrono::milliseconds;

// A till that was shut out is refused by its neighbours within a minute.
constexpr milliseconds ask_every{50'000};
constexpr milliseconds ask_spread{10'000};
constexpr milliseconds ask_rarely{600'000};  // a store of one till, or an earlier head office
constexpr milliseconds hand_in_most{60'000};
constexpr milliseconds refused_again{24 * 3600 * 1000};
constexpr milliseconds failed_again{3600 * 1000};  // head office may be mended by then
constexpr milliseconds without_line{10'000};       // no enrolment, no certificate
constexpr Patience patience{milliseconds(5'000), milliseconds(120'000)};

milliseconds up_to(milliseconds most) {
  const auto choices = static_cast<std::uint64_t>(most.count()) + 1;
  return milliseconds(static_cast<std::int64_t>(any_number() % choices));
}

bool has_others(MirrorFile& file) {
  const auto known = file.neighbours();
  return known && !known->empty();
}

}  // namespace

ErrandThread::ErrandThread(Book& book, const Clock& clock, MirrorFile& file,
                           std::optional<Address> listen, Told told)
    : book_(book),
      clock_(clock),
      file_(file),
      told_(std::move(told)),
      listening_(file, clock, std::move(listen), [this] {
        kept_ = true;
        bell_.ring();
      }) {}

ErrandThread::~ErrandThread() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  if (line_) line_->abort();
  // jthread joins in its own destructor, after the lock is given back: it is the last member.
}

void ErrandThread::start() {
  thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
}

void ErrandThread::line_is_up() {
  line_up_ = true;
  bell_.ring();
}

void ErrandThread::run(const std::stop_token& token) {
  std::uint64_t heard = 0;
  while (!token.stop_requested()) {
    const auto enrolment = book_.enrolment();
    const auto identity = enrolment ? load_identity(book_.folder(), *enrolment) : not_enrolled();
    if (identity) listening_.open(*enrolment, *identity);
    auto line = open_line(book_, patience);
    if (identity && line) {
      attach(line->transport.get(), token);
      serve(*line, identity->certificate_pem, token);
      attach(nullptr, token);
    } else {
      bell_.wait(heard, monotonic_now() + without_line, token);
    }
  }
}

/// Until it stops, or this till is somebody else or has another certificate.
void ErrandThread::serve(OfficeLine& line, const std::string& certificate,
                         const std::stop_token& token) {
  Due due;
  due.ask = due.hand_in = monotonic_now();
  due.again = monotonic_now() + refused_again;
  std::uint64_t heard = 0;
  while (!token.stop_requested() && book_.enrolment() == line.enrolment) {
    if (line_up_.exchange(false)) {
      due.hand_in = monotonic_now();
      if (due.ask_failures > 0) due.ask = due.hand_in;
    }
    if (monotonic_now() >= due.ask) {
      ask(line, due);
      const auto identity = load_identity(book_.folder(), line.enrolment);
      if (!identity || identity->certificate_pem != certificate) return;
      // An address that was not this machine's a minute ago may be it now.
      listening_.open(line.enrolment, *identity);
    }
    if (monotonic_now() >= due.again) {
      if (file_.ask_again()) kept_ = true;
      due.again = monotonic_now() + refused_again;
    }
    if (kept_ && monotonic_now() >= due.hand_in) hand_in(line, due);
    const Instant next = std::min(due.ask, kept_ ? due.hand_in : due.again);
    if (monotonic_now() < next) bell_.wait(heard, next, token);
  }
}

void ErrandThread::ask(OfficeLine& line, Due& due) {
  const auto asked =
      ask_for_neighbours(*line.transport, line.enrolment, file_, listening_.addresses());
  const Instant now = monotonic_now();
  // Also where it was refused: then there are none any more.
  told_.listed();
  if (asked) {
    due.ask_failures = 0;
    due.ask = now + (has_others(file_) ? ask_every : ask_rarely) + up_to(ask_spread);
  } else if (asked.error().kind == Failure::not_found) {
    due.ask = now + ask_rarely + up_to(ask_spread);
  } else {
    const auto pause = engine::backoff(++due.ask_failures, std::nullopt, any_number());
    due.ask = now + std::min<milliseconds>(pause, ask_every);
  }
}

void ErrandThread::hand_in(OfficeLine& line, Due& due) {
  kept_ = false;  // what comes from here on is seen the next time
  const auto done = hand_in_all(*line.transport, line.enrolment, file_, clock_);
  if (done) {
    due.hand_in_failures = 0;
    due.hand_in = monotonic_now();
    if (done->failed > 0) due.again = std::min(due.again, due.hand_in + failed_again);
  } else {
    kept_ = true;
    const auto pause = engine::backoff(++due.hand_in_failures, std::nullopt, any_number());
    due.hand_in = monotonic_now() + std::min(pause, hand_in_most);
  }
  told_.handed_in();
}

void ErrandThread::attach(Transport* line, const std::stop_token& token) {
  const std::lock_guard lock(mutex_);
  line_ = line;
  if (line_ && token.stop_requested()) line_->abort();
}

}  // namespace keepsake::sync::mirror

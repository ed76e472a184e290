#include "sync/mirror/copy_thread.hpp"

#include <algorithm>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/values/time.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/outgoing.hpp"
#include "sync/agent/session.hpp"
#include "sync/mirror/mirror_file.hpp"

namespace keepsake::sync::mirror {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds for_the_push{500};  // nearly all facts are acknowledged by then
constexpr milliseconds look_again{2'000};
constexpr milliseconds look_for_answers{4'000};  // an acknowledgement may have come there
constexpr milliseconds noted_again{30'000};
constexpr Patience patience{milliseconds(1'500), milliseconds(30'000)};

Error full_error() {
  return {Failure::limit,
          "mirror.full",
          "Another till of the store keeps no more copies of this one",
          {},
          "Nothing is lost; it goes on when head office has been reached"};
}

}  // namespace

std::shared_ptr<Neighbourhood> Surroundings::of(const Enrolment& enrolment, MirrorFile& file) {
  const std::lock_guard lock(mutex_);
  if (!around_ || enrolment_ != enrolment) {
    around_ = std::make_shared<Neighbourhood>(enrolment.terminal);
    enrolment_ = enrolment;
    fresh_ = false;
  }
  if (!fresh_) {
    if (const auto known = file.neighbours()) {
      around_->put(*known);
      fresh_ = true;
    }
  }
  return around_;
}

void Surroundings::look_again() {
  const std::lock_guard lock(mutex_);
  fresh_ = false;
}

CopyThread::CopyThread(Book& book, const Clock& clock, MirrorFile& file, Surroundings& surroundings,
                       Bell& bell, Told told)
    : book_(book),
      clock_(clock),
      file_(file),
      surroundings_(surroundings),
      bell_(bell),
      told_(std::move(told)) {
  thread_ = std::jthread([this](const std::stop_token& token) { run(token); });
}

CopyThread::~CopyThread() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  if (line_) line_->abort();
  // jthread joins in its own destructor, after the lock is given back: it is the last member.
}

void CopyThread::run(const std::stop_token& token) {
  while (!token.stop_requested()) {
    const auto enrolment = book_.enrolment();
    const auto around = enrolment ? surroundings_.of(*enrolment, file_) : nullptr;
    const auto neighbour = around ? around->take(monotonic_now(), last_) : std::nullopt;
    if (neighbour) {
      const bool went_well = copy_at(*neighbour, *around, *enrolment, token);
      around->release(neighbour->identity.terminal);
      if (went_well) continue;
    }
    bell_.wait(heard_, monotonic_now() + look_again, token);
  }
}

/// At whichever of its addresses answers, for as long as it goes well. false: it did not, and others
/// may have their turn.
bool CopyThread::copy_at(const Neighbour& neighbour, Neighbourhood& around,
                         const Enrolment& enrolment, const std::stop_token& token) {
  const TerminalNumber number = neighbour.identity.terminal;
  for (const std::string& address : neighbour.addresses) {
    auto line = connect(neighbour, address, enrolment);
    if (!line) {
      note(number, 0, line.error().code);
      continue;
    }
    attach(line->get(), token);
    const bool went_well = keep_copied(**line, neighbour, enrolment, token);
    attach(nullptr, token);
    if (token.stop_requested()) return false;
    if (went_well) {
      around.went_well(number);
      last_ = number;
      return true;
    }
  }
  last_.reset();
  around.failed(number, monotonic_now(), any_number());
  return false;
}

Result<std::unique_ptr<NeighbourLine>> CopyThread::connect(const Neighbour& neighbour,
                                                           const std::string& address,
                                                           const Enrolment& enrolment) {
  auto identity = load_identity(book_.folder(), enrolment);
  if (!identity) return identity.error();
  identity->neighbour = neighbour.identity;
  auto reader = book_.reader();
  if (!reader) return reader.error();
  return std::make_unique<NeighbourLine>(
      book_, enrolment, std::move(*reader),
      std::make_unique<HttpsTransport>("https://" + address, std::move(*identity), patience));
}

/// false: it failed. true: this till, or the other one, is not what it was.
bool CopyThread::keep_copied(NeighbourLine& line, const Neighbour& neighbour,
                             const Enrolment& enrolment, const std::stop_token& token) {
  const TerminalNumber number = neighbour.identity.terminal;
  Instant ask_at = monotonic_now();
  while (!token.stop_requested()) {
    const bool asks = monotonic_now() >= ask_at && tail() > 0;
    const auto done = line.bring_up_to_date(
        asks ? NeighbourLine::Ask::anyway : NeighbourLine::Ask::if_there_is_news, token);
    if (token.stop_requested()) return true;
    if (!done) {
      note(number, 0, done.error().code);
      return false;
    }
    if (asks) ask_at = monotonic_now() + look_for_answers;
    note(number, done->held, done->full ? full_error().code : std::string());
    if (done->acknowledged) told_.acknowledged();
    if (done->full) return false;
    // A fact that is recorded now is most likely acknowledged before it would have to be copied.
    if (bell_.wait(heard_, monotonic_now() + look_again, token) && !token.stop_requested()) {
      std::uint64_t not_again = heard_;
      bell_.wait(not_again, monotonic_now() + for_the_push, token);
    }
    if (!still_there(neighbour, enrolment)) return true;
  }
  return true;
}

bool CopyThread::still_there(const Neighbour& neighbour, const Enrolment& enrolment) {
  if (book_.enrolment() != enrolment) return false;
  const auto known = file_.neighbours();
  return known && std::ranges::find(*known, neighbour) != known->end();
}

/// Records that head office has not acknowledged.
std::int64_t CopyThread::tail() {
  const auto reader = book_.reader();
  if (!reader) return 0;
  const auto waiting = waiting_in(**reader);
  return waiting ? static_cast<std::int64_t>(waiting->head) - waiting->acknowledged : 0;
}

/// What cannot be noted is not shown; the copy is there all the same.
void CopyThread::note(TerminalNumber neighbour, Seq held, std::string_view trouble) {
  const Instant now = clock_.now();
  const bool same = noted_ && noted_->neighbour == neighbour && noted_->trouble == trouble &&
                    (!trouble.empty() || noted_->held == held);
  if (same && now - noted_->at < noted_again) return;
  if (file_.put_copy(neighbour, held, now, trouble))
    noted_ = Noted{held, std::string(trouble), now, neighbour};
  if (!same) told_.copied();
}

void CopyThread::attach(NeighbourLine* line, const std::stop_token& token) {
  const std::lock_guard lock(mutex_);
  line_ = line;
  if (line_ && token.stop_requested()) line_->abort();
}

}  // namespace keepsake::sync::mirror

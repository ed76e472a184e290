#include "kiosk/control/running_book.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "kiosk/control/messages.hpp"
#include "storage/book/check_fact.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/sale/reservation.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/engine/version.hpp"
#include "storage/facts/codec.hpp"
#include "storage/journal/journal.hpp"

namespace keepsake::control {

namespace {

using namespace std::chrono_literals;

constexpr auto to_be_greeted = 60s;    // others may be served first
constexpr auto to_be_answered = 600s;  // as many facts as there may be; one that waits says so
constexpr std::size_t read_at_once = 1000;
constexpr std::size_t read_bytes = 4UL * 1024 * 1024;

Error lost() {
  return {Failure::unavailable, "control.lost", "The kiosk was closed before it recorded this", "",
          "Nothing of this step is recorded. Look how far the command came, and run it again"};
}

Error silent() {
  return {Failure::unavailable, "control.silent", "The running kiosk does not answer", "",
          "Nothing was recorded: try again. If it stays so, start the kiosk again"};
}

Error alone() {
  return {Failure::refused, "book.alone", "This cannot be done while the kiosk is open", "",
          "Close the kiosk first"};
}

/// The ids of these facts, if they stand one behind the other in the journal after `before`.
Result<std::vector<FactId>> find_recorded(Reader& reader, Seq before, std::span<const Fact> facts) {
  std::vector<Record> there;
  for (;;) {
    const Seq from = there.empty() ? before + 1 : there.back().seq + 1;
    auto more = reader.read(from, read_at_once, read_bytes);
    if (!more) return more.error();
    if (more->empty()) break;
    std::ranges::move(*more, std::back_inserter(there));
  }
  const auto same = [](const Record& record, const Fact& fact) {
    if (record.type != static_cast<std::uint16_t>(type_of(fact))) return false;
    const auto body = encode(fact);
    return body.ok() && *body == record.body;
  };
  auto found = std::search(there.begin(), there.end(), facts.begin(), facts.end(), same);
  if (found == there.end()) return lost();
  std::vector<FactId> ids;
  while (ids.size() < facts.size()) ids.push_back((found++)->id);
  return ids;
}

class RunningBook : public Book {
 public:
  RunningBook(std::unique_ptr<Book> reading, std::unique_ptr<Channel> channel,
              std::function<void()> waits)
      : reading_(std::move(reading)), channel_(std::move(channel)), waits_(std::move(waits)) {}

  Result<FactId> record(const Fact& fact) override {
    const auto ids = record_all(std::span(&fact, 1));
    if (!ids) return ids.error();
    return ids->front();
  }
  Result<std::vector<FactId>> record_all(std::span<const Fact> facts) override {
    return record_import(facts, {});
  }
  Result<std::vector<FactId>> record_import(std::span<const Fact> facts,
                                            std::span<const ImportMark> marks) override {
    // What is wrong in itself is said in the book's own words; the codec would only say that the bytes
    // are no fact.
    if (auto ok = check_facts(facts); !ok) return ok.error();
    auto reader = reading_->reader();
    if (!reader) return reader.error();
    const auto before = (*reader)->head();
    if (!before) return before.error();
    const auto answer =
        ask(RecordAsked{{facts.begin(), facts.end()}, {marks.begin(), marks.end()}});
    // Whoever closed the connection does nothing more for it, so the journal has the last word.
    if (!answer && answer.error().code == "control.ended" && !facts.empty())
      return find_recorded(**reader, before->seq, facts);
    if (!answer) return answer.error();
    auto ids = ids_in(*answer);
    if (ids && ids->size() != facts.size())
      return Error{Failure::internal, "control.syntax", "The kiosk's answer is incomplete", "",
                   "Look what was recorded before you repeat it"};
    return ids;
  }

  Result<Done> erase(const CustomerRef& ref, std::string_view reason,
                     std::string_view staff) override {
    return done(EraseAsked{ref, std::string(reason), std::string(staff)});
  }
  Result<RetentionDone> run_retention(Instant now, Authority authority) override {
    const auto answer = ask(RetentionAsked{now, authority});
    if (!answer) return told(answer.error());
    return retention_in(*answer);
  }
  Result<Done> confirm_clock() override { return done(ClockConfirmed{}); }
  Result<Done> put_line_refusal(const std::optional<LineRefusal>& refusal) override {
    return done(RefusalAsked{refusal});
  }
  Result<Done> acknowledge(const Acknowledged& acknowledged, std::span<const FactOutcome> outcomes,
                           std::string_view signed_answer) override {
    return done(AcknowledgeAsked{
        acknowledged, {outcomes.begin(), outcomes.end()}, std::string(signed_answer)});
  }
  Result<bool> take_in(const FeedPage& page) override {
    const auto answer = ask(PageAsked{page});
    if (!answer) return told(answer.error());
    return news_in(*answer);
  }
  Result<Done> begin_feed(std::int64_t generation) override { return done(FeedBegun{generation}); }
  SnapshotIntake* snapshots() override { return nullptr; }
  Result<Done> checkpoint() override { return done(CheckpointAsked{}); }

  // The holder asks head office itself for what it sets aside, and is enrolled by nobody else.
  Result<bool> take_in(const ReservationNews&) override { return alone(); }
  Result<Done> set_enrolment(const Enrolment&) override { return alone(); }

  // What only looks.
  Result<std::unique_ptr<Reader>> reader() const override { return reading_->reader(); }
  Result<Done> audit(std::span<const AuditEntry> entries) override {
    return reading_->audit(entries);
  }
  Result<RetentionDue> retention_due(Instant now) override { return reading_->retention_due(now); }
  /// The holder hears head office itself.
  Result<Done> hear_clock(Instant) override { return Done{}; }
  Result<ClockTrust> look_at_clock() override { return reading_->look_at_clock(); }
  const Settings& settings() const override { return reading_->settings(); }
  const std::filesystem::path& folder() const override { return reading_->folder(); }
  Vault& vault() override { return reading_->vault(); }
  std::optional<Enrolment> enrolment() const override { return reading_->enrolment(); }
  TerminalNumber terminal() const override { return reading_->terminal(); }
  Result<FeedCursor> feed_cursor() override { return reading_->feed_cursor(); }
  Result<Done> backup(const std::filesystem::path& file,
                      const std::function<void(int percent)>& progress) override {
    return reading_->backup(file, progress);
  }

 private:
  /// Beside record(), everything may be asked again without being done twice.
  static Error told(Error error) {
    return error.code == "control.ended" ? lost_on_the_way() : std::move(error);
  }
  static Error lost_on_the_way() {
    Error error = lost();
    error.what = "The kiosk was closed before it answered";
    error.remedy = "Run the command again: what is done already is not done twice";
    return error;
  }

  Result<Done> done(const Request& request) {
    const auto answer = ask(request);
    if (!answer) return told(answer.error());
    return done_in(*answer);
  }

  Result<Message> ask(const Request& request) {
    const auto message = to_message(request);
    if (!message) return message.error();
    const std::lock_guard one_at_a_time(mutex_);
    if (auto sent = channel_->send(*message, patience(to_be_answered)); !sent) return sent.error();
    for (bool first = true;; first = false) {
      auto answer = channel_->receive(patience(to_be_answered));
      if (!answer || !is_not_yet(*answer)) return answer;
      if (first && waits_) waits_();
    }
  }

  const std::unique_ptr<Book> reading_;
  std::mutex mutex_;  ///< guards the channel
  const std::unique_ptr<Channel> channel_;
  const std::function<void()> waits_;
};

Result<Done> greet(Channel& channel) {
  const auto hello = to_message(Hello{std::string(version())});
  if (!hello) return hello.error();
  if (auto sent = channel.send(*hello, patience(to_be_greeted)); !sent) return silent();
  const auto answer = channel.receive(patience(to_be_greeted));
  if (!answer) return silent();
  return done_in(*answer);
}

}  // namespace

Result<std::unique_ptr<Book>> open_running(const std::filesystem::path& folder, const Clock& clock,
                                           std::function<void()> waits) {
  auto channel = Channel::to_holder(folder);
  if (!channel) return channel.error();
  if (auto greeted = greet(**channel); !greeted) return greeted.error();
  auto reading = Book::open_to_read(folder, clock);
  if (!reading) return reading.error();
  return std::unique_ptr<Book>(
      std::make_unique<RunningBook>(std::move(*reading), std::move(*channel), std::move(waits)));
}

}  // namespace keepsake::control

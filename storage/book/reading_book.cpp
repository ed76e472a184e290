#include <mutex>

#include "storage/book/book.hpp"
#include "storage/book/chain_settings.hpp"
#include "storage/book/data_folder.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/look_log.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/book/terminal.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/journal/journal.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

Error only_reading() {
  return {Failure::refused, "book.reading", "The data was opened for reading only", "",
          "Report this as a defect."};
}

class ReadingBook : public Book {
 public:
  ReadingBook(std::filesystem::path folder, Settings settings, const Clock& clock,
              std::unique_ptr<Vault> vault, std::unique_ptr<Database> database)
      : folder_(std::move(folder)),
        settings_(std::move(settings)),
        clock_(clock),
        vault_(std::move(vault)),
        database_(std::move(database)) {
    settings_.refresh(records::chain_settings(*database_, own_store));
  }

  Result<std::unique_ptr<Reader>> reader() const override {
    auto database = open_to_read_file(folder_);
    if (!database) return database.error();
    return std::make_unique<Reader>(std::move(*database), folder_, vault_.get());
  }
  Result<Done> audit(std::span<const AuditEntry> entries) override {
    return look_log::put(folder_, entries);
  }
  Result<RetentionDue> retention_due(Instant now) override {
    const RetentionRules rules(settings(), clock_, enrolment().has_value());
    return asked<RetentionDue>([&] { return rules.due(*database_, now); });
  }
  /// What is believed moves on in the book that writes.
  Result<ClockTrust> look_at_clock() override {
    return asked<ClockTrust>([&]() -> ClockTrust {
      const Instant now = clock_.now();
      auto kept = terminal::trusted_clock(*database_).value_or(ClockTrust{now, now});
      kept.now = now;
      return kept;
    });
  }

  /// As they were when it was opened.
  const Settings& settings() const override { return settings_.get(); }
  const std::filesystem::path& folder() const override { return folder_; }
  Vault& vault() override { return *vault_; }
  std::optional<Enrolment> enrolment() const override {
    const auto found =
        asked<std::optional<Enrolment>>([&] { return terminal::enrolment(*database_); });
    return found ? *found : std::nullopt;
  }
  TerminalNumber terminal() const override {
    const auto found =
        asked<TerminalNumber>([&] { return terminal::identities(*database_).back().terminal; });
    return found ? *found : TerminalNumber{};
  }
  Result<Done> backup(const std::filesystem::path& file,
                      const std::function<void(int percent)>& progress) override {
    const auto source = open_to_read_file(folder_);
    if (!source) return source.error();
    return sqlite::backup(**source, file, progress);
  }

  Result<FactId> record(const Fact&) override { return only_reading(); }
  Result<std::vector<FactId>> record_all(std::span<const Fact>) override { return only_reading(); }
  Result<std::vector<FactId>> record_import(std::span<const Fact>,
                                            std::span<const ImportMark>) override {
    return only_reading();
  }
  Result<Done> erase(const CustomerRef&, std::string_view, std::string_view) override {
    return only_reading();
  }
  Result<RetentionDone> run_retention(Instant, Authority) override { return only_reading(); }
  Result<Done> confirm_clock() override { return only_reading(); }
  Result<Done> hear_clock(Instant) override { return only_reading(); }
  Result<Done> set_enrolment(const Enrolment&) override { return only_reading(); }
  Result<Done> put_line_refusal(const std::optional<LineRefusal>&) override {
    return only_reading();
  }
  Result<Done> acknowledge(const Acknowledged&, std::span<const FactOutcome>,
                           std::string_view) override {
    return only_reading();
  }
  Result<bool> take_in(const ReservationNews&) override { return only_reading(); }
  Result<bool> take_in(const FeedPage&) override { return only_reading(); }
  Result<FeedCursor> feed_cursor() override {
    return asked<FeedCursor>([&] { return feed::wanted(*database_); });
  }
  Result<Done> begin_feed(std::int64_t) override { return only_reading(); }
  SnapshotIntake* snapshots() override { return nullptr; }
  Result<Done> checkpoint() override { return only_reading(); }

 private:
  static Result<std::unique_ptr<Database>> open_to_read_file(const std::filesystem::path& folder) {
    return sqlite::open(database_file(folder), {.mode = sqlite::Mode::reader});
  }

  template <class T, class F>
  Result<T> asked(F&& question) const {
    const std::lock_guard guard(mutex_);
    try {
      Transaction moment(*database_);
      T answer = std::forward<F>(question)();
      moment.commit();
      return answer;
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }

  const std::filesystem::path folder_;
  CurrentSettings settings_;
  const Clock& clock_;
  std::unique_ptr<Vault> vault_;
  mutable std::mutex mutex_;  // guards the database
  std::unique_ptr<Database> database_;
};

}  // namespace

Result<std::unique_ptr<Book>> Book::open_to_read(const std::filesystem::path& folder,
                                                 const Clock& clock) {
  auto database = keepsake::open_to_read(folder);
  if (!database) return database.error();
  auto settings = read_settings(folder);
  if (!settings) return settings.error();
  try {
    if (auto ok = check_currency(**database, settings->currency, folder); !ok) return ok.error();
  } catch (const DatabaseError& error) {
    return error.error();
  }
  auto vault = Vault::open(folder);
  if (!vault) return vault.error();
  return std::unique_ptr<Book>(std::make_unique<ReadingBook>(
      folder, std::move(*settings), clock, std::move(*vault), std::move(*database)));
}

}  // namespace keepsake

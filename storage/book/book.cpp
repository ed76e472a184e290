#include "storage/book/book.hpp"

#include <cassert>
#include <limits>
#include <mutex>
#include <thread>

#include "storage/book/arriving_snapshot.hpp"
#include "storage/book/audit.hpp"
#include "storage/book/believed_clock.hpp"
#include "storage/book/chain_settings.hpp"
#include "storage/book/check_fact.hpp"
#include "storage/book/data_folder.hpp"
#include "storage/book/erasure.hpp"
#include "storage/book/file_store.hpp"
#include "storage/book/forget.hpp"
#include "storage/book/head_file.hpp"
#include "storage/book/leaving_keys.hpp"
#include "storage/book/look_log.hpp"
#include "storage/book/old_staff.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/reservations.hpp"
#include "storage/book/settings.hpp"
#include "storage/book/shop_currency.hpp"
#include "storage/book/snapshot_intake.hpp"
#include "storage/book/terminal.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/may_pass.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/engine/door.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/lock_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/sqlite/rows.hpp"
#include "storage/facts/codec.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/feed/placing.hpp"
#include "storage/journal/journal.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

/// Where the journal stands; changes only when a transaction has committed.
struct Position {
  journal::Head head;
  HybridClock clock;
};

// The next run goes on: erasing a hundred thousand at once would hold up the till.
constexpr std::size_t erased_a_run = 1000;
constexpr std::size_t all_of_them = std::numeric_limits<std::size_t>::max();

class TerminalBook : public Book {
 public:
  TerminalBook(std::filesystem::path folder, Settings settings, const Clock& clock, LockFile lock,
               HeadFile head_file, std::unique_ptr<Vault> vault, std::unique_ptr<Database> database)
      : folder_(std::move(folder)),
        settings_(std::move(settings)),
        clock_(clock),
        lock_(std::move(lock)),
        head_file_(std::move(head_file)),
        vault_(std::move(vault)),
        database_(std::move(database)),
        identity_(terminal::identities(*database_).back()),
        numbers_(terminal::own_numbers(*database_)),
        enrolment_(terminal::enrolment(*database_)),
        position_{journal::head(*database_), HybridClock(HybridTime{})},
        believed_(*database_, clock, position_.head),
        forgetting_(database_file(folder_), *vault_, has_pending(*database_)),
        snapshots_(folder_, *vault_, [this](const auto& work) { return exclusively(work); }) {
    snapshots_.sweep(*database_);
    settings_.refresh(records::chain_settings(*database_, own_store));
    position_.clock = HybridClock(position_.head.time);
    head_file_.write({position_.head.seq, position_.head.hash});
  }

  Result<FactId> record(const Fact& fact) override {
    auto ids = record_all(std::span(&fact, 1));
    if (!ids) return ids.error();
    assert(ids->size() == 1);
    return ids->front();
  }

  Result<std::vector<FactId>> record_all(std::span<const Fact> facts) override {
    return record_import(facts, {});
  }

  Result<std::vector<FactId>> record_import(std::span<const Fact> facts,
                                            std::span<const ImportMark> marks) override {
    const std::lock_guard guard(mutex_);
    try {
      if (auto ok = expect_plausible(clock_.now()); !ok) return ok.error();
      believed_.look();
      // A copy: what a transaction that fails has counted is forgotten with it.
      Position position = position_;
      std::vector<FactId> ids;
      ids.reserve(facts.size());
      Transaction transaction(*database_);
      // Head office will put facts of others under it; a till alone has none.
      std::optional<feed::Following> following;
      if (enrolment_) following.emplace(*database_, position.head.seq + 1);
      for (const Fact& fact : facts) {
        auto id = record_one(fact, position);
        if (!id) return among_facts(id.error(), ids.size(), facts.size());
        ids.push_back(*id);
        if (following) following->recorded(position.head.seq);
      }
      if (following) following->finish();
      for (const ImportMark& mark : marks) terminal::put_import_mark(*database_, mark);
      assert(ids.size() == facts.size());
      assert(position.head.seq == position_.head.seq + facts.size());
      transaction.commit();
      move_to(position);
      return ids;
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }

  Result<std::unique_ptr<Reader>> reader() const override {
    auto database = sqlite::open(database_file(folder_), {.mode = sqlite::Mode::reader});
    if (!database) return database.error();
    return std::make_unique<Reader>(std::move(*database), folder_, vault_.get());
  }

  Result<Done> audit(std::span<const AuditEntry> entries) override {
    if (entries.empty()) return Done{};
    return writing([&]() -> Result<Done> {
      Transaction transaction(*database_);
      for (const AuditEntry& entry : entries) terminal::put_audit(*database_, entry);
      transaction.commit();
      return Done{};
    });
  }

  Result<Done> erase(const CustomerRef& ref, std::string_view reason,
                     std::string_view staff) override {
    auto erased = writing([&] { return erase_person(ref, reason, staff); });
    return erased ? forget() : erased;
  }

  Result<RetentionDue> retention_due(Instant now) override {
    return writing([&]() -> Result<RetentionDue> { return rules().due(*database_, now); });
  }
  Result<ClockTrust> look_at_clock() override {
    return writing([&]() -> Result<ClockTrust> { return believed_.look(); });
  }
  Result<Done> confirm_clock() override {
    return writing([&]() -> Result<Done> {
      auto plausible = expect_plausible(clock_.now());
      if (plausible) believed_.confirm();
      return plausible;
    });
  }

  Result<Done> hear_clock(Instant there) override {
    return writing([&]() -> Result<Done> { return believed_.hear(there); });
  }

  Result<RetentionDone> run_retention(Instant now, Authority authority) override {
    RetentionDone done;
    auto ran = writing([&]() -> Result<Done> {
      if (authority == Authority::person) return Done{};
      return expect_believed(believed_.look().at(now));
    });
    if (ran && !enrolment()) ran = erase_idle(now, authority, done);
    if (ran) ran = writing([&] { return rules().drop_old(folder_, *database_, now, done); });
    if (ran) ran = forget();
    if (!ran) return ran.error();
    return done;
  }

  const Settings& settings() const override { return settings_.get(); }
  const std::filesystem::path& folder() const override { return folder_; }
  Vault& vault() override { return *vault_; }

  std::optional<Enrolment> enrolment() const override {
    const std::lock_guard guard(mutex_);
    return enrolment_;
  }
  TerminalNumber terminal() const override {
    const std::lock_guard guard(mutex_);
    return identity_.terminal;
  }

  Result<Done> set_enrolment(const Enrolment& enrolment) override {
    if (auto ok = terminal::check_enrolment(enrolment); !ok) return ok;
    return writing([&]() -> Result<Done> {
      const terminal::Identity next{enrolment.terminal, enrolment.epoch, position_.head.seq + 1};
      const bool same = next.terminal == identity_.terminal && next.epoch == identity_.epoch;
      Transaction transaction(*database_);
      terminal::put_enrolment(*database_, enrolment);
      (void)terminal::put_line_refusal(*database_, std::nullopt);
      if (!same) terminal::add_identity(*database_, next);
      if (!same) feed::forget_staged(*database_);
      if (!same) terminal::forget_reservations(*database_);
      if (!same) arriving_snapshot::forget(*database_);
      transaction.commit();
      enrolment_ = enrolment;
      if (!same) identity_ = next;
      if (!same) numbers_.push_back(next.terminal);
      if (!same) snapshots_.sweep(*database_);
      assert(identity_.terminal == enrolment.terminal && identity_.epoch == enrolment.epoch);
      return Done{};
    });
  }

  Result<Done> put_line_refusal(const std::optional<LineRefusal>& refusal) override {
    return writing([&] { return terminal::put_line_refusal(*database_, refusal); });
  }

  Result<Done> acknowledge(const Acknowledged& acknowledged, std::span<const FactOutcome> outcomes,
                           std::string_view signed_answer) override {
    return writing([&]() -> Result<Done> {
      Transaction transaction(*database_);
      auto kept = terminal::acknowledge(*database_, acknowledged, outcomes, signed_answer);
      if (kept) transaction.commit();
      return kept;
    });
  }

  Result<bool> take_in(const FeedPage& page) override {
    bool news = false;
    const FeedPage* arrived = &page;
    for (bool more = true; more; arrived = nullptr) {
      auto taken = take_part(arrived);
      if (!taken) return taken.error();
      news = news || taken->news;
      more = taken->more;
      // A sale that waits for the connection goes first.
      if (more) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return news;
  }
  Result<FeedCursor> feed_cursor() override {
    return writing([&]() -> Result<FeedCursor> { return feed::wanted(*database_); });
  }

  Result<bool> take_in(const ReservationNews& news) override {
    return writing([&]() -> Result<bool> {
      Transaction transaction(*database_);
      const bool taken = terminal::take_in(*database_, news, clock_.now());
      transaction.commit();
      return taken;
    });
  }

  Result<Done> begin_feed(std::int64_t generation) override {
    return writing([&]() -> Result<Done> {
      Transaction transaction(*database_);
      feed::begin_generation(*database_, generation);
      transaction.commit();
      return Done{};
    });
  }

  SnapshotIntake* snapshots() override { return &snapshots_; }

  Result<Done> backup(const std::filesystem::path& file,
                      const std::function<void(int percent)>& progress) override {
    // Its own connection, so that the till goes on while the copy runs.
    auto source = sqlite::open(database_file(folder_), {.mode = sqlite::Mode::reader});
    if (!source) return source.error();
    return sqlite::backup(**source, file, progress);
  }

  Result<Done> checkpoint() override {
    return writing([&]() -> Result<Done> {
      sqlite::checkpoint(*database_);
      return Done{};
    });
  }

  /// Finishes what is pending of erasures; outside of writing(), it takes the connection when it needs it.
  Result<Done> forget() {
    if (!forgetting_.due()) return Done{};
    // Before the rest: what is made anew of it meanwhile is looked through, too.
    if (auto stripped = snapshots_.strip(); !stripped) return stripped;
    return forgetting_.run([this](const auto& work) { return exclusively(work); });
  }

 private:
  template <class F>
  std::invoke_result_t<F> writing(F&& work) {
    const std::lock_guard guard(mutex_);
    try {
      return std::forward<F>(work)();
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }

  Result<Done> exclusively(const std::function<Result<Done>(Database&)>& work) {
    return writing([&] {
      auto done = work(*database_);
      read_anew();
      return done;
    });
  }

  /// After the records may have been made anew.
  void read_anew() {
    sqlite::let_go_of_rows(*database_);
    settings_.refresh(records::chain_settings(*database_, own_store));
  }

  /// Inside the transaction: seq and id are given here, and lost again if it does not commit.
  Result<FactId> record_one(const Fact& fact, Position& position) {
    if (auto ok = check_fact(fact); !ok) return ok.error();
    if (auto ok = check_currency(fact, settings().currency); !ok) return ok.error();
    if (auto ok = believed_.check(fact); !ok) return ok.error();
    if (auto ok = terminal::check_reservations(*database_, fact, clock_.now()); !ok)
      return ok.error();
    auto body = encode(fact);
    if (!body) return body.error();
    if (position.head.seq == std::numeric_limits<Seq>::max())
      return Error{Failure::limit, "journal.full", "The journal is full", "",
                   "Enrol the terminal again."};

    Record record;
    record.seq = position.head.seq + 1;
    record.id = FactId::make(position.clock.tick(clock_.now()), identity_.terminal, identity_.epoch,
                             record.seq);
    // Ids rise with the sequence, whatever the machine's clock does: this clock only ticks on.
    assert(record.id.time() > position.head.time);
    record.type = static_cast<std::uint16_t>(type_of(fact));
    record.body = std::move(*body);
    record.hash = chain(position.head.hash, record);
    assert(record.hash != position.head.hash);
    journal::append(*database_, record);
    auto applied = records::apply(*database_, {record.id, "", numbers_}, fact, vault_.get(),
                                  records::Contradiction::refuse);
    if (!applied) return applied.error();
    terminal::audit_fact(*database_, fact);
    believed_.mark(record.seq, fact);
    position.head = {record.seq, record.hash, record.id.time()};
    return record.id;
  }

  /// What a crash leaves here is unreadable without the keys, and swept away later.
  void remove_files(std::span<const AttachedFile> files) {
    for (const AttachedFile& each : files) file_store::remove(folder_, each.owner, each.hash);
  }

  RetentionRules rules() const { return {settings(), clock_, enrolment_.has_value()}; }

  /// Nothing where they had been erased before.
  Result<Done> erase_person(const CustomerRef& ref, std::string_view reason,
                            std::string_view staff) {
    Transaction transaction(*database_);
    auto plan = plan_erasure(*database_, ref, reason, staff, clock_.local_now(),
                             settings().retention.keeping);
    if (!plan) return Done{};
    Position position = position_;
    auto id = record_one(plan->fact, position);
    if (!id) return id.error();
    forgetting_.add(*database_, plan->fact.customers, std::move(plan->values));
    // They hold the person's values.
    feed::forget_changes(*database_);
    transaction.commit();
    move_to(position);
    remove_files(plan->files);
    return Done{};
  }

  /// Looking at all customers keeps no writer waiting, and erasing one keeps it for that one.
  Result<Done> erase_idle(Instant now, Authority authority, RetentionDone& done) {
    const bool asked = authority == Authority::person;
    const auto reading = sqlite::open(database_file(folder_), {.mode = sqlite::Mode::reader});
    if (!reading) return reading.error();
    std::vector<CustomerRef> due;
    try {
      due = rules().inactive(**reading, now, asked ? erased_a_run : all_of_them);
    } catch (const DatabaseError& error) {
      return error.error();
    }
    if (!asked && due.size() > erased_unasked) {
      done.customers_waiting = static_cast<std::int64_t>(due.size());
      return Done{};
    }
    for (const CustomerRef& each : due) {
      auto erased = writing([&]() -> Result<Done> {
        // They may have come back since.
        if (!rules().is_inactive(*database_, each, now)) return Done{};
        ++done.customers_erased;
        return erase_person(each, "retention", {});
      });
      if (!erased) return erased;
    }
    return Done{};
  }

  /// `arrived`: a page to be kept first; null: there is more of one.
  Result<feed::Taken> take_part(const FeedPage* arrived) {
    feed::Taken taken;
    auto placed = writing([&]() -> Result<Done> {
      const sqlite::WithoutWaiting without(*database_);  // where it is lost it is pulled again
      Transaction transaction(*database_);
      if (arrived) terminal::note_outcomes(*database_, arrived->outcomes);
      auto kept = arrived ? feed::keep(*database_, *vault_, folder_, *arrived)
                          : Result<feed::Arrival>(feed::Arrival{true, false});
      if (!kept) return kept.error();
      auto some = kept->to_place ? feed::place_some(*database_, *vault_, folder_,
                                                    [this] { return mutex_.others_wait(); })
                                 : Result<feed::Taken>(feed::Taken{});
      if (!some) return some.error();
      some->news = some->news || kept->news;
      if (!some->erased.empty())
        forgetting_.add(*database_, some->erased, std::move(some->erased_values));
      leaving_keys::add(*database_, some->dormant);
      transaction.commit();
      taken = std::move(*some);
      if (!taken.erased.empty() || !taken.dormant.empty()) sqlite::sync_log(*database_);  // keys go
      read_anew();
      // What fails of it is done the next time.
      (void)leaving_keys::drop(*database_, *vault_, folder_);
      return Done{};
    });
    if (!placed) return placed.error();
    // What a reader in the way leaves undone waits for the next time, as after any erasure.
    if (!taken.erased.empty()) (void)forget();
    return taken;
  }

  /// After the commit.
  void move_to(const Position& position) {
    position_ = position;
    head_file_.write({position.head.seq, position.head.hash});
  }

  const std::filesystem::path folder_;
  CurrentSettings settings_;  ///< refreshed under the mutex
  const Clock& clock_;
  LockFile lock_;
  HeadFile head_file_;
  std::unique_ptr<Vault> vault_;
  mutable Door mutex_;  // guards everything below
  std::unique_ptr<Database> database_;
  terminal::Identity identity_;
  std::vector<TerminalNumber> numbers_;  ///< that this till has had
  std::optional<Enrolment> enrolment_;
  Position position_;
  BelievedClock believed_;
  Forgetting forgetting_;
  SnapshotIntake snapshots_;
};

}  // namespace

Result<Done> Book::audit(const AuditEntry& entry) { return audit(std::span(&entry, 1)); }

Result<std::unique_ptr<Book>> Book::open(const std::filesystem::path& folder, const Clock& clock,
                                         Durability durability) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_file(folder), ignored)) return no_book(folder);
  auto lock = LockFile::acquire(folder / "lock");
  if (!lock) return lock.error();
  auto settings = read_settings(folder);
  if (!settings) return settings.error();
  const auto how =
      durability == Durability::full ? sqlite::Durability::full : sqlite::Durability::normal;
  auto database = open_to_write(folder, how);
  if (!database) return database.error();
  try {
    if (terminal::identities(**database).empty()) return no_book(folder);
    if (auto ok = check_head(**database, folder); !ok) return ok.error();
    if (auto ok = check_currency(**database, settings->currency, folder); !ok) return ok.error();
    auto head_file = HeadFile::open(folder);
    if (!head_file) return head_file.error();
    auto vault = Vault::open(folder);
    if (!vault) return vault.error();
    if (auto ok = feed::upgrade_base(**database, folder); !ok) return ok.error();
    const auto anew = feed::take_what_is_understood_now(**database, **vault, folder);
    if (!anew) return anew.error();
    if (*anew) leaving_keys::add_all(**database);
    if (auto ok = leaving_keys::drop(**database, **vault, folder); !ok && !may_pass(ok.error()))
      return ok.error();
    // Nor is a log of looks that cannot be read: `customer audit` tells of it.
    (void)look_log::take_in(folder, **database);
    auto book = std::make_unique<TerminalBook>(folder, std::move(*settings), clock,
                                               std::move(*lock), std::move(*head_file),
                                               std::move(*vault), std::move(*database));
    const auto staff = take_in_old_staff(book->vault(), clock.local_now(),
                                         [&](auto facts) { return book->record_all(facts); });
    if (!staff && !may_pass(staff.error())) return staff.error();
    // What a crash left of an erasure. A reader in the way or a full disk keeps no shop from opening.
    if (auto done = book->forget(); !done && !may_pass(done.error())) return done.error();
    return std::unique_ptr<Book>(std::move(book));
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake

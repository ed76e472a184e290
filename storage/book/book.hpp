#pragma once
// The book of one terminal: its journal and its records, in one data folder.
//
//   DIR/keepsake.db   journal and records        DIR/vault.db   keys and PIN hashes
//   DIR/keepsake.toml settings                   DIR/lock       held by the one writing process
//   DIR/files/        customers' photos and documents, encrypted (file_store.hpp)
//   DIR/looks.db      who looked while another process held the folder (look_log.hpp)
//   DIR/identity/     key and certificates that the centre gave (sync/agent)
//
// record() is the only way anything is written: one transaction appends the fact and applies it to
// the records (I1, I5). One connection writes and checkpoints; each Reader is a read-only
// connection of its own, for one thread. Book itself is thread-safe.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/book/retention.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Clock;
class Reader;
class Vault;
struct ClockTrust;
struct Acknowledged;
struct AuditEntry;
struct Enrolment;
struct Fact;
struct ImportMark;
struct LineRefusal;
struct ReservationNews;
struct FactOutcome;
struct FeedCursor;
struct FeedPage;
struct Settings;
class SnapshotIntake;

/// By whose word something is done that cannot be taken back.
///   clock   by itself: only on a day that is believed, and never to many at once
///   person  somebody has seen what it would do, and said yes
enum class Authority { clock, person };
/// More customers than these are erased on the word of a person only.
inline constexpr std::size_t erased_unasked = 20;

/// normal: for the control run of the power-cut test alone.
enum class Durability { full, normal };

/// Two implementations: the one that writes (book.cpp), and one that reads beside it
/// (reading_book.cpp). Tests put another in its place, which fails in the middle of an import.
class Book {
 public:
  /// Makes the folder, settings, databases and a provisional identity. Failure::refused
  /// "book.exists".
  static Result<std::unique_ptr<Book>> create(const std::filesystem::path& folder,
                                              const Settings& settings, const Clock& clock);
  /// Failure::not_found "book.none", ::busy "book.locked" (who holds it in `where`), ::refused
  /// "schema.newer", ::corrupt. Applies missing migrations.
  static Result<std::unique_ptr<Book>> open(const std::filesystem::path& folder, const Clock& clock,
                                            Durability durability = Durability::full);
  /// For reading beside the process that writes, and without keeping it out: nothing takes the
  /// folder's lock, nothing is brought up to date. audit() alone writes (look_log.hpp); record()
  /// and its like are refused with "book.reading". Failure::not_found "book.none", ::refused
  /// "schema.older", "schema.newer".
  static Result<std::unique_ptr<Book>> open_to_read(const std::filesystem::path& folder,
                                                    const Clock& clock);
  virtual ~Book() = default;

  virtual Result<FactId> record(const Fact& fact) = 0;
  /// All in one transaction, or none; ids in order.
  virtual Result<std::vector<FactId>> record_all(std::span<const Fact> facts) = 0;
  /// The facts of an import, as record_all(), and in the same transaction what it has read.
  virtual Result<std::vector<FactId>> record_import(std::span<const Fact> facts,
                                                    std::span<const ImportMark> marks) = 0;
  virtual Result<std::unique_ptr<Reader>> reader() const = 0;

  // Customers; storage/services/customers.hpp makes the facts of changes, notes, consents, merges.
  /// Who looked at whom. Changes are kept by record() itself.
  virtual Result<Done> audit(std::span<const AuditEntry> entries) = 0;
  Result<Done> audit(const AuditEntry& entry);
  /// Records the erasure of a person under every reference they had, destroys the keys and leaves
  /// no personal value in any file of the folder. Failure::busy "erase.readers" when somebody reads
  /// on: the person is erased then, and calling it again finishes the cleaning.
  virtual Result<Done> erase(const CustomerRef& ref, std::string_view reason,
                             std::string_view staff) = 0;
  virtual Result<RetentionDue> retention_due(Instant now) = 0;
  /// What the retention rules ask for as of `now`; doing it twice changes nothing. Failure::refused
  /// "clock.ahead" when only the clock says so and is not believed.
  virtual Result<RetentionDone> run_retention(Instant now,
                                              Authority authority = Authority::clock) = 0;

  /// What the clock shows beside what is believed, which this moves on where it may. Opening the
  /// book and recording a fact look, too.
  virtual Result<ClockTrust> look_at_clock() = 0;
  /// A person says that the date is right.
  virtual Result<Done> confirm_clock() = 0;
  /// Head office has answered at `there`, by its clock (domain/values/trusted_time.hpp, heard()).
  virtual Result<Done> hear_clock(Instant there) = 0;

  virtual const Settings& settings() const = 0;
  virtual const std::filesystem::path& folder() const = 0;
  virtual Vault& vault() = 0;
  virtual std::optional<Enrolment> enrolment() const = 0;
  virtual TerminalNumber terminal() const = 0;  ///< provisional until enrolled

  /// Ends a refusal, too: it was of the former enrolment.
  virtual Result<Done> set_enrolment(const Enrolment& enrolment) = 0;
  /// Keeps why head office refuses this terminal; nothing: it does not (any more).
  virtual Result<Done> put_line_refusal(const std::optional<LineRefusal>& refusal) = 0;
  /// The acknowledged sequence never falls (I4); Failure::refused otherwise. Same transaction.
  virtual Result<Done> acknowledge(const Acknowledged& acknowledged,
                                   std::span<const FactOutcome> outcomes,
                                   std::string_view signed_answer) = 0;

  /// Takes in what head office sent down (storage/feed/FEED.md). True: the records changed. A page
  /// that does not go on from feed_cursor() changes nothing. A power cut may take the last of it away.
  virtual Result<bool> take_in(const FeedPage& page) = 0;
  /// Where the next page must begin.
  virtual Result<FeedCursor> feed_cursor() = 0;
  /// Keeps what head office has set aside for this terminal. What it wants back is not spent any more.
  /// false: another answer came first, and nothing is changed.
  virtual Result<bool> take_in(const ReservationNews& news) = 0;
  /// Head office's order is another one from now on: pull it from its start.
  virtual Result<Done> begin_feed(std::int64_t generation) = 0;

  /// For fetching the store's records as head office has them; nullptr: this book is not the one that
  /// writes.
  virtual SnapshotIntake* snapshots() = 0;

  /// A consistent copy of keepsake.db while the shop goes on, fsynced, then renamed into place.
  virtual Result<Done> backup(const std::filesystem::path& file,
                              const std::function<void(int percent)>& progress) = 0;
  virtual Result<Done> checkpoint() = 0;
};

}  // namespace keepsake

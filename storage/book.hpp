#pragma once
// The book of one terminal: its journal and its records, in one data folder.
//
//   DIR/keepsake.db   journal and records        DIR/vault.db   keys and PIN hashes
//   DIR/keepsake.toml settings                   DIR/lock       held by the one writing process
//   DIR/files/        customers' photos and documents, encrypted (file_store.hpp)
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

#include "storage/domain/basket.hpp"
#include "storage/domain/consent_text.hpp"
#include "storage/domain/customer_profile.hpp"
#include "storage/domain/customer_search.hpp"
#include "storage/domain/duplicates.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty_sale.hpp"
#include "storage/domain/points_story.hpp"
#include "storage/domain/views.hpp"
#include "storage/journal.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

/// [retention] of keepsake.toml; 0: kept for ever.
struct Retention {
  std::int64_t customers_inactive_months = 0;  ///< then a customer is erased
  std::int64_t audit_days = 365;
  bool operator==(const Retention&) const = default;
};

/// Settings of a data folder, keepsake.toml. Written by `keepsake init`.
struct Settings {
  std::string shop = "Keepsake";
  Currency currency;
  std::string time_zone = "UTC";  ///< IANA name
  std::string calling_code = "+47";
  std::string trunk_prefix;    ///< "0" where national numbers are dialled with it
  std::string country = "NO";  ///< ISO 3166-1; with a language it picks the formats
  CashStep cash_step;
  double px_per_mm = 0;  ///< 0: guess from the display
  std::string printer;   ///< "file:DIR", "tcp:HOST:PORT" or empty
  /// Under the shop's name on receipts: address, organisation number. At most
  /// limits::receipt_lines.
  std::vector<std::string> receipt_lines;
  Retention retention;
  StoredValueTerms stored_value;
  std::vector<CustomerField> customer_fields;
  std::vector<ConsentText> consent_texts;  ///< the shop's own; without one, the product's
  bool operator==(const Settings&) const = default;
};
Result<Settings> read_settings(
    const std::filesystem::path& folder);  ///< errors name file, line and remedy
Result<Done> write_settings(const std::filesystem::path& folder, const Settings& settings);

/// What the centre gave at enrolment.
struct Enrolment {
  TerminalNumber terminal;
  Epoch epoch;
  std::string store;
  std::string central_url;
  std::string central_sign_public;  ///< 32 bytes, checks signed answers
  std::string central_box_public;   ///< 32 bytes, customers' keys are sealed to it
  bool operator==(const Enrolment&) const = default;
};

struct Acknowledged {
  Seq seq = 0;
  Hash hash{};
};

/// An unusual outcome that the centre reported for one fact.
struct Outcome {
  Seq seq = 0;
  std::string code;     ///< "warranty.disputed", "fact.quarantined", ...
  std::string message;  ///< plain words, no personal data
  bool operator==(const Outcome&) const = default;
};

struct DayTotal {
  Date day;
  std::int64_t purchases = 0, purchase_minor = 0, returns = 0, return_minor = 0;
};
struct ArticleTotal {
  std::string article, name;
  std::int64_t quantity_thousandths = 0, amount_minor = 0;
};
struct CustomerTotal {
  CustomerRef customer;
  std::string label;
  std::int64_t purchases = 0, amount_minor = 0;
  Points balance;
};
struct StaffTotal {
  std::string staff;
  std::int64_t purchases = 0, amount_minor = 0, returns = 0, return_minor = 0;
};

struct ImportedDocument {
  std::string origin;
  FactId id;
  Money total;
};

/// Reads of one connection, each a consistent snapshot of its own. For one thread. Queries throw
/// nothing; a fault comes back as Error.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Result<std::optional<Article>> article_by_code(std::string_view code) = 0;
  virtual Result<std::optional<Article>> article_by_gtin(const Gtin& gtin) = 0;
  /// Prefix of any word of name or code, accents and case ignored; the best `limit` by name.
  virtual Result<std::vector<Article>> search_articles(std::string_view words,
                                                       std::size_t limit) = 0;
  virtual Result<std::optional<CustomerRef>> customer_by_phone(std::string_view e164) = 0;
  virtual Result<std::optional<CustomerRef>> customer_by_card(std::string_view card) = 0;
  virtual Result<std::optional<CustomerView>> customer(const CustomerRef& ref) = 0;
  // A customer who was merged is answered as the one that is kept.
  virtual Result<std::optional<CustomerRef>> customer_by_email(std::string_view email) = 0;
  /// Search as somebody types, the best `limit` (at most limits::search_hits). Every word typed
  /// must be the beginning of a word of the name (accents and case ignored, Cyrillic and Latin
  /// letters finding one another), of an e-mail, of a card, or digits of a phone: from its national
  /// or international beginning or, four or more, at its end. What is typed whole comes first, then
  /// names in the order of the alphabet, then beginnings of phones, cards and e-mails, then ends of
  /// phones. Those erased are never found; those merged once, as the one that is kept.
  ///
  /// Bounded however many customers there are: of two beginnings of words, those names are looked
  /// at whose first word is one of the first 300 in the alphabet to begin so (either way round); a
  /// name or e-mail beside digits or an @ is looked for among the first 1000 that these find, an
  /// e-mail or card beside a name among the first 100. Short beginnings may leave people out for
  /// that; another letter brings them.
  virtual Result<std::vector<CustomerHit>> search_customers(std::string_view words,
                                                            std::size_t limit) = 0;
  virtual Result<std::optional<CustomerProfile>> customer_profile(const CustomerRef& ref) = 0;
  /// Living customers who may be `candidate` (its `ref`: nobody, or a customer who is known), as
  /// those that are kept, most similar first, from likeness::possible_from on. Never `ref` itself,
  /// nor whom the shop told apart from it.
  virtual Result<std::vector<SimilarCustomer>> similar_customers(const CustomerProfile& candidate,
                                                                 std::size_t limit) = 0;
  /// Pairs among all living, kept customers that score at least so much and were not told apart;
  /// highest first. Seconds for 100,000 customers.
  virtual Result<std::vector<DuplicatePair>> duplicates(int least_score, std::size_t limit) = 0;
  /// Living, kept customers in order of their references, after this one (nobody: from the first).
  virtual Result<std::vector<CustomerRef>> customers_after(const CustomerRef& after,
                                                           std::size_t limit) = 0;
  /// Everything of a customer, newest first, older than `before`.
  virtual Result<std::vector<TimelineEntry>> timeline(const CustomerRef& ref,
                                                      std::optional<TimelinePlace> before,
                                                      std::size_t limit) = 0;
  /// Photos, invoices and documents, newest first; storage/customer_files.hpp reads their content.
  virtual Result<std::vector<AttachedFile>> files(const CustomerRef& ref) = 0;
  /// What moved the points, newest first, older than `before`.
  virtual Result<std::vector<PointsEntry>> points_story(const CustomerRef& ref,
                                                        std::optional<TimelinePlace> before,
                                                        std::size_t limit) = 0;
  /// Codes handed over for points, newest first.
  virtual Result<std::vector<HeldVoucher>> vouchers(const CustomerRef& ref, std::size_t limit) = 0;
  virtual Result<std::vector<MergeRecord>> merges(const CustomerRef& ref) = 0;  ///< newest first
  /// Newest first; of everybody where `ref` is nobody.
  virtual Result<std::vector<AuditEntry>> audit(const CustomerRef& ref, std::size_t limit) = 0;
  virtual Result<std::optional<Purchase>> purchase(const FactId& id) = 0;
  /// Newest first: a customer's under all their references, or of everybody where `ref` is nobody.
  virtual Result<std::vector<PurchaseSummary>> last_purchases(const CustomerRef& ref,
                                                              std::size_t limit) = 0;
  virtual Result<Programme> programme() = 0;  ///< the newest; version 0 when none
  virtual Result<std::optional<ShiftView>> open_shift() = 0;
  virtual Result<Totals> totals() = 0;
  virtual Result<std::vector<DayTotal>> by_day() = 0;
  virtual Result<std::vector<ArticleTotal>> by_article(std::size_t limit) = 0;
  virtual Result<std::vector<CustomerTotal>> by_customer(std::size_t limit) = 0;
  virtual Result<std::vector<StaffTotal>> by_staff() = 0;
  virtual Result<std::vector<ImportedDocument>> imported(
      std::string_view source) = 0;  ///< purchases and returns of origin "SOURCE:..."
  /// `origin` as the other system has it, "old-till:4711"; kept_origin() tells how it is kept.
  virtual Result<std::optional<CustomerRef>> customer_by_origin(std::string_view origin) = 0;
  /// The digests of the last import that had this origin, given in the same way.
  virtual Result<std::optional<std::string>> import_mark(std::string_view origin) = 0;
  /// What the rules ask of a customer, as of `at`. `rules`: of the newest programme (rules_of).
  virtual Result<loyalty::Member> member(const CustomerRef& ref, const loyalty::Programme& rules,
                                         LocalTime at) = 0;
  /// For returning goods of these purchases by `ref`; those that are not known are left out.
  virtual Result<ReturnBasis> return_basis(const CustomerRef& ref,
                                           std::span<const FactId> purchases,
                                           const loyalty::Programme& rules, LocalTime at) = 0;
  /// Whether this person has caused such an event before (LoyaltyEvent::cause).
  virtual Result<bool> has_earned(const CustomerRef& whose, std::string_view cause) = 0;
  /// Whether this item is under cover already; `serial` is normalised.
  virtual Result<bool> item_registered(std::string_view maker, std::string_view serial) = 0;
  virtual Result<std::optional<GiftCardView>> gift_card(
      std::string_view card) = 0;  ///< by card_name()
  /// Of whoever it is; empty, free and never lapsing where nothing is known.
  virtual Result<WalletView> wallet(const CustomerRef& ref, Currency currency) = 0;
  /// What is past its last day on `today`; may be more than one fact holds.
  virtual Result<PointsExpired> due(const loyalty::Expiry& rule, Currency currency, Date today) = 0;
  // For sync.
  virtual Result<journal::Head> head() = 0;
  virtual Result<std::vector<Record>> read(Seq from, std::size_t max_facts,
                                           std::size_t max_bytes) = 0;
  virtual Result<Acknowledged> acknowledged() = 0;
  virtual Result<std::vector<Outcome>> outcomes(std::size_t limit) = 0;
  virtual Result<std::optional<Instant>> oldest_waiting() = 0;
};

struct RetentionDone {
  std::int64_t customers_erased = 0;
  std::int64_t audit_removed = 0;
  std::int64_t files_removed = 0;  ///< that no fact names, or not any more
  bool operator==(const RetentionDone&) const = default;
};

/// What an import read of one customer; `digests` is the importer's own.
struct ImportMark {
  std::string origin;
  std::string digests;
  bool operator==(const ImportMark&) const = default;
};

class Book {
 public:
  /// Makes the folder, settings, databases and a provisional identity. Failure::refused
  /// "book.exists".
  static Result<std::unique_ptr<Book>> create(const std::filesystem::path& folder,
                                              const Settings& settings, const Clock& clock);
  /// Failure::not_found "book.none", ::busy "book.locked" (who holds it in `where`), ::refused
  /// "schema.newer", ::corrupt. Applies missing migrations.
  static Result<std::unique_ptr<Book>> open(const std::filesystem::path& folder,
                                            const Clock& clock);
  virtual ~Book() = default;

  virtual Result<FactId> record(const Fact& fact) = 0;
  /// All in one transaction, or none; ids in order.
  virtual Result<std::vector<FactId>> record_all(std::span<const Fact> facts) = 0;
  /// The facts of an import, as record_all(), and in the same transaction what it has read.
  virtual Result<std::vector<FactId>> record_import(std::span<const Fact> facts,
                                                    std::span<const ImportMark> marks) = 0;
  virtual Result<std::unique_ptr<Reader>> reader() const = 0;

  // Customers; storage/customers.hpp makes the facts of changes, notes, consents and merges.
  /// Who looked at whom. Changes are kept by record() itself.
  virtual Result<Done> audit(std::span<const AuditEntry> entries) = 0;
  Result<Done> audit(const AuditEntry& entry) { return audit(std::span(&entry, 1)); }
  /// Records the erasure of a person under every reference they had, destroys the keys and leaves
  /// no personal value in any file of the folder. Failure::busy "erase.readers" when somebody reads
  /// on: the person is erased then, and calling it again finishes the cleaning.
  virtual Result<Done> erase(const CustomerRef& ref, std::string_view reason,
                             std::string_view staff) = 0;
  /// What the retention rules ask for as of `now`; doing it twice changes nothing.
  virtual Result<RetentionDone> run_retention(Instant now) = 0;

  virtual const Settings& settings() const = 0;
  virtual const std::filesystem::path& folder() const = 0;
  virtual Vault& vault() = 0;
  virtual std::optional<Enrolment> enrolment() const = 0;
  virtual TerminalNumber terminal() const = 0;  ///< provisional until enrolled

  virtual Result<Done> set_enrolment(const Enrolment& enrolment) = 0;
  /// The acknowledged sequence never falls (I4); Failure::refused otherwise. Same transaction.
  virtual Result<Done> acknowledge(const Acknowledged& acknowledged,
                                   std::span<const Outcome> outcomes,
                                   std::string_view signed_answer) = 0;

  /// A consistent copy of keepsake.db while the shop goes on, fsynced, then renamed into place.
  virtual Result<Done> backup(const std::filesystem::path& file,
                              const std::function<void(int percent)>& progress) = 0;
  virtual Result<Done> checkpoint() = 0;
};

struct ExpiryRun {
  std::vector<FactId> facts;
  std::int64_t lots = 0;
  Points points;
  std::int64_t cards = 0;
  Money value;  ///< of the cards
  std::int64_t wallets = 0;
  Money wallet_value = {};
};
/// Lets everything lapse whose last day is before `at`'s day, under the programme's rule.
/// Idempotent, and right however long ago the last run was; a day once is enough.
Result<ExpiryRun> run_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at);

/// Read-only access for reports while another process writes.
Result<std::unique_ptr<Reader>> open_reader(const std::filesystem::path& folder);

struct Finding {
  std::string invariant;
  std::string what;
};  ///< "I3", "customer ... is below zero"
struct Verification {
  journal::Head head;
  std::vector<std::string> passed;
  std::vector<Finding> findings;
};
/// Recomputes the chain and checks every invariant that data can show. Read-only.
Result<Verification> verify(const std::filesystem::path& folder,
                            const std::function<void(Seq)>& progress);
/// I11: builds the records from the journal into `scratch` and compares content, table by table.
Result<std::vector<Finding>> rebuild_check(const std::filesystem::path& folder,
                                           const std::filesystem::path& scratch,
                                           const std::function<void(Seq)>& progress);

}  // namespace keepsake

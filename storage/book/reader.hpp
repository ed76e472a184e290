#pragma once
// Questions to the records and the journal of one terminal.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

class Currency;
class Database;
class Gtin;
class Vault;
enum class BreakdownBy;
// Whoever asks a question includes what the answer is made of.
struct Acknowledged;
struct Allowance;
struct Article;
struct ArticleRequest;
struct ArticleTotal;
struct AttachedFile;
struct AuditEntry;
struct CodeCount;
struct ContactKey;
struct CustomerHit;
struct CustomerProfile;
struct CustomerTotal;
struct CustomerView;
struct DayTotal;
struct DuplicatePair;
struct ExceptionView;
struct FactOutcome;
struct GiftCardView;
struct GroupTotal;
struct HeldVoucher;
struct KeepingTerms;
struct LineRefusal;
struct ImportedDocument;
struct ItemLookUp;
struct ItemView;
struct MergeRecord;
struct PointsEntry;
struct PointsExpired;
struct Programme;
struct Purchase;
struct PurchaseSummary;
struct Record;
struct SnapshotArriving;
struct Resource;
struct ReservationsKnown;
struct ReservationLeft;
struct GivenBack;
struct Restriction;
struct ReturnBasis;
struct SealedPin;
struct SealedStaffMember;
struct ShiftView;
struct SimilarCustomer;
struct StaffTotal;
struct TaxRate;
struct Tender;
struct TimelineEntry;
struct TimelinePlace;
struct Totals;
struct WalletView;
namespace journal {
struct Head;
}
namespace loyalty {
struct Expiry;
struct ListedCode;
struct Member;
struct Rules;
}  // namespace loyalty

/// Reads of one connection, each a consistent snapshot of its own. For one thread. Queries throw
/// nothing; a fault comes back as Error.
class Reader {
 public:
  /// `vault`: of the book that made it, which outlives it; null: opened from `folder` when needed.
  Reader(std::unique_ptr<Database> database, std::filesystem::path folder, Vault* vault);
  ~Reader();
  Result<std::optional<Article>> article_by_code(std::string_view code);
  Result<std::optional<Article>> article_by_gtin(const Gtin& gtin);
  /// One of the further codes of its labels (Article::more_codes).
  Result<std::optional<Article>> article_by_more_code(std::string_view code);
  /// Prefix of any word of name or code, accents and case ignored; the best `limit` by name.
  Result<std::vector<Article>> search_articles(std::string_view words, std::size_t limit);
  /// Rates that articles of the shop have, rising.
  Result<std::vector<TaxRate>> tax_rates();
  /// What managers changed of the catalogue at the store's tills, newest first.
  Result<std::vector<ArticleRequest>> article_requests(std::size_t limit);
  /// What managers may change of the catalogue by themselves.
  Result<Allowance> allowance();
  /// The newest about this article.
  Result<std::optional<ArticleRequest>> newest_request(std::string_view code);
  Result<std::optional<CustomerRef>> customer_by_key(const ContactKey& key);
  Result<std::optional<CustomerRef>> customer_by_phone(std::string_view e164);
  Result<std::optional<CustomerRef>> customer_by_card(std::string_view card);
  Result<std::optional<CustomerView>> customer(const CustomerRef& ref);
  // A customer who was merged is answered as the one that is kept.
  Result<std::optional<CustomerRef>> customer_by_email(std::string_view email);
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
  ///
  /// `skip`: so many of the first are left out, at most limits::search_skipped. `fields`: keys of the
  /// shop's own fields that are looked into as well, each by the beginning of any word
  /// (searchable_keys of the settings).
  Result<std::vector<CustomerHit>> search_customers(std::string_view words, std::size_t limit,
                                                    std::size_t skip = 0,
                                                    std::span<const std::string> fields = {});
  Result<std::optional<CustomerProfile>> customer_profile(const CustomerRef& ref);
  /// What would stay of them, without a name, if they were erased on that day.
  Result<std::vector<Restriction>> would_stay(const CustomerRef& ref, const KeepingTerms& terms,
                                              Date today);
  /// What head office says of this till's settings (chain_settings.hpp); empty: nothing.
  Result<std::string> chain_settings();
  /// Living customers who may be `candidate` (its `ref`: nobody, or a customer who is known), as
  /// those that are kept, most similar first, from similarity::possible_from on. Never `ref` itself,
  /// nor whom the shop told apart from it.
  Result<std::vector<SimilarCustomer>> similar_customers(const CustomerProfile& candidate,
                                                         std::size_t limit);
  /// Pairs among all living, kept customers that score at least so much and were not told apart;
  /// highest first. Seconds for 100,000 customers.
  Result<std::vector<DuplicatePair>> duplicates(int least_score, std::size_t limit);
  /// Living, kept customers who are not dormant here, in order of their references, after this one
  /// (nobody: from the first).
  Result<std::vector<CustomerRef>> customers_after(const CustomerRef& after, std::size_t limit);
  /// Everything of a customer, newest first, older than `before`.
  Result<std::vector<TimelineEntry>> timeline(const CustomerRef& ref,
                                              std::optional<TimelinePlace> before,
                                              std::size_t limit);
  /// Photos, invoices and documents, newest first; storage/services/customer_files.hpp reads their
  /// content.
  Result<std::vector<AttachedFile>> files(const CustomerRef& ref);
  /// Their own PIN, as it is kept (Vault::check_member_pin); nullopt: they have none.
  Result<std::optional<SealedPin>> member_pin(const CustomerRef& ref);
  /// What moved the points, newest first, older than `before`.
  Result<std::vector<PointsEntry>> points_story(const CustomerRef& ref,
                                                std::optional<TimelinePlace> before,
                                                std::size_t limit);
  /// Codes handed over for points, newest first.
  Result<std::vector<HeldVoucher>> vouchers(const CustomerRef& ref, std::size_t limit);
  Result<std::vector<MergeRecord>> merges(const CustomerRef& ref);  ///< newest first
  /// Newest first; of everybody where `ref` is nobody.
  Result<std::vector<AuditEntry>> audit(const CustomerRef& ref, std::size_t limit);
  Result<std::optional<Purchase>> purchase(const FactId& id);
  /// Newest first: a customer's under all their references, or of everybody where `ref` is nobody.
  Result<std::vector<PurchaseSummary>> last_purchases(const CustomerRef& ref, std::size_t limit);
  Result<Programme> programme();  ///< the newest; version 0 when none
  Result<std::optional<ShiftView>> open_shift();
  /// Who works at the store's tills, by id; Vault::open_staff has their names.
  Result<std::vector<SealedStaffMember>> staff();
  Result<Totals> totals();
  Result<std::vector<DayTotal>> by_day();
  Result<std::vector<ArticleTotal>> by_article(std::size_t limit);
  Result<std::vector<CustomerTotal>> by_customer(std::size_t limit);
  Result<std::vector<StaffTotal>> by_staff();
  Result<std::vector<GroupTotal>> breakdown(BreakdownBy by);  ///< in order of the groups
  /// Purchases and returns of origin "SOURCE:...".
  Result<std::vector<ImportedDocument>> imported(std::string_view source);
  /// `origin` as the other system has it, "old-till:4711"; kept_origin() tells how it is kept.
  Result<std::optional<CustomerRef>> customer_by_origin(std::string_view origin);
  /// The digests of the last import that had this origin, given in the same way.
  Result<std::optional<std::string>> import_mark(std::string_view origin);
  /// What the rules ask of a customer, as of `at`. `rules`: of the newest programme (rules_of).
  Result<loyalty::Member> member(const CustomerRef& ref, const loyalty::Rules& rules, LocalTime at);
  /// For returning goods of these purchases by `ref`; those that are not known are left out.
  Result<ReturnBasis> return_basis(const CustomerRef& ref, std::span<const FactId> purchases,
                                   const loyalty::Rules& rules, LocalTime at);
  /// What went back of a purchase so far, in the order of its returns and by the tender of each; a
  /// return of several purchases counts for the first that it names.
  Result<std::vector<Tender>> refunds_of(const FactId& purchase);
  /// Whether this person has caused such an event before (LoyaltyEvent::cause).
  Result<bool> has_earned(const CustomerRef& whose, std::string_view cause);
  /// What the lists of codes know of a code as somebody types it; empty where none holds it.
  Result<std::vector<loyalty::ListedCode>> listed_codes(std::string_view typed);
  /// The rewards whose list holds each of these codes.
  Result<std::vector<std::vector<std::string>>> rewards_of_codes(
      std::span<const std::string> codes);
  Result<CodeCount> count_codes(std::string_view reward);
  /// Whether this item is under cover already; `serial` is normalised.
  Result<bool> item_registered(std::string_view maker, std::string_view serial);
  /// records/warranty/items.hpp has the order.
  Result<std::vector<ItemView>> items(const ItemLookUp& look_up);
  /// By card_name(). As of `day`: what can be spent then; without one: all that is on it.
  Result<std::optional<GiftCardView>> gift_card(std::string_view card,
                                                std::optional<Date> day = std::nullopt);
  /// Of whoever it is, likewise; empty, free and never lapsing where nothing is known.
  Result<WalletView> wallet(const CustomerRef& ref, Currency currency,
                            std::optional<Date> day = std::nullopt);
  /// What is past its last day on `today`; may be more than one fact holds.
  Result<PointsExpired> due(const loyalty::Expiry& rule, Currency currency, Date today);
  // For sync.
  Result<journal::Head> head();
  Result<std::vector<Record>> read(Seq from, std::size_t max_facts, std::size_t max_bytes);
  Result<Acknowledged> acknowledged();
  /// As head office signed it; empty: there is none yet.
  Result<std::string> signed_acknowledgement();
  /// Who this folder has recorded as, oldest first.
  Result<std::vector<TerminalIdentity>> identities();
  /// nullopt: head office takes what is sent, as far as is known.
  Result<std::optional<LineRefusal>> line_refusal();
  /// What head office has set aside for this terminal of a resource (storage/book/reservations.hpp).
  Result<std::vector<ReservationLeft>> reservations(const Resource& resource, Instant now);
  Result<std::vector<ReservationLeft>> risk(std::string_view unit, Instant now);
  Result<ReservationsKnown> reservations_known();
  /// How much is here of the store's records that head office sends; nothing: none are under way.
  Result<std::optional<SnapshotArriving>> snapshot_arriving();
  /// Of the tables that records are kept in: only those of the same version are exchanged.
  static std::int64_t records_version();
  Result<std::vector<GivenBack>> given_back();
  Result<std::vector<FactOutcome>> outcomes(std::size_t limit);
  Result<std::optional<Instant>> oldest_waiting();
  // Exceptions: what the records note, and what head office answered to this terminal's facts.
  /// Those that nobody has settled, newest fact first.
  Result<std::vector<ExceptionView>> open_exceptions(std::size_t limit);
  Result<std::int64_t> count_open_exceptions();
  /// The newest settlement first.
  Result<std::vector<ExceptionView>> settled_exceptions(std::size_t limit);

 private:
  Result<Done> need_vault();
  template <class F>
  auto snapshot(F&& question) -> Result<std::invoke_result_t<F, Database&>>;
  template <class F>
  auto one_moment(F&& question) -> Result<std::invoke_result_t<F, Database&>>;

  std::unique_ptr<Database> database_;
  std::filesystem::path folder_;
  Vault* vault_;
  std::unique_ptr<Vault> own_vault_;
};

/// Read-only access for reports while another process writes.
/// Also Failure::bad_input "settings.currency".
Result<std::unique_ptr<Reader>> open_reader(const std::filesystem::path& folder);

}  // namespace keepsake

#include "storage/book/reader.hpp"

#include <algorithm>
#include <functional>

#include "storage/book/arriving_snapshot.hpp"
#include "storage/book/audit.hpp"
#include "storage/book/data_folder.hpp"
#include "storage/book/look_log.hpp"
#include "storage/book/reservations.hpp"
#include "storage/book/settings.hpp"
#include "storage/book/terminal.hpp"
#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/points_story.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/journal/journal.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/customers/duplicates.hpp"
#include "storage/records/customers/files.hpp"
#include "storage/records/customers/member_pins.hpp"
#include "storage/records/customers/members.hpp"
#include "storage/records/customers/merges.hpp"
#include "storage/records/customers/obligations.hpp"
#include "storage/records/customers/search.hpp"
#include "storage/records/loyalty/expiry.hpp"
#include "storage/records/loyalty/outcomes.hpp"
#include "storage/records/loyalty/points_story.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/loyalty/reward_codes.hpp"
#include "storage/records/reports/breakdown.hpp"
#include "storage/records/reports/exceptions.hpp"
#include "storage/records/reports/reports.hpp"
#include "storage/records/reports/timeline.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/sales/article_requests.hpp"
#include "storage/records/sales/articles.hpp"
#include "storage/records/sales/imports.hpp"
#include "storage/records/sales/purchases.hpp"
#include "storage/records/sales/returns.hpp"
#include "storage/records/schema.hpp"
#include "storage/records/till/chain_settings.hpp"
#include "storage/records/till/shifts.hpp"
#include "storage/records/till/staff.hpp"
#include "storage/records/value/stored_value.hpp"
#include "storage/records/value/wallets.hpp"
#include "storage/records/warranty/items.hpp"
#include "storage/records/warranty/warranties.hpp"
#include "storage/vault/origin.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

/// A terminal's own records carry no store.

/// A till that has a head office hands out what is dealt to it, under its present number: a copy of its
/// folder has the former ones, too.
std::optional<TerminalNumber> dealt_to(Database& database) {
  const auto enrolment = terminal::enrolment(database);
  return enrolment ? std::optional(enrolment->terminal) : std::nullopt;
}

}  // namespace

Reader::Reader(std::unique_ptr<Database> database, std::filesystem::path folder, Vault* vault)
    : database_(std::move(database)), folder_(std::move(folder)), vault_(vault) {}

Reader::~Reader() = default;

Result<Done> Reader::need_vault() {
  if (vault_ != nullptr) return Done{};
  auto opened = Vault::open(folder_);
  if (!opened) return opened.error();
  own_vault_ = std::move(*opened);
  vault_ = own_vault_.get();
  return Done{};
}

/// All statements of one question see the same moment.
template <class F>
auto Reader::snapshot(F&& question) -> Result<std::invoke_result_t<F, Database&>> {
  try {
    Transaction moment(*database_);
    auto answer = std::forward<F>(question)(*database_);
    moment.commit();
    return answer;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

/// A question whose first statement nearly always answers it: that is a snapshot by itself, and
/// beginning and ending one would cost as much again. What a chain of merges adds was so then or
/// a moment later.
template <class F>
auto Reader::one_moment(F&& question) -> Result<std::invoke_result_t<F, Database&>> {
  try {
    return std::forward<F>(question)(*database_);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<std::optional<Article>> Reader::article_by_code(std::string_view code) {
  return snapshot([&](Database& db) { return records::article_by_code(db, own_store, code); });
}

Result<std::optional<Article>> Reader::article_by_gtin(const Gtin& gtin) {
  return snapshot([&](Database& db) { return records::article_by_gtin(db, own_store, gtin); });
}

Result<std::optional<Article>> Reader::article_by_more_code(std::string_view code) {
  return snapshot([&](Database& db) { return records::article_by_more_code(db, own_store, code); });
}

Result<std::vector<Article>> Reader::search_articles(std::string_view words, std::size_t limit) {
  return snapshot(
      [&](Database& db) { return records::search_articles(db, own_store, words, limit); });
}

Result<std::vector<TaxRate>> Reader::tax_rates() {
  return snapshot([&](Database& db) { return records::tax_rates(db, own_store); });
}

Result<std::vector<ArticleRequest>> Reader::article_requests(std::size_t limit) {
  return snapshot([&](Database& db) {
    return records::article_requests(db, own_store, records::Wanted::all, limit);
  });
}

Result<Allowance> Reader::allowance() {
  return snapshot([&](Database& db) { return records::allowance(db, own_store); });
}

Result<std::optional<ArticleRequest>> Reader::newest_request(std::string_view code) {
  return snapshot([&](Database& db) { return records::newest_request(db, own_store, code); });
}

Result<std::optional<CustomerRef>> Reader::customer_by_key(const ContactKey& key) {
  if (auto ok = need_vault(); !ok) return ok.error();
  return one_moment([&](Database& db) { return records::customer_by_key(db, *vault_, key); });
}

Result<std::optional<CustomerRef>> Reader::customer_by_phone(std::string_view e164) {
  return customer_by_key({ContactKind::phone, std::string(e164)});
}

Result<std::optional<CustomerRef>> Reader::customer_by_email(std::string_view email) {
  return customer_by_key({ContactKind::email, std::string(email)});
}

Result<std::vector<CustomerHit>> Reader::search_customers(std::string_view words, std::size_t limit,
                                                          std::size_t skip,
                                                          std::span<const std::string> fields) {
  return snapshot(
      [&](Database& db) { return records::search_customers(db, words, limit, skip, fields); });
}

Result<std::optional<CustomerProfile>> Reader::customer_profile(const CustomerRef& ref) {
  return snapshot([&](Database& db) { return records::customer_profile(db, ref); });
}

Result<std::vector<Restriction>> Reader::would_stay(const CustomerRef& ref,
                                                    const KeepingTerms& terms, Date today) {
  return snapshot([&](Database& db) {
    return restrictions(records::obligations_of(db, records::canonical(db, ref), today), terms,
                        today);
  });
}

Result<std::string> Reader::chain_settings() {
  return snapshot([](Database& db) { return records::chain_settings(db, own_store); });
}

Result<std::vector<SimilarCustomer>> Reader::similar_customers(const CustomerProfile& candidate,
                                                               std::size_t limit) {
  if (auto ok = need_vault(); !ok) return ok.error();
  return snapshot([&](Database& db) { return records::similar(db, *vault_, candidate, limit); });
}

Result<std::vector<DuplicatePair>> Reader::duplicates(int least_score, std::size_t limit) {
  return snapshot([&](Database& db) { return records::duplicates(db, least_score, limit); });
}

Result<std::vector<CustomerRef>> Reader::customers_after(const CustomerRef& after,
                                                         std::size_t limit) {
  return snapshot([&](Database& db) { return records::customers_after(db, after, limit); });
}

Result<std::vector<TimelineEntry>> Reader::timeline(const CustomerRef& ref,
                                                    std::optional<TimelinePlace> before,
                                                    std::size_t limit) {
  return snapshot([&](Database& db) { return records::timeline(db, ref, before, limit); });
}

Result<std::vector<AttachedFile>> Reader::files(const CustomerRef& ref) {
  return snapshot([&](Database& db) { return records::files_of(db, records::canonical(db, ref)); });
}

Result<std::optional<SealedPin>> Reader::member_pin(const CustomerRef& ref) {
  return snapshot(
      [&](Database& db) { return records::member_pin(db, records::canonical(db, ref)); });
}

Result<std::vector<SealedStaffMember>> Reader::staff() {
  return snapshot([&](Database& db) { return records::staff(db, own_store); });
}

Result<std::vector<PointsEntry>> Reader::points_story(const CustomerRef& ref,
                                                      std::optional<TimelinePlace> before,
                                                      std::size_t limit) {
  return snapshot([&](Database& db) { return records::points_story(db, ref, before, limit); });
}

Result<std::vector<HeldVoucher>> Reader::vouchers(const CustomerRef& ref, std::size_t limit) {
  return snapshot([&](Database& db) { return records::vouchers_of(db, ref, limit); });
}

Result<std::vector<MergeRecord>> Reader::merges(const CustomerRef& ref) {
  return snapshot([&](Database& db) { return records::merges_of(db, ref); });
}

Result<std::vector<AuditEntry>> Reader::audit(const CustomerRef& ref, std::size_t limit) {
  std::vector<CustomerRef> whom;
  auto kept = snapshot([&](Database& db) {
    if (!ref.nobody()) whom = records::references_of(db, records::canonical(db, ref));
    return terminal::audit(db, whom, limit);
  });
  if (!kept) return kept;
  const auto looks = look_log::read(folder_, whom, limit);
  if (!looks) return looks.error();
  for (const AuditEntry& each : *looks)  // one that is just being taken in stands in both
    if (std::ranges::find(*kept, each) == kept->end()) kept->push_back(each);
  if (!looks->empty())
    std::ranges::stable_sort(*kept, std::greater{},
                             [](const AuditEntry& each) { return each.at.at; });
  if (kept->size() > limit) kept->resize(limit);
  return kept;
}

Result<std::optional<CustomerRef>> Reader::customer_by_card(std::string_view card) {
  return one_moment([&](Database& db) { return records::customer_by_card(db, card); });
}

Result<std::optional<CustomerView>> Reader::customer(const CustomerRef& ref) {
  return snapshot([&](Database& db) {
    auto found = records::customer(db, ref);
    if (found) found->balance_as_of = journal::head(db).time.instant();
    return found;
  });
}

Result<std::optional<Purchase>> Reader::purchase(const FactId& id) {
  return snapshot([&](Database& db) { return records::purchase(db, id); });
}

Result<std::vector<PurchaseSummary>> Reader::last_purchases(const CustomerRef& ref,
                                                            std::size_t limit) {
  return snapshot([&](Database& db) {
    if (ref.nobody()) return records::last_purchases(db, own_store, limit);
    const auto person = records::references_of(db, records::canonical(db, ref));
    return records::last_purchases(db, person, limit);
  });
}

Result<Programme> Reader::programme() {
  return snapshot([&](Database& db) { return records::newest_programme(db, own_store); });
}

Result<std::optional<ShiftView>> Reader::open_shift() {
  return snapshot([&](Database& db) {
    auto shift = records::open_shift(db, own_store, terminal::own_numbers(db));
    if (shift) shift->exceptions = terminal::count_unsettled_records(db, shift->id.seq());
    return shift;
  });
}

Result<Totals> Reader::totals() {
  return snapshot([&](Database& db) {
    Totals totals = records::totals(db, own_store);
    totals.facts = journal::head(db).seq;
    return totals;
  });
}

Result<std::vector<DayTotal>> Reader::by_day() {
  return snapshot([&](Database& db) { return records::by_day(db, own_store); });
}

Result<std::vector<ArticleTotal>> Reader::by_article(std::size_t limit) {
  return snapshot([&](Database& db) { return records::by_article(db, own_store, limit); });
}

Result<std::vector<CustomerTotal>> Reader::by_customer(std::size_t limit) {
  return snapshot([&](Database& db) { return records::by_customer(db, own_store, limit); });
}

Result<std::vector<StaffTotal>> Reader::by_staff() {
  return snapshot([&](Database& db) { return records::by_staff(db, own_store); });
}

Result<std::vector<GroupTotal>> Reader::breakdown(BreakdownBy by) {
  return snapshot([&](Database& db) { return records::breakdown(db, own_store, by); });
}

Result<std::vector<ImportedDocument>> Reader::imported(std::string_view source) {
  return snapshot([&](Database& db) { return records::imported(db, own_store, source); });
}

Result<std::optional<CustomerRef>> Reader::customer_by_origin(std::string_view origin) {
  if (auto ok = need_vault(); !ok) return ok.error();
  return snapshot([&](Database& db) {
    const auto found = records::customer_by_origin(db, own_store, kept_origin(*vault_, origin));
    return found ? found : records::customer_by_origin(db, own_store, origin);
  });
}

Result<std::optional<std::string>> Reader::import_mark(std::string_view origin) {
  if (auto ok = need_vault(); !ok) return ok.error();
  return snapshot([&](Database& db) {
    const auto mark = terminal::import_mark(db, kept_origin(*vault_, origin));
    return mark ? mark : terminal::import_mark(db, origin);
  });
}

Result<loyalty::Member> Reader::member(const CustomerRef& ref, const loyalty::Rules& rules,
                                       LocalTime at) {
  return snapshot([&](Database& db) {
    return records::member(db, own_store, records::canonical(db, ref), rules, at, dealt_to(db));
  });
}

Result<ReturnBasis> Reader::return_basis(const CustomerRef& ref, std::span<const FactId> purchases,
                                         const loyalty::Rules& rules, LocalTime at) {
  return snapshot([&](Database& db) {
    ReturnBasis basis;
    basis.member =
        records::member(db, own_store, records::canonical(db, ref), rules, at, dealt_to(db));
    // Who left since gets their items' money and points back all the same.
    basis.member.known = !ref.nobody();
    for (const FactId& id : purchases)
      if (auto sold = records::sold(db, id)) basis.purchases.push_back(std::move(*sold));
    if (basis.member.known) records::add_lots_of(db, basis.purchases, basis.member);
    return basis;
  });
}

Result<std::vector<Tender>> Reader::refunds_of(const FactId& purchase) {
  return snapshot([&](Database& db) { return records::refunds_of(db, purchase); });
}

Result<bool> Reader::has_earned(const CustomerRef& whose, std::string_view cause) {
  return snapshot([&](Database& db) { return records::has_earned(db, whose, cause); });
}

Result<std::vector<loyalty::ListedCode>> Reader::listed_codes(std::string_view typed) {
  return snapshot([&](Database& db) { return records::listed_codes(db, own_store, typed); });
}

Result<std::vector<std::vector<std::string>>> Reader::rewards_of_codes(
    std::span<const std::string> codes) {
  return snapshot([&](Database& db) { return records::rewards_of_codes(db, own_store, codes); });
}

Result<CodeCount> Reader::count_codes(std::string_view reward) {
  return snapshot([&](Database& db) { return records::count_codes(db, own_store, reward); });
}

Result<bool> Reader::item_registered(std::string_view maker, std::string_view serial) {
  return snapshot([&](Database& db) { return records::item_registered(db, maker, serial); });
}

Result<std::vector<ItemView>> Reader::items(const ItemLookUp& look_up) {
  return snapshot([&](Database& db) { return records::items(db, look_up); });
}

Result<std::optional<GiftCardView>> Reader::gift_card(std::string_view card,
                                                      std::optional<Date> day) {
  return snapshot([&](Database& db) { return records::gift_card(db, card, day); });
}

Result<WalletView> Reader::wallet(const CustomerRef& ref, Currency currency,
                                  std::optional<Date> day) {
  return snapshot([&](Database& db) {
    return records::wallet(db, records::canonical(db, ref), currency, day);
  });
}

Result<PointsExpired> Reader::due(const loyalty::Expiry& rule, Currency currency, Date today) {
  return snapshot([&](Database& db) {
    PointsExpired found;
    found.as_of = today;
    found.currency = currency;
    found.lots = records::lots_due(db, rule, today);
    found.cards = records::cards_due(db, currency, today);
    found.wallets = records::wallets_due(db, currency, today);
    return found;
  });
}

Result<journal::Head> Reader::head() {
  return snapshot([](Database& db) { return journal::head(db); });
}

Result<std::vector<Record>> Reader::read(Seq from, std::size_t max_facts, std::size_t max_bytes) {
  return snapshot([&](Database& db) { return journal::read(db, from, max_facts, max_bytes); });
}

Result<std::string> Reader::signed_acknowledgement() {
  return snapshot([](Database& db) { return terminal::signed_acknowledgement(db); });
}

Result<Acknowledged> Reader::acknowledged() {
  return snapshot([](Database& db) { return terminal::acknowledged(db); });
}

Result<std::vector<TerminalIdentity>> Reader::identities() {
  return snapshot([](Database& db) {
    std::vector<TerminalIdentity> all;
    for (const terminal::Identity& each : terminal::identities(db))
      all.push_back({each.terminal, each.epoch});
    return all;
  });
}

Result<std::vector<ReservationLeft>> Reader::reservations(const Resource& resource, Instant now) {
  return snapshot([&](Database& db) { return terminal::reservations(db, resource, now); });
}

Result<std::vector<ReservationLeft>> Reader::risk(std::string_view unit, Instant now) {
  return snapshot([&](Database& db) { return terminal::risk(db, unit, now); });
}

Result<ReservationsKnown> Reader::reservations_known() {
  return snapshot([&](Database& db) { return terminal::reservations_known(db); });
}

Result<std::vector<GivenBack>> Reader::given_back() {
  return snapshot([&](Database& db) { return terminal::given_back(db); });
}

Result<std::optional<SnapshotArriving>> Reader::snapshot_arriving() {
  return snapshot([&](Database& db) { return arriving_snapshot::progress(db, folder_); });
}

std::int64_t Reader::records_version() { return records::schema_version(); }

Result<std::optional<LineRefusal>> Reader::line_refusal() {
  return snapshot([](Database& db) { return terminal::line_refusal(db); });
}

Result<std::vector<FactOutcome>> Reader::outcomes(std::size_t limit) {
  return snapshot([&](Database& db) { return terminal::outcomes(db, limit); });
}

Result<std::optional<Instant>> Reader::oldest_waiting() {
  return snapshot([](Database& db) { return terminal::oldest_waiting(db); });
}

Result<std::vector<ExceptionView>> Reader::open_exceptions(std::size_t limit) {
  return snapshot([&](Database& db) {
    auto noted = records::unsettled(db, own_store, limit);
    std::ranges::move(terminal::unsettled_outcomes(db, limit), std::back_inserter(noted));
    return records::describe(db, std::move(noted), limit);
  });
}

Result<std::int64_t> Reader::count_open_exceptions() {
  return snapshot([](Database& db) { return terminal::count_unsettled(db); });
}

Result<std::vector<ExceptionView>> Reader::settled_exceptions(std::size_t limit) {
  return snapshot([&](Database& db) { return records::settled_exceptions(db, own_store, limit); });
}

Result<std::unique_ptr<Reader>> open_reader(const std::filesystem::path& folder) {
  auto database = open_to_read(folder);
  if (!database) return database.error();
  try {
    if (const auto settings = read_settings(folder))
      if (auto ok = check_currency(**database, settings->currency, folder); !ok) return ok.error();
  } catch (const DatabaseError& error) {
    return error.error();
  }
  return std::make_unique<Reader>(std::move(*database), folder, nullptr);
}

}  // namespace keepsake

#include "storage/audit.hpp"
#include "storage/book_files.hpp"
#include "storage/customers.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/articles.hpp"
#include "storage/records/customer_search.hpp"
#include "storage/records/customers.hpp"
#include "storage/records/duplicates.hpp"
#include "storage/records/expiry.hpp"
#include "storage/records/files.hpp"
#include "storage/records/imports.hpp"
#include "storage/records/members.hpp"
#include "storage/records/merges.hpp"
#include "storage/records/outcomes.hpp"
#include "storage/records/points_story.hpp"
#include "storage/records/programmes.hpp"
#include "storage/records/purchases.hpp"
#include "storage/records/reports.hpp"
#include "storage/records/returns.hpp"
#include "storage/records/schema.hpp"
#include "storage/records/shifts.hpp"
#include "storage/records/stored_value.hpp"
#include "storage/records/timeline.hpp"
#include "storage/records/wallets.hpp"
#include "storage/records/warranties.hpp"
#include "storage/terminal.hpp"

namespace keepsake {

namespace {

/// A terminal's own records carry no store.
constexpr std::string_view own_store;

class SnapshotReader : public Reader {
 public:
  SnapshotReader(std::unique_ptr<Database> database, std::filesystem::path folder, Vault* vault)
      : database_(std::move(database)), folder_(std::move(folder)), vault_(vault) {}

  Result<std::optional<Article>> article_by_code(std::string_view code) override {
    return snapshot([&](Database& db) { return records::article_by_code(db, own_store, code); });
  }
  Result<std::optional<Article>> article_by_gtin(const Gtin& gtin) override {
    return snapshot([&](Database& db) { return records::article_by_gtin(db, own_store, gtin); });
  }
  Result<std::vector<Article>> search_articles(std::string_view words, std::size_t limit) override {
    return snapshot(
        [&](Database& db) { return records::search_articles(db, own_store, words, limit); });
  }
  Result<std::optional<CustomerRef>> customer_by_phone(std::string_view e164) override {
    if (auto ok = need_vault(); !ok) return ok.error();
    const std::string hash = vault_->lookup_hash("phone", e164);
    return one_moment([&](Database& db) { return records::customer_by_phone_hash(db, hash); });
  }
  Result<std::optional<CustomerRef>> customer_by_email(std::string_view email) override {
    if (auto ok = need_vault(); !ok) return ok.error();
    const std::string hash = vault_->lookup_hash("email", email);
    return one_moment([&](Database& db) { return records::customer_by_email_hash(db, hash); });
  }
  Result<std::vector<CustomerHit>> search_customers(std::string_view words,
                                                    std::size_t limit) override {
    return snapshot([&](Database& db) { return records::search_customers(db, words, limit); });
  }
  Result<std::optional<CustomerProfile>> customer_profile(const CustomerRef& ref) override {
    return snapshot([&](Database& db) { return records::customer_profile(db, ref); });
  }
  Result<std::vector<SimilarCustomer>> similar_customers(const CustomerProfile& candidate,
                                                         std::size_t limit) override {
    if (auto ok = need_vault(); !ok) return ok.error();
    return snapshot([&](Database& db) { return records::similar(db, *vault_, candidate, limit); });
  }
  Result<std::vector<DuplicatePair>> duplicates(int least_score, std::size_t limit) override {
    return snapshot([&](Database& db) { return records::duplicates(db, least_score, limit); });
  }
  Result<std::vector<CustomerRef>> customers_after(const CustomerRef& after,
                                                   std::size_t limit) override {
    return snapshot([&](Database& db) { return records::customers_after(db, after, limit); });
  }
  Result<std::vector<TimelineEntry>> timeline(const CustomerRef& ref,
                                              std::optional<TimelinePlace> before,
                                              std::size_t limit) override {
    return snapshot([&](Database& db) { return records::timeline(db, ref, before, limit); });
  }
  Result<std::vector<AttachedFile>> files(const CustomerRef& ref) override {
    return snapshot(
        [&](Database& db) { return records::files_of(db, records::canonical(db, ref)); });
  }
  Result<std::vector<PointsEntry>> points_story(const CustomerRef& ref,
                                                std::optional<TimelinePlace> before,
                                                std::size_t limit) override {
    return snapshot([&](Database& db) { return records::points_story(db, ref, before, limit); });
  }
  Result<std::vector<HeldVoucher>> vouchers(const CustomerRef& ref, std::size_t limit) override {
    return snapshot([&](Database& db) { return records::vouchers_of(db, ref, limit); });
  }
  Result<std::vector<MergeRecord>> merges(const CustomerRef& ref) override {
    return snapshot([&](Database& db) { return records::merges_of(db, ref); });
  }
  Result<std::vector<AuditEntry>> audit(const CustomerRef& ref, std::size_t limit) override {
    return snapshot([&](Database& db) {
      if (ref.nobody()) return terminal::audit(db, {}, limit);
      return terminal::audit(db, records::references_of(db, records::canonical(db, ref)), limit);
    });
  }
  Result<std::optional<CustomerRef>> customer_by_card(std::string_view card) override {
    return one_moment([&](Database& db) { return records::customer_by_card(db, card); });
  }
  Result<std::optional<CustomerView>> customer(const CustomerRef& ref) override {
    return snapshot([&](Database& db) {
      auto found = records::customer(db, ref);
      if (found) found->balance_as_of = journal::head(db).time.instant();
      return found;
    });
  }
  Result<std::optional<Purchase>> purchase(const FactId& id) override {
    return snapshot([&](Database& db) { return records::purchase(db, id); });
  }
  Result<std::vector<PurchaseSummary>> last_purchases(const CustomerRef& ref,
                                                      std::size_t limit) override {
    return snapshot([&](Database& db) {
      if (ref.nobody()) return records::last_purchases(db, limit);
      const auto person = records::references_of(db, records::canonical(db, ref));
      return records::last_purchases(db, person, limit);
    });
  }
  Result<Programme> programme() override {
    return snapshot([&](Database& db) { return records::newest_programme(db, own_store); });
  }
  Result<std::optional<ShiftView>> open_shift() override {
    return snapshot([&](Database& db) { return records::open_shift(db, own_store); });
  }
  Result<Totals> totals() override {
    return snapshot([&](Database& db) {
      Totals totals = records::totals(db, std::nullopt);
      totals.facts = journal::head(db).seq;
      return totals;
    });
  }
  Result<std::vector<DayTotal>> by_day() override {
    return snapshot([&](Database& db) { return records::by_day(db, own_store); });
  }
  Result<std::vector<ArticleTotal>> by_article(std::size_t limit) override {
    return snapshot([&](Database& db) { return records::by_article(db, own_store, limit); });
  }
  Result<std::vector<CustomerTotal>> by_customer(std::size_t limit) override {
    return snapshot([&](Database& db) { return records::by_customer(db, own_store, limit); });
  }
  Result<std::vector<StaffTotal>> by_staff() override {
    return snapshot([&](Database& db) { return records::by_staff(db, own_store); });
  }
  Result<std::vector<ImportedDocument>> imported(std::string_view source) override {
    return snapshot([&](Database& db) { return records::imported(db, own_store, source); });
  }
  Result<std::optional<CustomerRef>> customer_by_origin(std::string_view origin) override {
    if (auto ok = need_vault(); !ok) return ok.error();
    return snapshot([&](Database& db) {
      const auto found = records::customer_by_origin(db, own_store, kept_origin(*vault_, origin));
      return found ? found : records::customer_by_origin(db, own_store, origin);
    });
  }
  Result<std::optional<std::string>> import_mark(std::string_view origin) override {
    if (auto ok = need_vault(); !ok) return ok.error();
    return snapshot([&](Database& db) {
      const auto mark = terminal::import_mark(db, kept_origin(*vault_, origin));
      return mark ? mark : terminal::import_mark(db, origin);
    });
  }
  Result<loyalty::Member> member(const CustomerRef& ref, const loyalty::Programme& rules,
                                 LocalTime at) override {
    return snapshot([&](Database& db) {
      return records::member(db, own_store, records::canonical(db, ref), rules, at);
    });
  }
  Result<ReturnBasis> return_basis(const CustomerRef& ref, std::span<const FactId> purchases,
                                   const loyalty::Programme& rules, LocalTime at) override {
    return snapshot([&](Database& db) {
      ReturnBasis basis;
      basis.member = records::member(db, own_store, records::canonical(db, ref), rules, at);
      for (const FactId& id : purchases)
        if (auto sold = records::sold(db, id)) basis.purchases.push_back(std::move(*sold));
      if (basis.member.known) records::add_lots_of(db, basis.purchases, basis.member);
      return basis;
    });
  }
  Result<bool> has_earned(const CustomerRef& whose, std::string_view cause) override {
    return snapshot([&](Database& db) { return records::has_earned(db, whose, cause); });
  }
  Result<bool> item_registered(std::string_view maker, std::string_view serial) override {
    return snapshot([&](Database& db) { return records::item_registered(db, maker, serial); });
  }
  Result<std::optional<GiftCardView>> gift_card(std::string_view card) override {
    return snapshot([&](Database& db) { return records::gift_card(db, card); });
  }
  Result<WalletView> wallet(const CustomerRef& ref, Currency currency) override {
    return snapshot(
        [&](Database& db) { return records::wallet(db, records::canonical(db, ref), currency); });
  }
  Result<PointsExpired> due(const loyalty::Expiry& rule, Currency currency, Date today) override {
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
  Result<journal::Head> head() override {
    return snapshot([](Database& db) { return journal::head(db); });
  }
  Result<std::vector<Record>> read(Seq from, std::size_t max_facts,
                                   std::size_t max_bytes) override {
    return snapshot([&](Database& db) { return journal::read(db, from, max_facts, max_bytes); });
  }
  Result<Acknowledged> acknowledged() override {
    return snapshot([](Database& db) { return terminal::acknowledged(db); });
  }
  Result<std::vector<Outcome>> outcomes(std::size_t limit) override {
    return snapshot([&](Database& db) { return terminal::outcomes(db, limit); });
  }
  Result<std::optional<Instant>> oldest_waiting() override {
    return snapshot([](Database& db) { return terminal::oldest_waiting(db); });
  }

 private:
  Result<Done> need_vault() {
    if (vault_ != nullptr) return Done{};
    auto opened = open_existing_vault(folder_);
    if (!opened) return opened.error();
    own_vault_ = std::move(*opened);
    vault_ = own_vault_.get();
    return Done{};
  }

  /// All statements of one question see the same moment.
  template <class F>
  auto snapshot(F&& question) -> Result<std::invoke_result_t<F, Database&>> {
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
  auto one_moment(F&& question) -> Result<std::invoke_result_t<F, Database&>> {
    try {
      return std::forward<F>(question)(*database_);
    } catch (const DatabaseError& error) {
      return error.error();
    }
  }

  std::unique_ptr<Database> database_;
  std::filesystem::path folder_;
  Vault* vault_;
  std::unique_ptr<Vault> own_vault_;
};

}  // namespace

std::unique_ptr<Reader> make_reader(std::unique_ptr<Database> database,
                                    const std::filesystem::path& folder, Vault* vault) {
  return std::make_unique<SnapshotReader>(std::move(database), folder, vault);
}

Result<std::unique_ptr<Database>> open_to_read(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(database_file(folder), ignored))
    return Error{Failure::not_found, "book.none", "There is no Keepsake data in this folder",
                 folder.string(), "Make it with keepsake init, or check the folder's name."};
  auto database = sqlite::open(database_file(folder), {.mode = sqlite::Mode::reader});
  if (!database) return database.error();
  if (auto ok = records::check_schema(**database); !ok) return ok.error();
  if (auto ok = terminal::check_schema(**database); !ok) return ok.error();
  return database;
}

Result<std::unique_ptr<Vault>> open_existing_vault(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder / "vault.db", ignored)) return Vault::open(folder);
  return Error{Failure::corrupt, "vault.missing", "The key store vault.db is missing",
               folder.string(), "Put vault.db back from a copy of this folder."};
}

Result<std::unique_ptr<Reader>> open_reader(const std::filesystem::path& folder) {
  auto database = open_to_read(folder);
  if (!database) return database.error();
  return make_reader(std::move(*database), folder, nullptr);
}

}  // namespace keepsake

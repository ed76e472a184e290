#include "kiosk/cli/imports/retail_import.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "kiosk/cli/imports/retail_facts.hpp"
#include "kiosk/cli/imports/retail_loyalty.hpp"
#include "storage/book/book.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/exchange/local_time.hpp"
#include "storage/facts/codec.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::cli::retail {
namespace {

// Together within limits::fact_body_bytes even when every text has its greatest length.
constexpr std::size_t articles_per_fact = 500;
constexpr std::size_t lines_per_commit = 25'000;  // bounds the memory of one commit

class Importing {
 public:
  Importing(Book& book, const Clock& clock, const Sales& sales, const Matches& matches,
            const Advance& advance)
      : book_(book), sales_(sales), matches_(matches), advance_(advance) {
    at_.reserve(sales.invoices.size());
    for (const auto& invoice : sales.invoices) at_.push_back(from_wall(clock, invoice.wall_s));
    customers_.resize(sales.customers.size());
    facts_.resize(sales.invoices.size());
    total_ = sales.articles.size() + sales.customers.size() + sales.invoices.size();
  }

  Result<Imported> run() {
    using Stage = Result<Done> (Importing::*)();
    for (const Stage stage :
         {&Importing::rehearse, &Importing::find_programme, &Importing::record_articles,
          &Importing::record_customers, &Importing::find_recorded, &Importing::record}) {
      if (auto ok = (this->*stage)(); !ok) return ok.error();
    }
    return imported_;
  }

 private:
  // Facts on their way into one commit, and where their ids go.
  struct Batch {
    std::vector<Fact> facts;
    std::set<std::uint32_t> customers;
    std::vector<std::uint32_t> invoices;
    std::size_t lines = 0;
    bool full() const { return facts.size() >= facts_per_commit || lines >= lines_per_commit; }
  };

  Result<Done> rehearse();
  Result<Done> find_programme();
  Result<std::vector<std::uint32_t>> missing_articles();
  Result<Done> record_articles();
  Result<std::vector<std::uint32_t>> missing_customers();
  Result<Done> record_customers();
  Result<Done> find_recorded();
  Result<Done> record();
  Result<Done> commit(Batch& batch);
  Result<Done> add(std::uint32_t invoice, Batch& batch);
  bool names(std::uint32_t invoice, const Batch& batch) const;
  Result<Fact> draft_of(std::uint32_t invoice) const;
  Result<Fact> checked_draft_of(std::uint32_t invoice) const;
  Tally& tally_of(std::uint32_t invoice) {
    return sales_.invoices[invoice].kind == Kind::sale ? imported_.purchases : imported_.returns;
  }
  Fact fact_of(std::uint32_t invoice);
  std::vector<LocalTime> first_seen() const;
  CustomerRef customer_of(const Invoice& invoice) const {
    return invoice.customer == nobody ? CustomerRef{} : customers_[invoice.customer];
  }
  void advance(std::uint64_t by) {
    if (by > 0) advance_(done_ += by, total_);
  }

  Book& book_;
  const Sales& sales_;
  const Matches& matches_;
  const Advance& advance_;
  std::unique_ptr<RetailLoyalty> loyalty_;   // none: no programme is published
  std::vector<LocalTime> at_;                // by invoice
  std::vector<std::optional<Fact>> drafts_;  // by invoice: as it will be; none: rejected
  std::vector<FactId> facts_;                // by invoice, once it is recorded
  std::vector<CustomerRef> customers_;       // by customer
  Imported imported_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

Result<Fact> Importing::draft_of(std::uint32_t index) const {
  if (sales_.invoices[index].kind == Kind::sale) {
    auto purchase = to_purchase(sales_, index, at_[index]);
    if (!purchase) return purchase.error();
    return Fact(std::move(*purchase));
  }
  auto returned = to_return(sales_, matches_, index, at_[index]);
  if (!returned) return returned.error();
  return Fact(std::move(*returned));
}

/// The draft, now that its customer and the purchases it names are recorded.
Fact Importing::fact_of(std::uint32_t index) {
  Fact fact = *std::move(drafts_[index]);
  const CustomerRef customer = customer_of(sales_.invoices[index]);
  if (auto* purchase = get_if<Purchase>(&fact)) purchase->customer = customer;
  if (auto* returned = get_if<Return>(&fact)) {
    returned->customer = customer;
    name_purchases(*returned, matches_.of(index), facts_);
  }
  return fact;
}

Result<Fact> Importing::checked_draft_of(std::uint32_t index) const {
  auto draft = draft_of(index);
  if (!draft) return draft;
  std::size_t estimate = 0;
  for (const std::uint32_t line : sales_.lines_of(sales_.invoices[index])) {
    estimate += 100 + sales_.name_of(sales_.lines[line]).size();
  }
  if (estimate < limits::fact_body_bytes / 4) return draft;
  if (const auto body = encode(*draft); !body) {
    Error error = body.error();
    error.where = "invoice " + sales_.invoices[index].number;
    return error;
  }
  return draft;
}

// Builds every fact, so that whatever is wrong shows before the first write.
Result<Done> Importing::rehearse() {
  for (const auto& article : sales_.articles) {
    if (const auto ok = to_article(sales_, article); !ok) return ok.error();
  }
  drafts_.reserve(sales_.invoices.size());
  for (std::uint32_t i = 0; i < sales_.invoices.size(); ++i) {
    auto draft = checked_draft_of(i);
    if (draft) {
      drafts_.emplace_back(*std::move(draft));
    } else {
      drafts_.emplace_back();
      imported_.rejected.push_back({i, draft.error()});
      advance(1);
    }
  }
  return Done{};
}

Result<std::vector<std::uint32_t>> Importing::missing_articles() {
  auto reader = book_.reader();
  if (!reader) return reader.error();
  std::vector<std::uint32_t> missing;
  for (std::uint32_t i = 0; i < sales_.articles.size(); ++i) {
    const auto known = (*reader)->article_by_code(sales_.articles[i].code);
    if (!known) return known.error();
    if (!*known) missing.push_back(i);
  }
  return missing;
}

Result<Done> Importing::record_articles() {
  const auto missing = missing_articles();
  if (!missing) return missing.error();
  std::vector<Fact> facts;
  CatalogueChange change;
  for (const std::uint32_t i : *missing) {
    auto article = to_article(sales_, sales_.articles[i]);
    if (!article) return article.error();
    change.put.push_back(std::move(*article));
    if (change.put.size() == articles_per_fact) facts.emplace_back(std::exchange(change, {}));
  }
  if (!change.put.empty()) facts.emplace_back(std::move(change));
  if (!facts.empty()) {
    if (const auto ids = book_.record_all(facts); !ids) return ids.error();
  }
  imported_.articles = {missing->size(), sales_.articles.size() - missing->size()};
  advance(sales_.articles.size());
  return Done{};
}

std::vector<LocalTime> Importing::first_seen() const {
  std::vector<LocalTime> first(customers_.size(),
                               LocalTime{Instant{std::numeric_limits<std::int64_t>::max()}, 0});
  for (std::size_t i = 0; i < sales_.invoices.size(); ++i) {
    const std::uint32_t customer = sales_.invoices[i].customer;
    if (customer != nobody) first[customer] = std::min(first[customer], at_[i]);
  }
  return first;
}

Result<std::vector<std::uint32_t>> Importing::missing_customers() {
  auto reader = book_.reader();
  if (!reader) return reader.error();
  std::vector<std::uint32_t> missing;
  for (std::uint32_t i = 0; i < customers_.size(); ++i) {
    const auto known = (*reader)->customer_by_origin(origin_of_customer(sales_.customers[i]));
    if (!known) return known.error();
    if (*known) {
      customers_[i] = **known;
    } else {
      missing.push_back(i);
    }
  }
  return missing;
}

Result<Done> Importing::record_customers() {
  const auto found = missing_customers();
  if (!found) return found.error();
  const auto& missing = *found;
  imported_.customers = {missing.size(), customers_.size() - missing.size()};
  advance(imported_.customers.already_there);
  const auto first = first_seen();
  for (std::size_t begin = 0; begin < missing.size(); begin += facts_per_commit) {
    const auto chunk =
        std::span(missing).subspan(begin, std::min(facts_per_commit, missing.size() - begin));
    const auto refs = book_.vault().new_customers(chunk.size());
    if (!refs) return refs.error();
    std::vector<Fact> facts;
    facts.reserve(chunk.size());
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      customers_[chunk[i]] = (*refs)[i];
      facts.emplace_back(to_enrolment(sales_.customers[chunk[i]], (*refs)[i], first[chunk[i]]));
    }
    if (const auto ids = book_.record_all(facts); !ids) return ids.error();
    advance(chunk.size());
  }
  return Done{};
}

Result<Done> Importing::commit(Batch& batch) {
  if (batch.facts.empty()) return Done{};
  const auto ids = book_.record_all(batch.facts);
  if (!ids) return ids.error();
  for (std::size_t i = 0; i < ids->size(); ++i) {
    facts_[batch.invoices[i]] = (*ids)[i];
    ++tally_of(batch.invoices[i]).added;
  }
  if (loyalty_) loyalty_->committed();
  advance(ids->size());
  batch = {};
  return Done{};
}

// What an earlier import recorded. The reader is let go before the writes: held open, it would keep
// the database from folding its log back.
Result<Done> Importing::find_recorded() {
  auto reader = book_.reader();
  if (!reader) return reader.error();
  const auto recorded = (*reader)->imported(source_name);
  if (!recorded) return recorded.error();
  std::unordered_map<std::string_view, const ImportedDocument*> by_origin;
  for (const auto& document : *recorded) by_origin.emplace(document.origin, &document);
  for (std::uint32_t i = 0; i < sales_.invoices.size(); ++i) {
    const auto& invoice = sales_.invoices[i];
    const auto there = by_origin.find(origin_of(invoice));
    if (there == by_origin.end() || !drafts_[i]) continue;
    Tally& tally = tally_of(i);
    std::int64_t minor = 0;
    for (const std::uint32_t line : sales_.lines_of(invoice))
      minor += amount_of(sales_.lines[line])->minor;  // checked by rehearse
    if (there->second->total.minor != minor) tally.differing.push_back(invoice.number);
    facts_[i] = there->second->id;
    ++tally.already_there;
    advance(1);
  }
  return Done{};
}

Result<Done> Importing::find_programme() {
  auto loyalty = RetailLoyalty::open(book_);
  if (!loyalty) return loyalty.error();
  loyalty_ = std::move(*loyalty);
  return Done{};
}

/// Whether something comes back of a purchase that is still in the batch.
bool Importing::names(std::uint32_t index, const Batch& batch) const {
  return std::ranges::any_of(matches_.of(index), [&](const Part& part) {
    return part.from &&
           std::ranges::find(batch.invoices, part.from->invoice) != batch.invoices.end();
  });
}

// What a customer earns depends on what they had, so nobody stands in one commit twice; a return
// names what is recorded.
Result<Done> Importing::add(std::uint32_t index, Batch& batch) {
  if (names(index, batch))
    if (auto ok = commit(batch); !ok) return ok;
  Fact fact = fact_of(index);
  const std::uint32_t customer = sales_.invoices[index].customer;
  if (loyalty_ && customer != nobody) {
    if (batch.customers.contains(customer))
      if (auto ok = commit(batch); !ok) return ok;
    if (auto ok = loyalty_->apply(fact); !ok) return ok;
    batch.customers.insert(customer);
  }
  batch.facts.push_back(std::move(fact));
  batch.invoices.push_back(index);
  batch.lines += sales_.lines_of(sales_.invoices[index]).size();
  return Done{};
}

Result<Done> Importing::record() {
  Batch batch;
  for (const std::uint32_t index : in_order(sales_)) {
    if (facts_[index] != FactId{} || !drafts_[index]) continue;
    if (auto ok = add(index, batch); !ok) return ok;
    if (!batch.full()) continue;
    if (auto ok = commit(batch); !ok) return ok;
  }
  return commit(batch);
}

}  // namespace

Result<Imported> import(Book& book, const Clock& clock, const Sales& sales, const Matches& matches,
                        const Advance& advance) {
  return Importing(book, clock, sales, matches, advance).run();
}

}  // namespace keepsake::cli::retail

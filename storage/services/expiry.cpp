#include "storage/services/expiry.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/trusted_time.hpp"

namespace keepsake {

namespace {

/// As many facts as the limits ask for.
std::vector<Fact> in_facts(const PointsExpired& due) {
  std::vector<Fact> facts;
  const std::size_t longest = std::max({due.lots.size(), due.cards.size(), due.wallets.size()});
  for (std::size_t first = 0; first < longest; first += limits::expiries_per_fact) {
    const auto part = [&]<class Entry>(const std::vector<Entry>& all) {
      const std::size_t begin = std::min(first, all.size());
      const std::size_t end = std::min(first + limits::expiries_per_fact, all.size());
      return std::vector<Entry>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                all.begin() + static_cast<std::ptrdiff_t>(end));
    };
    facts.emplace_back(PointsExpired{due.at, due.as_of, due.currency, part(due.lots),
                                     part(due.cards), part(due.wallets)});
  }
  return facts;
}

Result<PointsExpired> due_on(Book& book, const loyalty::Expiry& rule, LocalTime at) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  auto due = (*reader)->due(rule, book.settings().currency, at.date());
  if (due) due->at = at;
  return due;
}

ExpiryRun summed(const PointsExpired& due, Currency currency) {
  ExpiryRun run;
  run.lots = static_cast<std::int64_t>(due.lots.size());
  run.cards = static_cast<std::int64_t>(due.cards.size());
  run.wallets = static_cast<std::int64_t>(due.wallets.size());
  run.value = run.wallet_value = {0, currency};
  for (const LotExpiry& expiry : due.lots) run.points.hundredths += expiry.points.hundredths;
  for (const CardExpiry& expiry : due.cards) run.value.minor += expiry.amount.minor;
  for (const WalletExpiry& expiry : due.wallets) run.wallet_value.minor += expiry.amount.minor;
  return run;
}

}  // namespace

Points LapsedPoints::of_customer(const CustomerRef& customer) const {
  const auto found = of.find(customer);
  return found == of.end() ? Points{} : found->second;
}

Result<LapsedPoints> lapsed_points(Reader& reader, const loyalty::Expiry& rule, Currency currency,
                                   Date today) {
  const auto due = reader.due(rule, currency, today);
  if (!due) return due.error();
  LapsedPoints lapsed;
  for (const LotExpiry& expiry : due->lots) {
    lapsed.of[expiry.customer].hundredths += expiry.points.hundredths;
    lapsed.sum.hundredths += expiry.points.hundredths;
  }
  return lapsed;
}

Result<ExpiryRun> find_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at) {
  const auto due = due_on(book, rule, at);
  if (!due) return due.error();
  return summed(*due, book.settings().currency);
}

Result<ExpiryRun> run_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at) {
  const auto trust = book.look_at_clock();
  if (!trust) return trust.error();
  if (auto ok = expect_believed({trust->believed, at.at}); !ok) return ok.error();
  const auto due = due_on(book, rule, at);
  if (!due) return due.error();
  ExpiryRun run = summed(*due, book.settings().currency);
  const auto facts = in_facts(*due);
  if (facts.empty()) return run;
  auto ids = book.record_all(facts);
  if (!ids) return ids.error();
  run.facts = std::move(*ids);
  return run;
}

}  // namespace keepsake

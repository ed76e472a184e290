#include "storage/services/expiry.hpp"

#include <algorithm>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/values/limits.hpp"

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

}  // namespace

Result<ExpiryRun> run_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at) {
  const Currency currency = book.settings().currency;
  Result<PointsExpired> due = PointsExpired{};
  {
    auto reader = book.reader();
    if (!reader) return reader.error();
    due = (*reader)->due(rule, currency, at.date());
  }
  if (!due) return due.error();
  due->at = at;
  ExpiryRun run;
  run.lots = static_cast<std::int64_t>(due->lots.size());
  run.cards = static_cast<std::int64_t>(due->cards.size());
  run.wallets = static_cast<std::int64_t>(due->wallets.size());
  run.value = run.wallet_value = {0, currency};
  for (const LotExpiry& expiry : due->lots) run.points.hundredths += expiry.points.hundredths;
  for (const CardExpiry& expiry : due->cards) run.value.minor += expiry.amount.minor;
  for (const WalletExpiry& expiry : due->wallets) run.wallet_value.minor += expiry.amount.minor;
  const auto facts = in_facts(*due);
  if (facts.empty()) return run;
  auto ids = book.record_all(facts);
  if (!ids) return ids.error();
  run.facts = std::move(*ids);
  return run;
}

}  // namespace keepsake

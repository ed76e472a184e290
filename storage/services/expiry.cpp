#include "storage/services/expiry.hpp"

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/lots.hpp"
#include "storage/domain/values/trusted_time.hpp"

namespace keepsake {

namespace {

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
  if (book.enrolment())
    return Error{Failure::refused, "expiry.head-office",
                 "Head office lets points, gift cards and wallets expire", "",
                 "See what is due there: keepsake-central expire"};
  const auto trust = book.look_at_clock();
  if (!trust) return trust.error();
  if (auto ok = expect_believed(trust->at(at.at)); !ok) return ok.error();
  const auto due = due_on(book, rule, at);
  if (!due) return due.error();
  ExpiryRun run = summed(*due, book.settings().currency);
  std::vector<Fact> facts;
  for (PointsExpired& part : in_parts(*due)) facts.emplace_back(std::move(part));
  if (facts.empty()) return run;
  auto ids = book.record_all(facts);
  if (!ids) return ids.error();
  run.facts = std::move(*ids);
  return run;
}

}  // namespace keepsake

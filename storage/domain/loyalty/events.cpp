#include "storage/domain/loyalty/events.hpp"

#include <algorithm>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

Error wrong(const char* code, const char* what, const char* where) {
  return {Failure::bad_input, code, what, where, "Correct the entry"};
}

}  // namespace

Result<Done> check(const PointsExpired& expired) {
  if (!expired.as_of.ok()) return wrong("date.syntax", "The day is missing", "as_of");
  if (expired.lots.empty() && expired.cards.empty() && expired.wallets.empty())
    return wrong("expiry.empty", "Nothing expired", "lots");
  if (expired.lots.size() > limits::expiries_per_fact ||
      expired.cards.size() > limits::expiries_per_fact ||
      expired.wallets.size() > limits::expiries_per_fact)
    return Error{Failure::limit, "expiry.limit", "Too many expiries for one fact", "lots",
                 "Split the run"};
  for (const LotExpiry& expiry : expired.lots)
    if (expiry.customer.nobody() || expiry.points.hundredths <= 0)
      return wrong("expiry.lot", "An expired lot needs a customer and points", "lots");
  for (const CardExpiry& expiry : expired.cards) {
    if (expiry.amount.minor <= 0 || expiry.amount.currency != expired.currency)
      return wrong("expiry.card", "An expired gift card must have a balance", "cards");
    if (auto ok = check_text(expiry.card, limits::code_bytes, Presence::required, "cards"); !ok)
      return ok;
  }
  for (const WalletExpiry& expiry : expired.wallets)
    if (expiry.customer.nobody() || expiry.amount.minor <= 0 ||
        expiry.amount.currency != expired.currency)
      return wrong("expiry.wallet", "An expired wallet needs a customer and a balance", "wallets");
  return Done{};
}

std::vector<PointsExpired> in_parts(const PointsExpired& run) {
  std::vector<PointsExpired> parts;
  const std::size_t longest = std::max({run.lots.size(), run.cards.size(), run.wallets.size()});
  for (std::size_t first = 0; first < longest; first += limits::expiries_per_fact) {
    const auto part = [&]<class Entry>(const std::vector<Entry>& all) {
      const std::size_t begin = std::min(first, all.size());
      const std::size_t end = std::min(first + limits::expiries_per_fact, all.size());
      return std::vector<Entry>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                all.begin() + static_cast<std::ptrdiff_t>(end));
    };
    parts.push_back({run.at, run.as_of, run.currency, part(run.lots), part(run.cards),
                     part(run.wallets), run.cause});
  }
  return parts;
}

Result<Done> check(const LoyaltyEvent& event) {
  if (event.customer.nobody()) return wrong("points.nobody", "Points need a customer", "customer");
  if (event.programme_version <= 0)
    return wrong("programme.version", "Points need a programme", "programme_version");
  if (event.currency == Currency{})
    return wrong("currency.missing", "The currency is missing", "currency");
  if (auto ok = check_text(event.staff, limits::name_bytes, Presence::optional, "staff"); !ok)
    return ok;
  if (auto ok = check_text(event.event, limits::code_bytes, Presence::optional, "event"); !ok)
    return ok;
  if (auto ok = check_text(event.cause, limits::text_bytes, Presence::optional, "cause"); !ok)
    return ok;
  if (event.spend_brought_minor < 0 || event.spend_brought_minor > limits::amount_minor)
    return wrong("spend.range", "What was spent before is out of range", "spend_brought");
  if (auto ok = check(event.reservations); !ok) return ok;
  return check(event.loyalty, event.points_earned, event.currency, 0);
}

}  // namespace keepsake

#include "storage/services/withdrawal.hpp"

#include <algorithm>
#include <utility>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/issued_lots.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/services/active_programme.hpp"

namespace keepsake {

namespace {

/// What is left of their lots, pending or not; nothing where the programme keeps it.
Result<std::vector<LotExpiry>> lots_given_up(Book& book, const CustomerRef& ref, LocalTime at) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  const auto programme = active_programme(book, **reader);
  if (!programme) return programme.error();
  std::vector<LotExpiry> lots;
  if (programme->rules.points_at_withdrawal == loyalty::PointsAtWithdrawal::kept) return lots;
  const auto member = (*reader)->member(ref, programme->rules, at);
  if (!member) return member.error();
  std::vector<loyalty::LotUse> left;
  for (const loyalty::Lot& lot : member->lots)
    if (lot.remaining.hundredths > 0) left.push_back({lot.id, lot.remaining});
  const auto named = lot_points(left);
  if (!named) return named.error();
  for (const LotPoints& each : *named) lots.push_back({ref, each.lot, each.points});
  return lots;
}

bool withdraws(const CustomerProfile& now, const std::vector<Consent>& consents) {
  const auto is_membership = [](const auto& each) {
    return each.purpose == ConsentPurpose::membership;
  };
  const auto state = std::ranges::find_if(now.consents, is_membership);
  const auto said = std::ranges::find_if(consents, is_membership);
  return said != consents.end() && !said->granted &&
         (state == now.consents.end() || state->granted);
}

}  // namespace

Result<Points> points_given_up(Book& book, const CustomerRef& ref, LocalTime at) {
  const auto lots = lots_given_up(book, ref, at);
  if (!lots) return lots.error();
  Points sum;
  for (const LotExpiry& each : *lots) sum.hundredths += each.points.hundredths;
  return sum;
}

Result<std::vector<Fact>> facts_of_withdrawal(Book& book, const CustomerProfile& now,
                                              const std::vector<Consent>& consents, LocalTime at) {
  std::vector<Fact> facts;
  if (!withdraws(now, consents)) return facts;
  auto lots = lots_given_up(book, now.ref, at);
  if (!lots) return lots.error();
  for (std::size_t first = 0; first < lots->size(); first += limits::expiries_per_fact) {
    const std::size_t end = std::min(first + limits::expiries_per_fact, lots->size());
    PointsExpired expired{at, at.date(), book.settings().currency, {},
                          {}, {},        ExpiryCause::withdrawal};
    expired.lots.assign(lots->begin() + static_cast<std::ptrdiff_t>(first),
                        lots->begin() + static_cast<std::ptrdiff_t>(end));
    facts.emplace_back(std::move(expired));
  }
  return facts;
}

}  // namespace keepsake

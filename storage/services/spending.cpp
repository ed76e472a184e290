#include "storage/services/spending.hpp"

#include <algorithm>
#include <map>

#include "storage/book/reader.hpp"
#include "storage/book/reservations.hpp"
#include "storage/domain/fact.hpp"

namespace keepsake {

namespace {

using SetAside = std::vector<ReservationLeft>;

std::int64_t sum_of(const SetAside& set_aside) {
  std::int64_t sum = 0;
  for (const ReservationLeft& each : set_aside) sum += each.left;
  return sum;
}

/// Takes up to so much of it; what is still missing.
std::int64_t take(SetAside& set_aside, std::int64_t missing, std::vector<ReservationUse>& uses) {
  for (ReservationLeft& each : set_aside) {
    const std::int64_t part = std::min(each.left, missing);
    if (part == 0) continue;
    const auto named = std::ranges::find(uses, each.reservation.id, &ReservationUse::id);
    if (named == uses.end())
      uses.push_back({each.reservation.id, part});
    else
      named->quantity += part;
    each.left -= part;
    missing -= part;
  }
  return missing;
}

/// `risk`: by unit, what may be spent of it beyond what is set aside.
Result<std::optional<Shortage>> cover(Reader& reader, Fact& fact, Instant now,
                                      std::map<std::string, SetAside> risk) {
  std::vector<ReservationUse> uses;
  for (const Spending& spending : spending_of(fact)) {
    auto set_aside = reader.reservations(spending.resource, now);
    if (!set_aside) return set_aside.error();
    std::int64_t missing = take(*set_aside, spending.quantity, uses);
    missing = take(risk[spending.resource.unit], missing, uses);
    if (missing > 0) return std::optional(Shortage{spending, spending.quantity - missing});
  }
  if (auto* named = reservations_in(fact)) *named = std::move(uses);
  return std::optional<Shortage>();
}

}  // namespace

Result<std::optional<Shortage>> cover(Reader& reader, Fact& fact, Instant now) {
  return cover(reader, fact, now, {});
}

Result<std::optional<Shortage>> cover_alone(Reader& reader, Fact& fact, Instant now) {
  std::map<std::string, SetAside> risk;
  for (const Spending& spending : spending_of(fact)) {
    auto budget = reader.risk(spending.resource.unit, now);
    if (!budget) return budget.error();
    risk[spending.resource.unit] = std::move(*budget);
  }
  return cover(reader, fact, now, std::move(risk));
}

Result<std::int64_t> spendable_alone(Reader& reader, const Resource& resource, Instant now) {
  const auto set_aside = reader.reservations(resource, now);
  if (!set_aside) return set_aside.error();
  const auto risk = reader.risk(resource.unit, now);
  if (!risk) return risk.error();
  return sum_of(*set_aside) + sum_of(*risk);
}

}  // namespace keepsake

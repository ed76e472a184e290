#include "storage/services/spending.hpp"

#include <algorithm>

#include "storage/book/reader.hpp"
#include "storage/book/reservations.hpp"
#include "storage/domain/fact.hpp"

namespace keepsake {

Result<std::optional<Shortage>> cover(Reader& reader, Fact& fact, Instant now) {
  std::vector<ReservationUse> uses;
  for (const Spending& spending : spending_of(fact)) {
    const auto set_aside = reader.reservations(spending.resource, now);
    if (!set_aside) return set_aside.error();
    std::int64_t missing = spending.quantity;
    for (const ReservationLeft& each : *set_aside) {
      if (missing == 0) break;
      const std::int64_t part = std::min(each.left, missing);
      uses.push_back({each.reservation.id, part});
      missing -= part;
    }
    if (missing > 0) return std::optional(Shortage{spending, spending.quantity - missing});
  }
  if (auto* named = reservations_in(fact)) *named = std::move(uses);
  return std::optional<Shortage>();
}

Result<std::int64_t> spendable_here(Reader& reader, const Resource& resource, Instant now) {
  const auto set_aside = reader.reservations(resource, now);
  if (!set_aside) return set_aside.error();
  std::int64_t sum = 0;
  for (const ReservationLeft& each : *set_aside) sum += each.left;
  return sum;
}

}  // namespace keepsake

#pragma once
// What facts spend of what the whole chain has once, and under which reservations.

#include <vector>

#include "storage/domain/sale/reservation.hpp"

namespace keepsake {

struct Fact;

struct Spending {
  Resource resource;
  std::int64_t quantity = 0;  ///< > 0
  auto operator<=>(const Spending&) const = default;
};
/// What a fact takes out to pay with or to be handed over, each resource once, however many payments
/// name it. Points that a return takes back, and what expires, nobody spends.
std::vector<Spending> spending_of(const Fact& fact);

/// What a fact names; empty for most.
const std::vector<ReservationUse>& reservations_of(const Fact& fact);
/// The same, where it can name any: nullptr where a fact spends nothing.
std::vector<ReservationUse>* reservations_in(Fact& fact);

}  // namespace keepsake

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

enum class ShortBecause {
  offline,   ///< head office was not reached: this is what was leased to the till
  reserved,  ///< the rest is set aside for other tills
  spent,     ///< there is no more of it, whatever this till has heard
};
/// Less of something may be spent than was wanted.
struct Shortage {
  Spending wanted;
  std::int64_t here = 0;  ///< may be spent
  ShortBecause because = ShortBecause::offline;
  bool operator==(const Shortage&) const = default;
};

/// What a fact names; empty for most.
const std::vector<ReservationUse>& reservations_of(const Fact& fact);
/// The same, where it can name any: nullptr where a fact spends nothing.
std::vector<ReservationUse>* reservations_in(Fact& fact);

}  // namespace keepsake

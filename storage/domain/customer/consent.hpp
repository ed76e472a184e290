#pragma once
// Where consents stand after grants and withdrawals of several terminals, in whatever order they
// came.

#include <vector>

#include "storage/domain/customer/profile.hpp"

namespace keepsake {

/// One entry of an enrolment or a ConsentChange.
struct ConsentEvent {
  FactId fact;
  std::int32_t n = 0;
  Consent consent;
  std::vector<FactId> after;  ///< withdrawals its giver knew of
  std::string place = {};     ///< where it was said; empty at joining
  bool operator==(const ConsentEvent&) const = default;
};

/// A withdrawal stands until a later grant of the same purpose names it. A purpose is granted when
/// it was ever granted and no withdrawal stands. By purpose; the order of `events` does not matter.
std::vector<ConsentState> standing(const std::vector<ConsentEvent>& events);

/// Whoever withdrew the consent to membership, or refused it, is no member: they earn and redeem
/// nothing. Who was never asked (of a list from elsewhere) is one.
bool left_membership(const std::vector<ConsentState>& states);

}  // namespace keepsake

#pragma once
// A member's own PIN, by which they show who they are where they have no card with them.

#include <string>

#include "storage/domain/customer/customer.hpp"

namespace keepsake {

/// Member's PIN given or taken away. Of several, from whichever terminals, the latest by its id
/// stands.
struct MemberPinChange {
  CustomerRef customer;
  std::string sealed;  ///< a verifier under the customer's key ("pin"); empty: no PIN any more
  std::string staff;   ///< who vouched; empty: the customer, with their card
  LocalTime at;
  bool operator==(const MemberPinChange&) const = default;
};

/// The PIN that stands, as it is kept.
struct SealedPin {
  CustomerRef owner;  ///< the reference whose key it is sealed under
  std::string sealed;
  bool operator==(const SealedPin&) const = default;
};

}  // namespace keepsake

#pragma once

#include <string>

#include "storage/domain/customer/customer.hpp"

namespace keepsake {

/// The key of one customer's profile on its way to another vault. In the open, inside a vault, it
/// is a crypto::CustomerKey.
struct SealedKey {
  CustomerRef customer;
  std::string bytes;  ///< the key, sealed to one recipient's public key
  bool operator==(const SealedKey&) const = default;
};

}  // namespace keepsake

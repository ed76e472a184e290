#pragma once
// What stands for a PIN once it was right: the PIN itself is forgotten, and what the screen believes
// opens nothing.

#include <string>
#include <string_view>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {
class Vault;
}

namespace keepsake::app {

/// That this customer's PIN was typed at `at`, with the vault's keyed hash of it.
std::string proof_of_pin(const Vault& vault, const CustomerRef& customer, Instant at);
/// Of this customer, and not older than a visit may last.
bool is_proof_of_pin(const Vault& vault, std::string_view proof, const CustomerRef& customer,
                     Instant now);

}  // namespace keepsake::app

#pragma once
// A profile as sealed bytes: nonce (24) | XChaCha20-Poly1305 of the padded profile, the customer's
// reference as associated data. Padding to 64 bytes hides how long a name is. The profile: version
// 1, or 2 with a card; each text as its length (u16) and UTF-8: name, phone, e-mail, address, in
// version 2 the card; birthday as days since 1970 (i32, the least value: none). Big-endian.

#include <optional>
#include <string>

#include "storage/domain/customer/customer.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake::crypto {

std::string seal(const CustomerKey& key, const CustomerRef& customer, const Profile& profile);
/// nullopt: the bytes are not of this key and customer, or damaged.
std::optional<Profile> unseal(const CustomerKey& key, const CustomerRef& customer,
                              std::string_view sealed);

/// Any bytes, in the same form; the associated data is the reference followed by `kind`.
std::string seal_bytes(const CustomerKey& key, const CustomerRef& customer, std::string_view kind,
                       std::string_view plain);
std::optional<std::string> unseal_bytes(const CustomerKey& key, const CustomerRef& customer,
                                        std::string_view kind, std::string_view sealed);

}  // namespace keepsake::crypto

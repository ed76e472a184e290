#pragma once
// What others need of cryptography beside the vault.

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/domain/values/hash.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

Hash sha256(std::string_view bytes);
bool verify_signature(std::string_view message, std::string_view signature,
                      std::string_view sign_public);
bool equal_constant_time(std::string_view a, std::string_view b);
std::string random_bytes(std::size_t n);
Bytes16 random_bytes16();
/// Only the folder with this box key can open it (Vault::open_sealed). Failure::bad_input
/// "vault.recipient" when the key is not 32 bytes.
Result<std::string> seal_for(std::string_view bytes, std::string_view recipient_public);

}  // namespace keepsake

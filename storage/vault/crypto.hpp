#pragma once
// What others need of cryptography beside the vault.

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/domain/values/hash.hpp"

namespace keepsake {

Hash sha256(std::string_view bytes);
bool verify_signature(std::string_view message, std::string_view signature,
                      std::string_view sign_public);
bool equal_constant_time(std::string_view a, std::string_view b);
std::string random_bytes(std::size_t n);

}  // namespace keepsake

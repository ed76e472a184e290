#pragma once
// A SHA-256: of a place in a chain of facts, or of a file's content. storage/vault computes it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

using Hash = std::array<std::uint8_t, 32>;

/// The 32 bytes, as columns and messages hold them.
inline std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
/// nullopt: not 32 bytes.
std::optional<Hash> hash_from(std::string_view bytes);

std::string to_hex(const Hash& hash);
Result<Hash> parse_hash(std::string_view hex);  ///< Failure::bad_input "hash.syntax"

}  // namespace keepsake

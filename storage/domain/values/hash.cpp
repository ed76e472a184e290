#include "storage/domain/values/hash.hpp"

#include <cstring>

#include "storage/domain/values/hex.hpp"

namespace keepsake {

std::optional<Hash> hash_from(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

std::string to_hex(const Hash& hash) { return hex_of(hash); }

Result<Hash> parse_hash(std::string_view hex) {
  Hash hash{};
  if (read_hex(hex, hash)) return hash;
  return Error{Failure::bad_input, "hash.syntax", "A file is named by 64 digits 0-9 a-f", "HASH",
               "Take it from `keepsake customer files`."};
}

}  // namespace keepsake

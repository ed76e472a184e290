#include "storage/vault/origin.hpp"

#include <algorithm>

#include "storage/domain/values/hex.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

std::string kept_origin(const Vault& vault, std::string_view origin) {
  if (origin.empty()) return {};
  constexpr std::size_t hash_bytes = 15;  // with the system's name it fits into limits::code_bytes
  const std::string hash = vault.lookup_hash("origin", origin).substr(0, hash_bytes);
  std::string kept(origin.substr(0, std::min(origin.find(':'), origin.size())));
  kept += ':';
  return kept + hex_of({reinterpret_cast<const std::uint8_t*>(hash.data()), hash.size()});
}

}  // namespace keepsake

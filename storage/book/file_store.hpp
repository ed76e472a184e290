#pragma once
// The contents of customers' files in a data folder:
//
//   DIR/files/ab/HASH.OWNER        HASH: SHA-256 of the content, ab: its first byte, OWNER: the
//   DIR/files/ab/HASH.OWNER.small  customer's reference; all in hexadecimal. The second: thumbnail
//
// Sealed under the owner's key, bound to the hash. A file is whole on the disk before the fact that
// names it; one that no fact names is harmless and swept away later.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/customer/file.hpp"

namespace keepsake {
class Vault;
}  // namespace keepsake

namespace keepsake::file_store {

enum class Part { content, thumbnail };

std::filesystem::path path_of(const std::filesystem::path& folder, const CustomerRef& owner,
                              const Hash& hash, Part part);

/// Durable before it returns. Failure::unavailable, "vault.no-key".
Result<Done> put(const std::filesystem::path& folder, Vault& vault, const CustomerRef& owner,
                 const Hash& hash, Part part, std::string_view plain);
/// Failure::not_found "file.missing", ::corrupt "file.damaged", ::not_found "vault.no-key".
Result<std::string> get(const std::filesystem::path& folder, Vault& vault, const CustomerRef& owner,
                        const Hash& hash, Part part);
/// Both parts; what is not there is no error.
void remove(const std::filesystem::path& folder, const CustomerRef& owner, const Hash& hash);

/// Removes what `is_named` knows nothing of, and half-written files. What was written within the
/// last hour stays: its fact may be on its way. Gives the number of files removed.
std::int64_t sweep(const std::filesystem::path& folder,
                   const std::function<bool(const CustomerRef&, const Hash&)>& is_named);

}  // namespace keepsake::file_store

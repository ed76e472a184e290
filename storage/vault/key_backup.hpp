#pragma once
// The vault in one file under a passphrase, to be kept apart from the data: whoever has both the
// data and the keys can read what the shop knows of people, and whoever erases a person cannot
// reach such a file (storage/book/STORAGE.md, Copies).
//
//   "KPKEYS1\n" | salt, 16 | header of the stream, 24 | pieces of 64 KiB, each with its 17 bytes
//
// The key: Argon2id (moderate) of passphrase and salt; the stream: XChaCha20-Poly1305 of libsodium
// (crypto_secretstream), which notices whatever was changed, cut off or swapped.

#include <filesystem>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

inline constexpr std::size_t passphrase_least = 12;  ///< characters of a passphrase
inline constexpr std::size_t passphrase_most = 1024;

/// Of the vault in `folder`, while others use it; readable by its owner alone, there whole or not
/// at all, in place of nothing. Failure::bad_input "passphrase.short", "file.exists", ::not_found
/// "vault.none", ::unavailable.
Result<Done> back_up_keys(const std::filesystem::path& folder, const std::filesystem::path& file,
                          std::string_view passphrase);

/// Puts the vault into a folder that has none, or this very one. Failure::refused "vault.exists",
/// ::refused
/// "keys.passphrase" (another one, or the file is damaged), ::bad_input "keys.syntax".
/// Who was erased since the file was made has a key in it: the caller destroys those
/// (storage/book/backup.hpp).
Result<Done> restore_keys(const std::filesystem::path& file, const std::filesystem::path& folder,
                          std::string_view passphrase);

}  // namespace keepsake

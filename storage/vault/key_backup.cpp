#include "storage/vault/key_backup.hpp"

#include <array>

#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake {

namespace {

using crypto::raw;

constexpr std::string_view magic = "KPKEYS1\n";
constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::size_t sealed_piece = piece_bytes + crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t head_bytes =
    magic.size() + crypto_pwhash_SALTBYTES + crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t file_most = std::size_t{4} << 30U;  // some thirty million customers

/// Zeroed when it goes.
struct Secret {
  std::string bytes;
  Secret() = default;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { sodium_memzero(bytes.data(), bytes.size()); }
};

struct StreamKey {
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> bytes{};
  crypto_secretstream_xchacha20poly1305_state state{};
  StreamKey() = default;
  StreamKey(const StreamKey&) = delete;
  StreamKey& operator=(const StreamKey&) = delete;
  ~StreamKey() {
    sodium_memzero(bytes.data(), bytes.size());
    sodium_memzero(&state, sizeof state);
  }
};

Result<Done> derive(std::string_view passphrase, std::string_view salt, StreamKey& key) {
  if (!crypto::ready() ||
      crypto_pwhash(key.bytes.data(), key.bytes.size(), passphrase.data(), passphrase.size(),
                    raw(salt), crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    return Error{Failure::unavailable, "keys.memory", "Not enough memory", "",
                 "Close other programs; 256 MB are needed."};
  return Done{};
}

Result<std::string> sealed(std::string_view plain, std::string_view passphrase) {
  if (!crypto::ready())
    return Error{Failure::internal, "keys.random", "The system's random generator failed", "", ""};
  std::string out(magic);
  std::string salt(crypto_pwhash_SALTBYTES, '\0');
  randombytes_buf(salt.data(), salt.size());
  StreamKey key;
  if (auto ok = derive(passphrase, salt, key); !ok) return ok.error();
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES> header{};
  crypto_secretstream_xchacha20poly1305_init_push(&key.state, header.data(), key.bytes.data());
  out.append(salt).append(reinterpret_cast<const char*>(header.data()), header.size());
  std::string piece(sealed_piece, '\0');
  do {
    const std::string_view now = plain.substr(0, piece_bytes);
    plain.remove_prefix(now.size());
    unsigned long long size = 0;
    crypto_secretstream_xchacha20poly1305_push(
        &key.state, reinterpret_cast<unsigned char*>(piece.data()), &size, raw(now), now.size(),
        nullptr, 0, plain.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
    out.append(piece, 0, static_cast<std::size_t>(size));
  } while (!plain.empty());
  return out;
}

Error wrong() {
  return {Failure::refused, "keys.passphrase", "Wrong passphrase", "",
          "Try again; if the passphrase is right, the file is damaged: use another copy."};
}

Result<Done> open_sealed(std::string_view file, std::string_view passphrase, Secret& plain) {
  if (!file.starts_with(magic) || file.size() < head_bytes)
    return Error{Failure::bad_input, "keys.syntax", "Not a backup of keys", "",
                 "Choose the file that keepsake backup --keys made."};
  StreamKey key;
  if (auto ok = derive(passphrase, file.substr(magic.size(), crypto_pwhash_SALTBYTES), key); !ok)
    return ok;
  const auto header = file.substr(magic.size() + crypto_pwhash_SALTBYTES,
                                  crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  if (crypto_secretstream_xchacha20poly1305_init_pull(&key.state, raw(header), key.bytes.data()) !=
      0)
    return wrong();
  file.remove_prefix(head_bytes);
  plain.bytes.resize(file.size());
  std::size_t done = 0;
  unsigned char tag = 0;
  while (!file.empty()) {
    const std::string_view piece = file.substr(0, sealed_piece);
    file.remove_prefix(piece.size());
    unsigned long long size = 0;
    if (piece.size() < crypto_secretstream_xchacha20poly1305_ABYTES ||
        crypto_secretstream_xchacha20poly1305_pull(
            &key.state, reinterpret_cast<unsigned char*>(plain.bytes.data()) + done, &size, &tag,
            raw(piece), piece.size(), nullptr, 0) != 0)
      return wrong();
    done += static_cast<std::size_t>(size);
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL && !file.empty()) return wrong();
  }
  if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) return wrong();  // cut off
  plain.bytes.resize(done);
  return Done{};
}

}  // namespace

Result<Done> back_up_keys(const std::filesystem::path& folder, const std::filesystem::path& file,
                          std::string_view passphrase) {
  if (passphrase.size() < passphrase_least || passphrase.size() > passphrase_most)
    return Error{Failure::bad_input, "passphrase.short", "The passphrase is too short", "",
                 "Use at least " + std::to_string(passphrase_least) +
                     " characters: four or more words that do not belong together."};
  if (auto ok = check_new(file); !ok) return ok;
  const auto source = folder / "vault.db";
  std::error_code ignored;
  if (!std::filesystem::exists(source, ignored))
    return Error{Failure::not_found, "vault.none", "There is no vault in this folder",
                 folder.string(), "Check the folder's name."};
  Secret plain;
  try {
    auto database = sqlite::open(source, {.log = sqlite::Log::rollback});
    if (!database) return database.error();
    // While this one might write nobody else does, and the file is whole.
    const Transaction hold(**database);
    auto keys = read_whole(source, file_most);
    if (!keys) return keys.error();
    plain.bytes = std::move(*keys);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  auto bytes = sealed(plain.bytes, passphrase);
  if (!bytes) return bytes.error();
  return write_durably(file, *bytes);
}

Result<Done> restore_keys(const std::filesystem::path& file, const std::filesystem::path& folder,
                          std::string_view passphrase) {
  const auto bytes = read_whole(file, file_most);
  if (!bytes) return bytes.error();
  Secret plain;
  if (auto ok = open_sealed(*bytes, passphrase, plain); !ok) return ok;
  const auto target = folder / "vault.db";
  std::error_code ignored;
  if (!std::filesystem::exists(target, ignored)) return write_durably(target, plain.bytes);
  Secret there;
  if (auto keys = read_whole(target, file_most)) there.bytes = std::move(*keys);
  // What an earlier try has brought.
  if (there.bytes == plain.bytes) return Done{};
  return Error{Failure::refused, "vault.exists", "This folder already has its keys",
               target.string(), "Move vault.db away first if it is damaged."};
}

}  // namespace keepsake

#include "storage/vault/file_key.hpp"

#include <sodium.h>

#include "storage/domain/values/big_endian.hpp"
#include "storage/vault/crypto.hpp"
#include "storage/vault/secret_bytes.hpp"

namespace keepsake {

namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(FileKey::sealing_bytes == nonce_bytes + tag_bytes);

std::string named(const Bytes16& file, std::uint32_t part) {
  std::string bytes(reinterpret_cast<const char*>(file.data()), file.size());
  put_big_endian(bytes, part);
  return bytes;
}

}  // namespace

FileKey FileKey::make() { return FileKey(random_bytes(key_bytes)); }

std::optional<FileKey> FileKey::from(std::string_view bytes) {
  if (bytes.size() != key_bytes) return std::nullopt;
  return FileKey(std::string(bytes));
}

FileKey::~FileKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::string FileKey::seal(const Bytes16& file, std::uint32_t part, std::string_view plain) const {
  const std::string name = named(file, part);
  std::string sealed = random_bytes(nonce_bytes);
  sealed.resize(nonce_bytes + plain.size() + tag_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      crypto::raw(sealed) + nonce_bytes, nullptr, crypto::raw(plain), plain.size(),
      crypto::raw(name), name.size(), nullptr, crypto::raw(sealed), crypto::raw(bytes_));
  return sealed;
}

std::optional<std::string> FileKey::open(const Bytes16& file, std::uint32_t part,
                                         std::string_view sealed) const {
  if (sealed.size() < sealing_bytes) return std::nullopt;
  const std::string name = named(file, part);
  std::string plain(sealed.size() - sealing_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          crypto::raw(plain), nullptr, nullptr, crypto::raw(sealed) + nonce_bytes,
          sealed.size() - nonce_bytes, crypto::raw(name), name.size(), crypto::raw(sealed),
          crypto::raw(bytes_)) != 0)
    return std::nullopt;
  return plain;
}

}  // namespace keepsake

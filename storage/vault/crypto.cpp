#include "storage/vault/crypto.hpp"

#include <algorithm>
#include <cassert>

#include "storage/vault/secret_bytes.hpp"

namespace keepsake {

bool crypto::ready() {
  static const bool initialised = sodium_init() >= 0;
  return initialised;
}

Hash sha256(std::string_view bytes) {
  Hash digest{};
  static_assert(digest.size() == crypto_hash_sha256_BYTES);
  crypto_hash_sha256(digest.data(), crypto::raw(bytes), bytes.size());
  return digest;
}

bool verify_signature(std::string_view message, std::string_view signature,
                      std::string_view sign_public) {
  if (!crypto::ready() || signature.size() != crypto_sign_BYTES ||
      sign_public.size() != crypto_sign_PUBLICKEYBYTES)
    return false;
  return crypto_sign_verify_detached(crypto::raw(signature), crypto::raw(message), message.size(),
                                     crypto::raw(sign_public)) == 0;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<std::string> seal_for(std::string_view bytes, std::string_view recipient_public) {
  [[maybe_unused]] const bool initialised = crypto::ready();
  assert(initialised);
  if (recipient_public.size() != crypto_box_PUBLICKEYBYTES)
    return Error{Failure::bad_input, "vault.recipient", "The recipient's key is not 32 bytes", "",
                 "Enrol this terminal again."};
  std::string sealed(crypto_box_SEALBYTES + bytes.size(), '\0');
  crypto_box_seal(crypto::raw(sealed), crypto::raw(bytes), bytes.size(),
                  crypto::raw(recipient_public));
  return sealed;
}

Bytes16 random_bytes16() {
  Bytes16 bytes{};
  std::ranges::copy(random_bytes(bytes.size()), bytes.begin());
  return bytes;
}

std::string random_bytes(std::size_t n) {
  [[maybe_unused]] const bool initialised = crypto::ready();
  assert(initialised);
  std::string bytes(n, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace keepsake

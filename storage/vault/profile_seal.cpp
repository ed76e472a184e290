#include "storage/vault/profile_seal.hpp"

#include <cassert>
#include <limits>
#include <memory>

#include "storage/domain/values/big_endian.hpp"

namespace keepsake::crypto {

namespace {

constexpr char without_card = 1;
constexpr char with_card = 2;
constexpr std::size_t padding = 64;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::int32_t no_birthday = std::numeric_limits<std::int32_t>::min();

/// Plain personal data for the length of one operation.
struct Plain {
  std::string bytes;
  ~Plain() { sodium_memzero(bytes.data(), bytes.size()); }
};

void put(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size() >> 8);
  out += static_cast<char>(text.size() & 0xff);
  out += text;
}

bool take(std::string_view& in, std::string& text) {
  if (in.size() < 2) return false;
  const std::size_t size = static_cast<std::size_t>(raw(in)[0]) << 8 | raw(in)[1];
  if (in.size() < 2 + size) return false;
  text = in.substr(2, size);
  in.remove_prefix(2 + size);
  return true;
}

std::optional<Profile> parse(std::string_view in) {
  if (in.empty() || (in[0] != without_card && in[0] != with_card)) return std::nullopt;
  const bool has_card = in[0] == with_card;
  in.remove_prefix(1);
  Profile profile;
  for (std::string* field : {&profile.name, &profile.phone, &profile.email, &profile.address})
    if (!take(in, *field)) return std::nullopt;
  if (has_card && !take(in, profile.card)) return std::nullopt;
  if (in.size() != 4) return std::nullopt;
  const auto days = from_big_endian<std::uint32_t>(in);
  if (static_cast<std::int32_t>(days) != no_birthday)
    profile.birthday = from_days(static_cast<std::int32_t>(days));
  return profile;
}

std::string associated(const CustomerRef& customer, std::string_view kind) {
  return std::string(customer.bytes.begin(), customer.bytes.end()).append(kind);
}

/// Padded, so that the length of what is sealed does not tell how long a name or an address is.
/// nonce | ciphertext of `plain` with ISO/IEC 7816-4 padding, as sodium_pad() would write it.
std::string seal_padded(const CustomerKey& key, const std::string& data, Plain& plain) {
  plain.bytes += '\x80';
  plain.bytes.append((padding - plain.bytes.size() % padding) % padding, '\0');
  assert(plain.bytes.size() % padding == 0);
  std::string sealed(nonce_size + plain.bytes.size() + tag_size, '\0');
  randombytes_buf(sealed.data(), nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      raw(sealed) + nonce_size, nullptr, raw(std::string_view(plain.bytes)), plain.bytes.size(),
      raw(std::string_view(data)), data.size(), nullptr, raw(sealed), key.data());
  return sealed;
}

std::unique_ptr<Plain> open_padded(const CustomerKey& key, const std::string& data,
                                   std::string_view sealed) {
  if (sealed.size() < nonce_size + tag_size) return nullptr;
  auto plain = std::make_unique<Plain>();
  plain->bytes.resize(sealed.size() - nonce_size - tag_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          raw(plain->bytes), nullptr, nullptr, raw(sealed) + nonce_size, sealed.size() - nonce_size,
          raw(std::string_view(data)), data.size(), raw(sealed), key.data()) != 0)
    return nullptr;
  std::size_t size = 0;
  if (sodium_unpad(&size, raw(plain->bytes), plain->bytes.size(), padding) != 0) return nullptr;
  assert(size < plain->bytes.size());  // the padding is one byte at least
  plain->bytes.resize(size);
  return plain;
}

}  // namespace

std::string seal(const CustomerKey& key, const CustomerRef& customer, const Profile& profile) {
  Plain plain;
  plain.bytes.reserve(1024);  // so that growing leaves no copies behind for any usual profile
  plain.bytes += profile.card.empty() ? without_card : with_card;
  for (const std::string* field : {&profile.name, &profile.phone, &profile.email, &profile.address})
    put(plain.bytes, *field);
  if (!profile.card.empty()) put(plain.bytes, profile.card);
  const auto days =
      static_cast<std::uint32_t>(profile.birthday ? to_days(*profile.birthday) : no_birthday);
  for (int shift = 24; shift >= 0; shift -= 8)
    plain.bytes += static_cast<char>(days >> shift & 0xff);
  return seal_padded(key, associated(customer, {}), plain);
}

std::optional<Profile> unseal(const CustomerKey& key, const CustomerRef& customer,
                              std::string_view sealed) {
  const auto plain = open_padded(key, associated(customer, {}), sealed);
  return plain ? parse(plain->bytes) : std::nullopt;
}

std::string seal_bytes(const CustomerKey& key, const CustomerRef& customer, std::string_view kind,
                       std::string_view plain) {
  Plain copy;
  copy.bytes.reserve(plain.size() + padding + 1);
  copy.bytes = plain;
  return seal_padded(key, associated(customer, kind), copy);
}

std::optional<std::string> unseal_bytes(const CustomerKey& key, const CustomerRef& customer,
                                        std::string_view kind, std::string_view sealed) {
  auto plain = open_padded(key, associated(customer, kind), sealed);
  if (!plain) return std::nullopt;
  return plain->bytes;
}

}  // namespace keepsake::crypto

#include <cstdlib>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "sync/pki/pki.hpp"

namespace keepsake::sync::pki {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford
constexpr std::size_t secret_size = 12;
constexpr std::size_t fingerprint_size = 16;
constexpr std::size_t typed_bytes = 100;

/// `size` characters, 5 bits each, from the front of `bytes`.
std::string base32(std::string_view bytes, std::size_t size) {
  std::string text;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(byte);
    bits += 8;
    while (bits >= 5 && text.size() < size) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31U];
    }
    buffer &= (1U << bits) - 1U;
  }
  return text;
}

/// The character meant, '\0' for none.
char meant(char typed) {
  const char c = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return alphabet.find(c) == std::string_view::npos ? '\0' : c;
}

}  // namespace

EnrolCode make_enrol_code(std::string_view authority_fingerprint) {
  unsigned char random[8];
  // Without randomness no code may exist; OpenSSL's generator fails only when the kernel's does.
  if (RAND_bytes(random, sizeof random) != 1) std::abort();
  return {base32({reinterpret_cast<char*>(random), sizeof random}, secret_size),
          base32(authority_fingerprint, fingerprint_size)};
}

std::string to_text(const EnrolCode& code) {
  const std::string all = code.secret + code.fingerprint;
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && i % 4 == 0) text += '-';
    text += all[i];
  }
  return text;
}

Result<EnrolCode> parse_enrol_code(std::string_view typed) {
  const Error wrong{Failure::bad_input,
                    "enrol.syntax",
                    "This is not an enrolment code",
                    {},
                    "Type the code exactly as the centre printed it: seven groups of four"};
  if (typed.size() > typed_bytes) return wrong;
  std::string all;
  for (const char c : typed) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const char letter = meant(c);
    if (letter == '\0') return wrong;
    all += letter;
  }
  if (all.size() != secret_size + fingerprint_size) return wrong;
  return EnrolCode{all.substr(0, secret_size), all.substr(secret_size)};
}

bool made_by(const EnrolCode& code, std::string_view authority_fingerprint) {
  const std::string expected = base32(authority_fingerprint, fingerprint_size);
  return expected.size() == fingerprint_size && code.fingerprint.size() == fingerprint_size &&
         CRYPTO_memcmp(expected.data(), code.fingerprint.data(), fingerprint_size) == 0;
}

}  // namespace keepsake::sync::pki

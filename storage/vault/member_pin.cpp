#include "storage/vault/member_pin.hpp"

#include <sodium.h>

#include "storage/domain/values/pin.hpp"

namespace keepsake::crypto {

namespace {

// Of the cost that member_pin_verifier() takes, and of no PIN: what is checked where there is nothing
// to check, so that the time does not say so.
constexpr std::string_view of_nobody =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

}  // namespace

Result<std::string> member_pin_verifier(std::string_view pin) {
  if (auto ok = check_new_pin(pin); !ok) return ok.error();
  char verifier[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(verifier, pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    return Error{Failure::unavailable, "pin.memory", "There is not enough memory for a PIN", "",
                 "Close other programs."};
  return std::string(verifier);
}

bool is_member_pin(std::string_view verifier, std::string_view pin) {
  const std::string kept(verifier.empty() ? of_nobody : verifier);
  const bool right = kept.size() < crypto_pwhash_STRBYTES &&
                     crypto_pwhash_str_verify(kept.c_str(), pin.data(), pin.size()) == 0;
  return right && !verifier.empty();
}

}  // namespace keepsake::crypto

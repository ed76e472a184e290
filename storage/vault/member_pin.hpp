#pragma once
// A member's PIN as it is kept: a text of libsodium's with salt and cost (Argon2id), sealed under the
// member's key besides, so that it dies with an erasure. Every terminal of the shop can check it.

#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake::crypto {

/// Failure::bad_input "pin.syntax", ::refused "pin.common", ::unavailable "pin.memory".
Result<std::string> member_pin_verifier(std::string_view pin);
/// Takes as long whether there is a verifier or not: empty is nobody's, and never right.
bool is_member_pin(std::string_view verifier, std::string_view pin);

}  // namespace keepsake::crypto

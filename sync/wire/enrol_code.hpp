#pragma once
// The one-time code that a person carries from the centre to a new terminal:
//
//   8 groups of 4 Crockford base-32 characters and a check character, "7K3F-9QXM-...-...-Z".
//   80 bits of secret: proves the terminal to the centre. 80 bits of SHA-256 over the DER of the
//   CA's certificate: proves the centre to the terminal, before it has told the secret to anybody.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake::sync {

struct EnrolCode {
  std::array<std::uint8_t, 10> secret{};          ///< from a good random source
  std::array<std::uint8_t, 10> ca_fingerprint{};  ///< the first 10 of the 32 bytes
  bool operator==(const EnrolCode&) const = default;
};

std::string to_text(const EnrolCode& code);

/// Reads what a person types: any case, spaces and dashes anywhere, O for 0, I and L for 1.
/// Failure::bad_input "enrol.code-length" (how many are there in `where`), "enrol.code-character"
/// (its place in `where`) or "enrol.code-check" (a character is wrong or two changed places).
/// No error repeats the code: it is a secret.
Result<EnrolCode> parse_enrol_code(std::string_view typed);

/// Whether a CA's certificate is the one that the code names. `sha256_of_der` has 32 bytes.
bool names_ca(const EnrolCode& code, std::string_view sha256_of_der);

}  // namespace keepsake::sync

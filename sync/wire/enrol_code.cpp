#include "sync/wire/enrol_code.hpp"

#include <algorithm>
#include <cassert>
#include <optional>

#include "storage/domain/values/base32.hpp"

namespace keepsake::sync {

namespace {

constexpr std::size_t payload_characters = 32;
constexpr std::size_t characters = payload_characters + 1;
constexpr std::size_t typed_bytes = 200;

using Digits = std::array<std::uint8_t, payload_characters>;

/// x times the primitive element of GF(32) with the polynomial x^5 + x^2 + 1.
std::uint8_t times_alpha(std::uint8_t x) {
  const unsigned doubled = static_cast<unsigned>(x) << 1;
  return static_cast<std::uint8_t>((doubled & 32U) ? (doubled ^ 0b100101U) : doubled);
}

/// A weighted sum over GF(32), evaluated by Horner's rule. The weights are powers of a primitive
/// element, of order 31: they differ between neighbours, so that a swap shows; none is zero, so
/// that any single wrong character shows.
std::uint8_t check_digit(const Digits& digits) {
  std::uint8_t sum = 0;
  for (const std::uint8_t digit : digits) sum = times_alpha(sum ^ digit);
  return sum;
}

bool separates(char c) { return c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// 10 bytes are exactly 16 digits of 5 bits.
void spell(const std::array<std::uint8_t, 10>& bytes, std::uint8_t* digits) {
  for (std::size_t i = 0; i < 16; ++i) {
    const std::size_t bit = i * 5;
    const unsigned high = bytes[bit / 8];
    const unsigned low = bit / 8 + 1 < bytes.size() ? bytes[bit / 8 + 1] : 0;
    digits[i] = static_cast<std::uint8_t>((((high << 8) | low) >> (11 - bit % 8)) & 31U);
  }
}

std::array<std::uint8_t, 10> read(const std::uint8_t* digits) {
  std::array<std::uint8_t, 10> bytes{};
  for (std::size_t i = 0; i < 16; ++i) {
    const std::size_t bit = i * 5;
    const unsigned pair = static_cast<unsigned>(digits[i]) << (11 - bit % 8);
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] | (pair >> 8));
    if (bit / 8 + 1 < bytes.size()) {
      bytes[bit / 8 + 1] = static_cast<std::uint8_t>(bytes[bit / 8 + 1] | (pair & 0xFFU));
    }
  }
  return bytes;
}

Error refuse(std::string code, std::string what, std::string where) {
  return {Failure::bad_input, std::move(code), std::move(what), std::move(where),
          "Type the enrolment code as the centre printed it"};
}

}  // namespace

std::string to_text(const EnrolCode& code) {
  Digits digits{};
  spell(code.secret, digits.data());
  spell(code.ca_fingerprint, digits.data() + 16);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    text += base32_digits[digits[i]];
    if (i % 4 == 3) text += '-';
  }
  text += base32_digits[check_digit(digits)];
  return text;
}

Result<EnrolCode> parse_enrol_code(std::string_view typed) {
  if (typed.size() > typed_bytes) {
    return refuse("enrol.code-length", "The enrolment code is too long", "33 characters");
  }
  Digits digits{};
  std::uint8_t check = 0;
  std::size_t count = 0;
  for (const char c : typed) {
    if (separates(c)) continue;
    const auto digit = base32_value(c);
    ++count;
    if (!digit) {
      return refuse("enrol.code-character",
                    "The enrolment code has a character that is not allowed",
                    "character " + std::to_string(count));
    }
    if (count <= payload_characters) {
      digits[count - 1] = *digit;
    } else {
      check = *digit;
    }
  }
  if (count != characters) {
    return refuse(
        "enrol.code-length",
        count < characters ? "The enrolment code is too short" : "The enrolment code is too long",
        std::to_string(count) + " of 33 characters");
  }
  if (check != check_digit(digits)) {
    return refuse("enrol.code-check", "A character of the enrolment code is wrong",
                  "check character");
  }
  return EnrolCode{read(digits.data()), read(digits.data() + 16)};
}

bool names_ca(const EnrolCode& code, std::string_view sha256_of_der) {
  assert(sha256_of_der.size() == 32);
  return std::equal(code.ca_fingerprint.begin(), code.ca_fingerprint.end(), sha256_of_der.begin(),
                    [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
}

}  // namespace keepsake::sync

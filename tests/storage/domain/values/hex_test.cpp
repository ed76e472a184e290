#include "storage/domain/values/hex.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/base32.hpp"
#include "storage/domain/values/hash.hpp"

using namespace keepsake;

TEST_CASE("bytes come back from their digits") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& bytes) {
    std::vector<std::uint8_t> back(bytes.size());
    RC_ASSERT(read_hex(hex_of(bytes), back));
    RC_ASSERT(back == bytes);
  }));
  std::vector<std::uint8_t> two(2);
  for (const char* wrong : {"", "0", "0a0", "0A0b", "0a0g", "0a0b0c"})
    CHECK_FALSE(read_hex(wrong, two));
}

TEST_CASE("a hash is 32 bytes or none") {
  Hash hash{};
  hash[0] = 0xA5;
  CHECK(hash_from(view(hash)) == hash);
  CHECK_FALSE(hash_from(view(hash).substr(1)));
  CHECK(*parse_hash(to_hex(hash)) == hash);
  CHECK(parse_hash("a5").error().code == "hash.syntax");
}

TEST_CASE("digits of base 32 as they are and as people type them") {
  CHECK(base32_digits.size() == 32);
  for (std::size_t i = 0; i < 32; ++i) {
    CHECK(base32_value(base32_digits[i]) == i);
    CHECK(base32_value(to_lower(base32_digits[i])) == i);
  }
  CHECK(base32_value('o') == 0);
  CHECK(base32_value('I') == 1);
  CHECK(base32_value('l') == 1);
  for (const char c : {'U', '-', ' ', '\0'}) CHECK_FALSE(base32_value(c));
}

TEST_CASE("letters and digits are those of ASCII") {
  CHECK(is_digit('7'));
  CHECK(is_digit(U'7'));
  CHECK_FALSE(is_digit(U'\u0667'));
  CHECK(is_all_digits("0123456789"));
  CHECK_FALSE(is_all_digits("12.5"));
  CHECK(to_upper('z') == 'Z');
  CHECK(to_lower('A') == 'a');
  CHECK(to_upper('\xE5') == '\xE5');
}

TEST_CASE("blanks at both ends go, those inside stay") {
  CHECK(trimmed("  a b ", " ") == "a b");
  CHECK(trimmed("\ta ", " ") == "\ta");
  CHECK(trimmed(" \t", " \t").empty());
  CHECK(trimmed("", " ").empty());
}

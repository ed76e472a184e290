#pragma once
// Crockford's base 32: digits that people read aloud and type without mistaking one for another.

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {

inline constexpr std::string_view base32_digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a typed digit stands for: any case, O for 0, I and L for 1. nullopt: no digit.
constexpr std::optional<std::uint8_t> base32_value(char typed) {
  char c = to_upper(typed);
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const std::size_t at = base32_digits.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(at);
}

}  // namespace keepsake

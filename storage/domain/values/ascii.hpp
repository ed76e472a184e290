#pragma once
// Letters and digits of ASCII, whatever the locale says; and what stands around a text.

#include <string_view>

namespace keepsake {

// Of char, unsigned char and char32_t alike.
template <class Char>
constexpr bool is_digit(Char c) {
  return c >= Char{'0'} && c <= Char{'9'};
}
template <class Char>
constexpr bool is_lower(Char c) {
  return c >= Char{'a'} && c <= Char{'z'};
}
template <class Char>
constexpr bool is_upper(Char c) {
  return c >= Char{'A'} && c <= Char{'Z'};
}
template <class Char>
constexpr bool is_letter_or_digit(Char c) {
  return is_digit(c) || is_lower(c) || is_upper(c);
}

constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// Digits and nothing else; an empty text too.
constexpr bool is_all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return true;
}

/// Without the blanks at both ends. Which characters are blank is the place's own rule.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace keepsake

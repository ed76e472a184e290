#pragma once
// Steps through UTF-8 (RFC 3629), for everybody who goes along a text by its code points.

#include <cstddef>
#include <string>
#include <string_view>

namespace keepsake {

/// Which byte may follow which: for what comes byte by byte.
class Utf8Check {
 public:
  bool take(unsigned char byte);                          ///< false: malformed here
  bool between_code_points() const { return due_ == 0; }  ///< no byte is awaited

 private:
  int due_ = 0;
  unsigned char low_ = 0x80;
  unsigned char high_ = 0xBF;
};

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
  bool well_formed = true;
};
/// The first code point of `text` (not empty). Malformed bytes (overlong forms, surrogates, beyond
/// U+10FFFF, cut sequences) give U+FFFD and one byte.
CodePoint first_code_point(std::string_view text);
/// Takes it off the front of `rest`.
char32_t take_code_point(std::string_view& rest);
/// `point` is a code point (assert), no surrogate.
void append_code_point(std::string& text, char32_t point);

// Of text known to be UTF-8.

/// A byte inside a code point, not its first one.
constexpr bool continues_code_point(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

constexpr std::size_t code_points_in(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += continues_code_point(byte) ? 0 : 1;
  return count;
}

/// The start of the text, at most `count` code points.
constexpr std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size() && count > 0; --count) {
    do ++at;
    while (at < text.size() && continues_code_point(text[at]));
  }
  return text.substr(0, at);
}

/// The start of the text, at most `bytes` and no code point cut.
constexpr std::string_view first_bytes(std::string_view text, std::size_t bytes) {
  if (bytes >= text.size()) return text;
  while (bytes > 0 && continues_code_point(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

/// Bytes of the last code point; 0 of an empty text.
constexpr std::size_t last_code_point_bytes(std::string_view text) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    ++bytes;
    if (!continues_code_point(text[text.size() - bytes])) break;
  }
  return bytes;
}

}  // namespace keepsake

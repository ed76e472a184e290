#pragma once

#include <cstddef>
#include <string_view>

namespace keepsake::ui {

/// The start of valid UTF-8 text, at most `count` code points.
constexpr std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --count;
  }
  return text.substr(0, at);
}

/// Bytes of the last code point of valid UTF-8 text; 0 of an empty one.
constexpr std::size_t last_code_point_bytes(std::string_view text) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    ++bytes;
    if ((static_cast<unsigned char>(text[text.size() - bytes]) & 0xC0) != 0x80) break;
  }
  return bytes;
}

}  // namespace keepsake::ui

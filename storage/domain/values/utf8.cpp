#include "storage/domain/values/utf8.hpp"

#include <cassert>
#include <cstdint>

namespace keepsake {
namespace {

constexpr char32_t malformed = 0xFFFD;

}  // namespace

// RFC 3629, section 4: which bytes may follow which.
bool Utf8Check::take(unsigned char byte) {
  if (due_ > 0) {
    if (byte < low_ || byte > high_) return false;
    --due_;
    low_ = 0x80;
    high_ = 0xBF;
    return true;
  }
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  due_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  if (byte == 0xE0) low_ = 0xA0;
  if (byte == 0xED) high_ = 0x9F;
  if (byte == 0xF0) low_ = 0x90;
  if (byte == 0xF4) high_ = 0x8F;
  return true;
}

CodePoint first_code_point(std::string_view text) {
  assert(!text.empty());
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1, true};
  Utf8Check check;
  char32_t value = lead < 0xE0 ? lead & 0x1FU : lead < 0xF0 ? lead & 0x0FU : lead & 0x07U;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (!check.take(byte)) break;
    if (i > 0) value = value << 6 | (byte & 0x3FU);
    if (check.between_code_points()) return {value, i + 1, true};
  }
  return {malformed, 1, false};
}

char32_t take_code_point(std::string_view& rest) {
  const CodePoint first = first_code_point(rest);
  rest.remove_prefix(first.bytes);
  return first.value;
}

void append_code_point(std::string& text, char32_t point) {
  assert(point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF));
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
    return;
  }
  const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  constexpr char32_t leads[] = {0, 0xC0, 0xE0, 0xF0};
  put(leads[more] | point >> 6 * more);
  for (int left = more - 1; left >= 0; --left) put(0x80 | (point >> 6 * left & 0x3F));
}

}  // namespace keepsake

#include "storage/domain/values/text.hpp"

#include <cstdint>

namespace keepsake {
namespace {

constexpr char32_t malformed = 0xFFFD;

struct Decoded {
  char32_t code_point;
  std::size_t bytes;
  bool valid;
};

/// The sequence length that a lead byte announces; 0 when it cannot lead.
std::size_t length_of(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

Decoded decode(std::string_view rest) {
  assert(!rest.empty());
  const auto lead = static_cast<std::uint8_t>(rest[0]);
  const std::size_t length = length_of(lead);
  if (length == 1) return {lead, 1, true};
  if (length == 0 || rest.size() < length) return {malformed, 1, false};
  char32_t point = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<std::uint8_t>(rest[i]);
    if ((byte & 0xC0) != 0x80) return {malformed, 1, false};
    point = (point << 6) | (byte & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (overlong || surrogate || point > 0x10FFFF) return {malformed, 1, false};
  return {point, length, true};
}

bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

/// As most texts are. Without a way out of the loop, so that it looks at many bytes at once.
bool is_printable_ascii(std::string_view text) {
  bool other = false;
  for (const char c : text) other |= static_cast<std::uint8_t>(c - 0x20) > 0x7E - 0x20;
  return !other;
}

}  // namespace

char32_t take_code_point(std::string_view& rest) {
  const Decoded decoded = decode(rest);
  rest.remove_prefix(decoded.bytes);
  return decoded.code_point;
}

bool is_utf8(std::string_view text) {
  if (is_printable_ascii(text)) return true;
  while (!text.empty()) {
    const Decoded decoded = decode(text);
    if (!decoded.valid) return false;
    text.remove_prefix(decoded.bytes);
  }
  return true;
}

bool is_printable(std::string_view text) {
  if (is_printable_ascii(text)) return true;
  while (!text.empty()) {
    const Decoded decoded = decode(text);
    if (!decoded.valid || is_control(decoded.code_point)) return false;
    text.remove_prefix(decoded.bytes);
  }
  return true;
}

Result<Done> check_text(std::string_view text, std::size_t max_bytes, Presence presence,
                        std::string_view where) {
  if (text.empty() && presence == Presence::required)
    return Error{Failure::bad_input, "text.missing", "A required text is empty", std::string(where),
                 "Fill it in"};
  if (text.size() > max_bytes)
    return Error{Failure::limit, "text.length",
                 "A text is longer than " + std::to_string(max_bytes) + " bytes",
                 std::string(where), "Shorten it"};
  if (!is_printable(text))
    return Error{Failure::bad_input, "text.characters",
                 "A text holds control characters or is not UTF-8", std::string(where),
                 "Remove them"};
  return Done{};
}

Result<Done> check_texts(std::initializer_list<TextField> fields) {
  for (const TextField& field : fields)
    if (auto ok = check_text(field.text, field.max_bytes, field.presence, field.where); !ok)
      return ok;
  return Done{};
}

}  // namespace keepsake

#include "storage/domain/values/text.hpp"

#include <cstdint>

#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

/// As most texts are. Without a way out of the loop, so that it looks at many bytes at once.
bool is_printable_ascii(std::string_view text) {
  bool other = false;
  for (const char c : text) other |= static_cast<std::uint8_t>(c - 0x20) > 0x7E - 0x20;
  return !other;
}

}  // namespace

bool is_utf8(std::string_view text) {
  if (is_printable_ascii(text)) return true;
  while (!text.empty()) {
    const CodePoint first = first_code_point(text);
    if (!first.well_formed) return false;
    text.remove_prefix(first.bytes);
  }
  return true;
}

bool is_printable(std::string_view text) {
  if (is_printable_ascii(text)) return true;
  while (!text.empty()) {
    const CodePoint first = first_code_point(text);
    if (!first.well_formed || is_control(first.value)) return false;
    text.remove_prefix(first.bytes);
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

#include "kiosk/flow/shared/field.hpp"

#include <cstdint>
#include <optional>

#include "storage/domain/values/limits.hpp"

namespace keepsake::flow {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};

/// The first code point; nullopt when the bytes are not well-formed UTF-8 (RFC 3629).
std::optional<CodePoint> first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return CodePoint{lead, 1};
  const std::size_t n = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (n == 0 || lead >= 0xF5 || text.size() < n) return std::nullopt;
  char32_t value = static_cast<char32_t>(lead & (0x7F >> n));
  for (std::size_t i = 1; i < n; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    value = (value << 6) | (byte(i) & 0x3F);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return std::nullopt;
  return CodePoint{value, n};
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool allowed(Alphabet alphabet, char32_t c, std::string_view before) {
  switch (alphabet) {
    case Alphabet::text:
      // Format characters that hide or reorder text have no place in a name.
      return c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && !(c >= 0x200B && c <= 0x200F) &&
             !(c >= 0x2028 && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069) && c != 0xFEFF;
    case Alphabet::digits:
      return is_digit(c);
    case Alphabet::phone:
      return is_digit(c) || c == ' ' || (c == '+' && before.empty());
    case Alphabet::decimal:
      return is_digit(c) || (c == '.' && before.find('.') == std::string_view::npos);
  }
  return false;
}

}  // namespace

Alphabet alphabet_of(Field field) {
  switch (field) {
    case Field::name:
    case Field::search:
    case Field::reference:
    case Field::serial:
    case Field::value:
    case Field::note:
      return Alphabet::text;
    case Field::phone:
      return Alphabet::phone;
    case Field::pin:
    case Field::receipt:
    case Field::day:
      return Alphabet::digits;
    case Field::quantity:
    case Field::amount:
    case Field::counted:
      return Alphabet::decimal;
  }
  return Alphabet::text;
}

std::size_t limit_of(Field field) {
  switch (field) {
    case Field::name:
    case Field::value:
      return limits::name_bytes;
    case Field::search:
    case Field::reference:
    case Field::serial:
      return limits::code_bytes;
    case Field::receipt:
      return 10;  // a Seq
    case Field::phone:
      return 24;  // E.164's 15 digits with '+' and spaces
    case Field::pin:
    case Field::day:
      return 8;
    case Field::note:
      return limits::text_bytes / 2;
    case Field::quantity:
      return 11;  // limits::quantity_thousandths has seven digits, and three decimals
    case Field::amount:
    case Field::counted:
      return 14;  // limits::amount_minor has thirteen digits
  }
  return 0;
}

Typed type_into(std::string& text, Field field, std::string_view utf8) {
  std::string longer = text;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::optional<CodePoint> point = first_of(utf8.substr(at));
    if (!point) return Typed::wrong_key;
    const std::string_view bytes = utf8.substr(at, point->bytes);
    if (!allowed(alphabet_of(field), point->value, longer)) return Typed::wrong_key;
    longer += bytes;
    at += point->bytes;
  }
  if (longer.size() > limit_of(field)) return Typed::full;
  text = std::move(longer);
  return Typed::taken;
}

void erase_last(std::string& text) {
  while (!text.empty() && (static_cast<std::uint8_t>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

std::optional<Money> entered_amount(std::string_view text, Currency currency) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::string padded = text.starts_with('.') ? "0" + std::string(text) : std::string(text);
  const Result<Money> money = parse_money(padded, currency);
  if (!money.ok() || money->minor < 0) return std::nullopt;
  return *money;
}

}  // namespace keepsake::flow

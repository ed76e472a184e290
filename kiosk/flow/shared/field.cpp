#include "kiosk/flow/shared/field.hpp"

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::flow {
namespace {

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

bool is_figure(Field field) {
  return field == Field::quantity || field == Field::amount || field == Field::counted ||
         field == Field::receipt;
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
  while (!utf8.empty()) {
    const CodePoint point = first_code_point(utf8);
    if (!point.well_formed || !allowed(alphabet_of(field), point.value, longer))
      return Typed::wrong_key;
    longer += utf8.substr(0, point.bytes);
    utf8.remove_prefix(point.bytes);
  }
  if (longer.size() > limit_of(field)) return Typed::full;
  text = std::move(longer);
  return Typed::taken;
}

void erase_last(std::string& text) { text.resize(text.size() - last_code_point_bytes(text)); }

std::optional<Money> entered_amount(std::string_view text, Currency currency) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const std::string padded = text.starts_with('.') ? "0" + std::string(text) : std::string(text);
  const Result<Money> money = parse_money(padded, currency);
  if (!money.ok() || money->minor < 0) return std::nullopt;
  return *money;
}

}  // namespace keepsake::flow

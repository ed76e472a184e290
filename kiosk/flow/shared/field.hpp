#pragma once
// The fields that a keyboard or keypad can fill, each with its alphabet and its limit.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/money.hpp"

namespace keepsake::flow {

enum class Field {
  name,
  phone,
  pin,
  search,
  quantity,
  amount,
  reference,
  serial,
  counted,
  receipt,  ///< the number of one
  value,    ///< of a customer: any one line
  note,
  day  ///< YYYYMMDD
};

/// Which keys a field takes; a screen shows a keypad for all but `text`.
/// phone: digits, '+', space. decimal: digits and one '.'.
enum class Alphabet { text, digits, phone, decimal };

Alphabet alphabet_of(Field field);
/// How much or how many: what a scanned code must never become.
bool is_figure(Field field);
std::size_t limit_of(Field field);  ///< bytes of UTF-8

enum class Typed { taken, wrong_key, full };

/// Appends what the field's alphabet and limit allow, whole code points only; control characters
/// and broken UTF-8 never enter. `full`: something did not fit and nothing was added.
Typed type_into(std::string& text, Field field, std::string_view utf8);
/// Removes the last code point.
void erase_last(std::string& text);

/// "12." and "12" are the same amount while somebody types; nullopt when empty or no amount.
std::optional<Money> entered_amount(std::string_view text, Currency currency);

}  // namespace keepsake::flow

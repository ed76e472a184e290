#pragma once
// What Unicode says of code points and of texts made of them (ICU's data).

#include <string>

namespace keepsake {

/// A letter and the marks after it as one code point where Unicode has one (NFC). What is no UTF-8
/// stays as it is.
std::string composed(std::string text);

/// A mark that belongs to the letter before it.
bool is_mark(char32_t point);

/// A sign that says how others are shown and has no shape of its own: zero-width spaces, joiners,
/// marks of direction, soft hyphens, byte order marks, variation selectors.
bool shows_nothing(char32_t point);

}  // namespace keepsake

#pragma once
// Letters of the world, and how a text is spelled where some of them cannot be shown. UTF-8 in and
// out; malformed bytes become U+FFFD. All functions may be called from several threads.

#include <string>
#include <string_view>

namespace keepsake {

/// The letter without its marks, strokes and tails: Vietnamese "ở" is "o", Kazakh "қ" is "к". The
/// same point when it has none.
char32_t without_marks(char32_t point);

/// Whether letters of its script are set from left to right, each by itself (Latin, Greek, Cyrillic,
/// Armenian, Georgian, Han, kana, Hangul; also digits, signs and marks). Others join, stack or run
/// from right to left, and a row of single glyphs is no word of theirs.
bool stands_alone(char32_t point);

/// The sound of the text in Latin letters with their accents. Words of scripts that know no capitals
/// begin with one: they are names more often than not. What has no sound (emoji) stays.
std::string in_latin(std::string_view text);

/// in_latin() without accents and with plain punctuation, as far as Unicode's data goes.
std::string in_ascii(std::string_view text);

}  // namespace keepsake

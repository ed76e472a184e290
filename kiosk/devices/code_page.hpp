#pragma once
// The 8-bit character sets of receipt printers. Numbers are Epson's for ESC t, which clones follow.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keepsake::devices {

enum class CodePage : std::uint8_t {
  pc437 = 0,     ///< here only for its line drawing
  wpc1252 = 16,  ///< western Europe, with the euro and typographic marks
  pc866 = 17,    ///< Cyrillic on printers that lack 1251; no Ukrainian і and ґ of its own
  wpc1251 = 46,  ///< Cyrillic, all of Ukrainian, with the euro
};

/// Which Cyrillic page the printer has.
enum class Cyrillic : std::uint8_t { wpc1251, pc866 };

std::optional<std::uint8_t> byte_of(CodePage page, char32_t point);
/// U+FFFD for a byte that the page does not define.
char32_t code_point_of(CodePage page, std::uint8_t byte);
std::optional<CodePage> code_page_of(std::uint8_t number);

/// The text as a printer can show it: every code point of the answer is in one of the pages, so its
/// length is the number of columns. A letter that the pages lack becomes, in this order: its usual
/// substitute (currency signs, dashes), the letter without its marks, its sound in Latin letters
/// (whole words of other scripts together), '?'. Controls and rare spaces become a space; pictures
/// (emoji) are left out.
std::u32string printable(std::string_view utf8, Cyrillic cyrillic);

/// The page to print `point` with, the current one if it can. `point` comes from printable().
CodePage page_for(char32_t point, CodePage current, Cyrillic cyrillic);

}  // namespace keepsake::devices

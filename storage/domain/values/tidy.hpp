#pragma once
// Text as it comes in: typed, scanned, pasted or read from a file. Every door tidies it once,
// before it is checked (text.hpp), so that what looks the same is the same.

#include <string>
#include <string_view>

namespace keepsake {

/// As a person sees it: every run of blanks of whatever kind (no-break, thin, ideographic, tab) is
/// one space, and one with a line feed in it a line feed, with none at the ends; signs that show
/// nothing (zero-width spaces, marks of direction, soft hyphens, byte order marks, variation
/// selectors) are gone; letters are composed (Unicode's form C). Joiners stay between letters of
/// scripts that are written with them. What is no UTF-8, and control characters, stay as they are:
/// check_text() refuses them.
std::string tidied(std::string_view text);

/// tidied(), and no blank at all: numbers of cards and the like, which are printed in groups.
std::string without_blanks(std::string_view text);

/// The same for codes that differ by capitals (of A to Z) and blanks only.
std::string code_key(std::string_view code);

}  // namespace keepsake

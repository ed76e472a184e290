#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keepsake::records {

/// The ways in which people write a text with Cyrillic letters in Latin ones, each once, in lower
/// case; empty where there is no Cyrillic. Ukrainian as in passports (Cabinet of Ministers,
/// resolution 55 of 2010), Russian as in passports (ICAO Doc 9303) and as English texts have it
/// (BGN/PCGN without its marks). Letters of other alphabets stay as they are.
std::vector<std::string> latin_spellings(std::string_view text);

}  // namespace keepsake::records

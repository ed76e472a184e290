#pragma once
// Cyrillic letters in Latin ones. Search lists every spelling in use; comparing people takes one,
// the key, so that the same name comes to the same letters (romanised() of similarity.hpp).

#include <string_view>

namespace keepsake {

struct CyrillicLetter {
  char32_t letter;
  const char* ukrainian;  ///< as in passports (Cabinet of Ministers, resolution 55 of 2010)
  const char* passport;   ///< Russian as in passports (ICAO Doc 9303)
  const char* english;    ///< as English texts have it (BGN/PCGN without its marks)
  const char* ukrainian_first = nullptr;  ///< at the beginning of a word, where it differs
  const char* key_of_its_own = nullptr;   ///< where it is not the Ukrainian one

  std::string_view key() const { return key_of_its_own ? key_of_its_own : ukrainian; }
};

/// Of either case; nullptr: none of those that Ukrainian, Russian, Belarusian, Serbian or
/// Macedonian write.
const CyrillicLetter* cyrillic_letter(char32_t c);

}  // namespace keepsake

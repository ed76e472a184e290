#pragma once
// How alike two texts are, in thousandths. Words come folded (records/core/tokenize.hpp: lower
// case, no accents); Cyrillic ones are compared as they are spelled in Latin letters.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keepsake {

/// Jaro's measure with Winkler's bonus for a common beginning of up to four letters (Winkler 1990,
/// "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model"), over code
/// points: 1000 is equal, 0 has nothing in common. The bonus is given from 700 on, as in the US
/// Census Bureau's program. At most the first 64 letters count.
int jaro_winkler(std::string_view one, std::string_view other);

/// A folded word in Latin letters: Cyrillic after Ukraine's rule of 2010 (resolution 55), with the
/// letters of its neighbours beside it; other scripts stay.
std::string romanised(std::string_view folded_word);

/// How alike two lists of romanised words are, whatever their order: each word of the shorter list
/// goes with the most similar one that is left, weighted by length; a word without a partner weighs
/// half, since middle names are left out more often than not. An initial goes with its name at 850.
/// 0 when either is empty. At most the first 12 words of each count.
int words_alike(std::span<const std::string> one, std::span<const std::string> other);

/// Of two names, each word of the shorter one with its partner in the longer.
enum class WordAgreement {
  same,   ///< every word has its equal; letters swapped or doubled by mistake are none of another
  alike,  ///< all have one that is alike: "Lise" and "Lisa", an initial
  other,  ///< a word has none: "Ola Nordmann" and "Kari Nordmann"
};
/// `alike_from`: from where on a word is alike, in thousandths. Two lists of which one is empty are
/// the same.
WordAgreement words_agree(std::span<const std::string> one, std::span<const std::string> other,
                          int alike_from);

/// American Soundex of a romanised word (Knuth, TAOCP 3, section 6): "h452". What differs only by
/// how it was heard is the same; for finding candidates, never for a verdict. Empty without a
/// letter a-z.
std::string soundex(std::string_view romanised_word);

}  // namespace keepsake

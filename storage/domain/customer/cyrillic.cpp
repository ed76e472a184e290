#include "storage/domain/customer/cyrillic.hpp"

#include <algorithm>
#include <iterator>

namespace keepsake {
namespace {

constexpr CyrillicLetter letters[] = {
    {U'а', "a", "a", "a"},
    {U'б', "b", "b", "b"},
    {U'в', "v", "v", "v"},
    {U'г', "h", "g", "g"},
    {U'ґ', "g", "g", "g"},
    {U'д', "d", "d", "d"},
    {U'е', "e", "e", "e"},
    {U'є', "ie", "ie", "ye", "ye"},
    {U'ё', "e", "e", "yo"},
    {U'ж', "zh", "zh", "zh"},
    {U'з', "z", "z", "z"},
    {U'и', "y", "i", "i"},
    {U'і', "i", "i", "i"},
    {U'ї', "i", "i", "yi", "yi"},
    {U'й', "i", "i", "y", "y"},
    {U'к', "k", "k", "k"},
    {U'л', "l", "l", "l"},
    {U'м', "m", "m", "m"},
    {U'н', "n", "n", "n"},
    {U'о', "o", "o", "o"},
    {U'п', "p", "p", "p"},
    {U'р', "r", "r", "r"},
    {U'с', "s", "s", "s"},
    {U'т', "t", "t", "t"},
    {U'у', "u", "u", "u"},
    {U'ф', "f", "f", "f"},
    {U'х', "kh", "kh", "kh"},
    {U'ц', "ts", "ts", "ts"},
    {U'ч', "ch", "ch", "ch"},
    {U'ш', "sh", "sh", "sh"},
    {U'щ', "shch", "shch", "shch"},
    {U'ъ', "", "ie", ""},
    {U'ы', "y", "y", "y"},
    {U'ь', "", "", ""},
    {U'э', "e", "e", "e"},
    {U'ю', "iu", "iu", "yu", "yu"},
    {U'я', "ia", "ia", "ya", "ya"},
    // Belarusian, Serbian and Macedonian letters, which have one spelling each.
    {U'ў', "u", "u", "u"},
    // "Đorđe" folds to "dorde", and so its key must.
    {U'ђ', "dj", "dj", "dj", nullptr, "d"},
    {U'ј', "j", "j", "j"},
    {U'љ', "lj", "lj", "lj"},
    {U'њ', "nj", "nj", "nj"},
    {U'ћ', "c", "c", "c"},
    {U'џ', "dz", "dz", "dz"},
    {U'ѓ', "gj", "gj", "gj"},
    {U'ќ', "kj", "kj", "kj"},
    {U'ѕ', "dz", "dz", "dz"},
};

char32_t lower(char32_t c) {
  if (c >= U'А' && c <= U'Я') return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  return c == U'Ґ' ? U'ґ' : c;
}

}  // namespace

const CyrillicLetter* cyrillic_letter(char32_t c) {
  const auto* found = std::ranges::find(letters, lower(c), &CyrillicLetter::letter);
  return found == std::end(letters) ? nullptr : found;
}

}  // namespace keepsake

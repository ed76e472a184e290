#include "storage/records/customers/spellings.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::records {

namespace {

struct Letter {
  char32_t letter;
  const char* ukrainian;
  const char* passport;
  const char* english;
  const char* ukrainian_first = nullptr;  ///< at the beginning of a word, where it differs
};

constexpr Letter letters[] = {
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
    {U'ђ', "dj", "dj", "dj"},
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

const Letter* cyrillic(char32_t c) {
  const auto* found = std::ranges::find(letters, lower(c), &Letter::letter);
  return found == std::end(letters) ? nullptr : found;
}

/// The apostrophes of "Мар'яна" part sounds, not words.
bool parts_words(char32_t c) { return c < 0x80 && !is_letter_or_digit(c) && c != U'\''; }

}  // namespace

std::vector<std::string> latin_spellings(std::string_view text) {
  std::string ukrainian, passport, english;
  bool any = false;
  bool first = true;
  while (!text.empty()) {
    const std::string_view rest = text;
    const char32_t c = take_code_point(text);
    if (const Letter* letter = cyrillic(c)) {
      any = true;
      ukrainian += first && letter->ukrainian_first ? letter->ukrainian_first : letter->ukrainian;
      passport += letter->passport;
      english += letter->english;
    } else {
      const std::string_view same = rest.substr(0, rest.size() - text.size());
      for (std::string* spelling : {&ukrainian, &passport, &english}) *spelling += same;
    }
    first = parts_words(c);
  }
  std::vector<std::string> spellings;
  if (!any) return spellings;
  for (std::string* spelling : {&ukrainian, &passport, &english})
    if (std::ranges::find(spellings, *spelling) == spellings.end())
      spellings.push_back(std::move(*spelling));
  return spellings;
}

}  // namespace keepsake::records

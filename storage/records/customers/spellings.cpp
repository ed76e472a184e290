#include "storage/records/customers/spellings.hpp"

#include <algorithm>

#include "storage/domain/customer/cyrillic.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake::records {

namespace {

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
    if (const CyrillicLetter* letter = cyrillic_letter(c)) {
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

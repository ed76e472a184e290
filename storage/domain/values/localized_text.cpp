#include "storage/domain/values/localized_text.hpp"

#include <algorithm>
#include <unicode/uloc.h>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 35 &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_known_language(std::string_view tag) {
  return is_language(tag) && *uloc_getISO3Language(std::string(tag).c_str()) != '\0';
}

const std::string& LocalizedText::in(std::string_view language) const {
  for (const std::string_view wanted : {language, language.substr(0, language.find('-'))})
    if (const auto found = translated.find(wanted); found != translated.end()) return found->second;
  return usual;
}

}  // namespace keepsake

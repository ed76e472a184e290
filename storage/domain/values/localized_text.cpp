#include "storage/domain/values/localized_text.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 35 &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

const std::string& LocalizedText::in(std::string_view language) const {
  for (const std::string_view wanted : {language, language.substr(0, language.find('-'))})
    if (const auto found = translated.find(wanted); found != translated.end()) return found->second;
  return usual;
}

}  // namespace keepsake

#include "storage/domain/values/language.hpp"

namespace keepsake {

std::string_view code_of(Language language) {
  static constexpr std::array<std::string_view, 6> codes{"en", "nb", "nl", "uk", "id", "fil"};
  return codes[static_cast<std::size_t>(language)];
}

std::string_view native_name(Language language) {
  static constexpr std::array<std::string_view, 6> names{
      "English", "Norsk", "Nederlands", "Українська", "Bahasa Indonesia", "Filipino"};
  return names[static_cast<std::size_t>(language)];
}

std::optional<Language> parse_language(std::string_view tag) {
  const auto primary = tag.substr(0, tag.find_first_of("-_."));
  for (const auto language : all_languages) {
    if (code_of(language) == primary) return language;
  }
  // BCP 47 macrolanguages and older codes of the same languages.
  if (primary == "no" || primary == "nn") return Language::nb;
  if (primary == "tl") return Language::fil;
  if (primary == "in") return Language::id;
  return std::nullopt;
}

Language usual_language(std::string_view country) {
  if (country == "NO") return Language::nb;
  if (country == "NL") return Language::nl;
  if (country == "UA") return Language::uk;
  if (country == "ID") return Language::id;
  if (country == "PH") return Language::fil;
  return Language::en;
}

}  // namespace keepsake

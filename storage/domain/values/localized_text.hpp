#pragma once
// The shop's own words, in the languages it wrote them in: names of rewards, levels, fields.

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace keepsake {

/// BCP 47, loosely: 2 to 35 letters, digits and hyphens, such as nb or pt-BR.
bool is_language(std::string_view text);
/// Whether people speak it: the tag's language is one of ISO 639 (as ICU knows them).
bool is_known_language(std::string_view tag);

struct LocalizedText {
  using Translations = std::map<std::string, std::string, std::less<>>;

  std::string usual;        ///< for every language without a text of its own
  Translations translated;  ///< by is_language()

  LocalizedText() = default;
  /// One text for every language is a wording; so code and tests may write `level.name = "Gold"`.
  LocalizedText(const char* text) : usual(text) {}
  LocalizedText(std::string text, Translations others = {})
      : usual(std::move(text)), translated(std::move(others)) {}

  /// Of "nb-NO": its own text, else that of "nb", else the usual one.
  const std::string& in(std::string_view language) const;
  bool operator==(const LocalizedText&) const = default;
};

}  // namespace keepsake

#pragma once
// The six languages of screens, receipts and the centre. Their texts are in storage/locale.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keepsake {

enum class Language : std::uint8_t { en, nb, nl, uk, id, fil };

inline constexpr std::array all_languages{Language::en, Language::nb, Language::nl,
                                          Language::uk, Language::id, Language::fil};

std::string_view code_of(Language language);      ///< BCP 47: "en", "nb", "nl", "uk", "id", "fil"
std::string_view native_name(Language language);  ///< "Norsk", "Українська", ...
/// The language of a BCP 47 tag ("nb", "nb-NO", "no", "tl"); none for a language we do not speak.
std::optional<Language> parse_language(std::string_view tag);
/// What a shop in this country (ISO 3166: "NO") speaks by default; English where none of the six.
Language usual_language(std::string_view country);

}  // namespace keepsake

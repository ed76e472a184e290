#pragma once
// The six languages of the screens, and how a screen looks. Values only; texts live in
// kiosk/locale.

#include <array>
#include <optional>
#include <string_view>

namespace keepsake::flow {

enum class Language { english, norwegian, dutch, ukrainian, indonesian, filipino };

inline constexpr std::array<Language, 6> languages = {Language::english,    Language::norwegian,
                                                      Language::dutch,      Language::ukrainian,
                                                      Language::indonesian, Language::filipino};

/// BCP 47: "en", "nb", "nl", "uk", "id", "fil". Facts and catalogues are named by it.
std::string_view tag_of(Language language);
/// The name its speakers use: "Norsk". Never translated.
std::string_view native_name(Language language);
/// Accepts the tags above, "no" for "nb", and a region after '-' or '_' ("nb-NO").
std::optional<Language> language_from(std::string_view tag);

enum class TextSize { normal, large };
enum class Contrast { normal, high };
enum class Theme { light, dark };

}  // namespace keepsake::flow

#include "kiosk/flow/language.hpp"

#include <cstddef>

namespace keepsake::flow {
namespace {

struct Entry {
  Language language;
  std::string_view tag;
  std::string_view name;
};

constexpr std::array<Entry, 6> table = {{
    {Language::english, "en", "English"},
    {Language::norwegian, "nb", "Norsk"},
    {Language::dutch, "nl", "Nederlands"},
    {Language::ukrainian, "uk", "Українська"},
    {Language::indonesian, "id", "Bahasa Indonesia"},
    {Language::filipino, "fil", "Filipino"},
}};

}  // namespace

std::string_view tag_of(Language language) { return table[static_cast<std::size_t>(language)].tag; }

std::string_view native_name(Language language) {
  return table[static_cast<std::size_t>(language)].name;
}

std::optional<Language> language_from(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find_first_of("-_."));
  if (primary == "no") return Language::norwegian;
  for (const Entry& entry : table)
    if (entry.tag == primary) return entry.language;
  return std::nullopt;
}

}  // namespace keepsake::flow

#include <algorithm>
#include <cassert>

#include "storage/locale/locale.hpp"

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

std::string fill(std::string_view pattern, std::initializer_list<Arg> args) {
  std::string out;
  out.reserve(pattern.size() + 16);
  std::size_t at = 0;
  while (at < pattern.size()) {
    const auto open = pattern.find('{', at);
    if (open == std::string_view::npos) break;
    out.append(pattern.substr(at, open - at));
    const auto close = pattern.find('}', open);
    const auto name = close == std::string_view::npos ? std::string_view{}
                                                      : pattern.substr(open + 1, close - open - 1);
    const auto* arg = std::find_if(args.begin(), args.end(),
                                   [&](const Arg& a) { return !name.empty() && a.name == name; });
    if (arg == args.end()) {
      out.push_back('{');
      at = open + 1;
    } else {
      out.append(arg->value);
      at = close + 1;
    }
  }
  out.append(pattern.substr(std::min(at, pattern.size())));
  return out;
}

DayPart day_part(int minute_of_day) {
  const int hour = minute_of_day / 60;
  if (hour < 5) return DayPart::night;
  if (hour < 12) return DayPart::morning;
  if (hour < 18) return DayPart::afternoon;
  return DayPart::evening;
}

}  // namespace keepsake

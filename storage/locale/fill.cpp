#include <algorithm>
#include <cassert>

#include "storage/locale/locale.hpp"

namespace keepsake {

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

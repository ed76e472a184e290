#include "sync/wire/http_date.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstdio>

namespace keepsake::sync {

namespace {

using namespace std::chrono;

// The words of the protocol, in whatever language the program speaks.
constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";

std::optional<int> number_in(std::string_view text, std::size_t from, std::size_t digits) {
  int number = 0;
  const char* end = text.data() + from + digits;
  const auto read = std::from_chars(text.data() + from, end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::string http_date(Instant t) {
  const sys_seconds at = floor<seconds>(sys_time<milliseconds>(milliseconds(t.ms)));
  const year_month_day day = floor<days>(at);
  const hh_mm_ss<seconds> time(at - floor<days>(at));
  assert(day.year() >= year(0) && day.year() <= year(9999));
  std::array<char, 64> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      weekdays[weekday(floor<days>(at)).c_encoding()], static_cast<unsigned>(day.day()),
      months[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != form.size()) return std::nullopt;
  const auto found = std::ranges::find(months, text.substr(8, 3));
  const auto day = number_in(text, 5, 2), in_year = number_in(text, 12, 4);
  const auto hour = number_in(text, 17, 2), minute = number_in(text, 20, 2),
             second = number_in(text, 23, 2);
  if (found == months.end() || !day || !in_year || !hour || !minute || !second) return std::nullopt;
  const year_month_day date(year(*in_year),
                            month(static_cast<unsigned>(found - months.begin() + 1)),
                            std::chrono::day(static_cast<unsigned>(*day)));
  // A minute may have a 61st second.
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const sys_seconds at =
      sys_days(date) + hours(*hour) + minutes(*minute) + seconds(std::min(*second, 59));
  const Instant instant{milliseconds(at.time_since_epoch()).count()};
  // Weekday, commas, colons and blanks are those of that second.
  const std::string same = http_date(instant);
  const bool leaps = *second == 60;
  if (leaps ? same.substr(0, 23) != text.substr(0, 23) || text.substr(25) != " GMT" : same != text)
    return std::nullopt;
  return instant;
}

}  // namespace keepsake::sync

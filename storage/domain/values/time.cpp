#include "storage/domain/values/time.hpp"

#include <cstdio>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::sys_days;

constexpr std::int64_t ms_per_minute = 60'000;

struct Broken {
  Date date;
  int ms_of_day;
};

Broken broken_down(std::int64_t ms) {
  const std::chrono::sys_time<milliseconds> point{milliseconds(ms)};
  const sys_days day = floor<days>(point);
  return {Date(day), static_cast<int>((point - day).count())};
}

std::int64_t wall_ms(const LocalTime& t) { return t.at.ms + t.offset_minutes * ms_per_minute; }

template <class... Values>
std::string formatted(const char* format, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Date LocalTime::date() const { return broken_down(wall_ms(*this)).date; }

int LocalTime::minute_of_day() const {
  return broken_down(wall_ms(*this)).ms_of_day / static_cast<int>(ms_per_minute);
}

std::int32_t to_days(Date date) {
  return static_cast<std::int32_t>(sys_days(date).time_since_epoch().count());
}

Date from_days(std::int32_t count) { return Date(sys_days(days(count))); }

Result<Date> parse_date(std::string_view iso) {
  const Error error{Failure::bad_input, "date.syntax", "Not a calendar date", "",
                    "Write it as 2026-11-21"};
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return error;
  const int year = number(iso.substr(0, 4));
  const int month = number(iso.substr(5, 2));
  const int day = number(iso.substr(8, 2));
  if (year < 1 || month < 1 || day < 1) return error;
  const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                  std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return error;
  return date;
}

Result<Instant> parse_instant(std::string_view iso) {
  const Error error{Failure::bad_input, "time.syntax", "Not a time with its offset", "",
                    "Write it as 2026-12-01T06:00+01:00"};
  constexpr std::size_t minute_end = 16;
  if (iso.size() <= minute_end || iso[10] != 'T' || iso[13] != ':') return error;
  const auto date = parse_date(iso.substr(0, 10));
  const auto minutes_of = [](std::string_view clock) {  // "06:00"
    const int hour = number(clock.substr(0, 2)), minute = number(clock.substr(3, 2));
    return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? -1 : hour * 60 + minute;
  };
  const int wall = minutes_of(iso.substr(11, 5));
  const std::string_view zone = iso.substr(minute_end);
  int offset = 0;
  if (zone != "Z") {
    if (zone.size() != 6 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-')) return error;
    offset = minutes_of(zone.substr(1));
    if (offset < 0) return error;
    if (zone[0] == '-') offset = -offset;
  }
  if (!date || wall < 0) return error;
  constexpr std::int64_t ms_per_day = 24 * 60 * ms_per_minute;
  return Instant{to_days(*date) * ms_per_day + (wall - offset) * ms_per_minute};
}

std::string to_iso(Date date) {
  return formatted("%04d-%02u-%02u", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_iso(Instant t) {
  const Broken b = broken_down(t.ms);
  const int s = b.ms_of_day / 1000;
  return to_iso(b.date) +
         formatted("T%02d:%02d:%02d.%03dZ", s / 3600, s / 60 % 60, s % 60, b.ms_of_day % 1000);
}

std::string to_iso(LocalTime t) {
  const Broken b = broken_down(wall_ms(t));
  const int s = b.ms_of_day / 1000;
  const int offset = t.offset_minutes < 0 ? -t.offset_minutes : t.offset_minutes;
  return to_iso(b.date) + formatted("T%02d:%02d:%02d%c%02d:%02d", s / 3600, s / 60 % 60, s % 60,
                                    t.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

Date add_months(Date start, int months) {
  assert(start.ok());
  const Date moved = start + std::chrono::months(months);
  if (moved.ok()) return moved;
  return Date(moved.year() / moved.month() / std::chrono::last);
}

}  // namespace keepsake

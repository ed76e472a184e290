#include "storage/domain/warranty/period.hpp"

#include <array>
#include <cassert>
#include <charconv>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

constexpr std::array<std::string_view, 4> unit_names{"day", "week", "month", "year"};
constexpr std::int32_t months_a_year = 12;
constexpr std::int32_t days_a_week = 7;

std::int32_t most_of(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::day:
      return limits::cover_days;
    case PeriodUnit::week:
      return limits::cover_days / days_a_week;
    case PeriodUnit::month:
      return limits::cover_months;
    case PeriodUnit::year:
      return limits::cover_months / months_a_year;
  }
  return -1;
}

Error no_period() {
  return {Failure::bad_input, "cover.period", "Not a period", "",
          "Write a number of days, weeks, months or years, such as 24 months"};
}

}  // namespace

Result<Done> check(const Period& period) {
  const std::int32_t most = most_of(period.unit);
  if (period.count < 0 || most < 0) return no_period();
  if (period.none() && period.unit != PeriodUnit::month) return no_period();
  if (period.count > most)
    return Error{Failure::limit, "cover.limit", "The cover is longer than 50 years", "",
                 "Shorten it"};
  return Done{};
}

Result<Period> parse_period(std::string_view text) {
  const std::string tidy = tidied(text);
  Period period;
  const auto [end, failed] = std::from_chars(tidy.data(), tidy.data() + tidy.size(), period.count);
  if (failed == std::errc::result_out_of_range)
    return Error{Failure::limit, "cover.limit", "The cover is longer than 50 years", "",
                 "Shorten it"};
  if (failed != std::errc{} || period.count < 0) return no_period();
  std::string unit = tidied(std::string_view(end, tidy.data() + tidy.size()));
  for (char& c : unit) c = to_lower(c);
  if (unit.ends_with('s')) unit.pop_back();
  bool known = unit.empty();
  for (std::size_t i = 0; i < unit_names.size() && !known; ++i) {
    known = unit == unit_names[i];
    if (known) period.unit = static_cast<PeriodUnit>(i);
  }
  if (!known) return no_period();
  if (period.none()) period.unit = PeriodUnit::month;  // nothing is nothing in every unit
  if (auto ok = check(period); !ok) return ok.error();
  return period;
}

std::string to_text(const Period& period) {
  if (period.none()) return {};
  std::string text = std::to_string(period.count) + ' ';
  text += unit_names[static_cast<std::size_t>(period.unit)];
  return period.count == 1 ? text : text + 's';
}

Date last_day(Date start, const Period& period) {
  assert(start.ok() && check(period).ok() && !period.none());
  switch (period.unit) {
    case PeriodUnit::day:
      return from_days(to_days(start) + period.count);
    case PeriodUnit::week:
      return from_days(to_days(start) + period.count * days_a_week);
    case PeriodUnit::month:
      return add_months(start, period.count);
    case PeriodUnit::year:
      return add_months(start, period.count * months_a_year);
  }
  return start;
}

}  // namespace keepsake

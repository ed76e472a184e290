#include "storage/domain/loyalty/filter.hpp"

#include <algorithm>
#include <cstdlib>

namespace keepsake::loyalty {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::ranges::find(list, word) != list.end();
}

bool holds_any(const std::vector<std::string>& list, const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [&](const auto& word) { return holds(list, word); });
}

bool within(const Hours& hours, int minute) {
  if (hours.from_minute < hours.until_minute)
    return minute >= hours.from_minute && minute < hours.until_minute;
  return minute >= hours.from_minute || minute < hours.until_minute;
}

bool on_weekday(std::uint8_t weekdays, Date date) {
  const auto day = std::chrono::weekday(std::chrono::sys_days(date)).iso_encoding() - 1;
  return weekdays == 0 || ((weekdays >> day) & 1) != 0;
}

// Born on 29 February: on the last day of February in other years.
bool around_birthday(std::int32_t days, const Member& member, Date today) {
  if (!member.birthday) return false;
  for (const int years : {-1, 0, 1}) {
    const auto year = today.year() + std::chrono::years(years);
    Date day = year / member.birthday->month() / member.birthday->day();
    if (!day.ok()) day = year / member.birthday->month() / std::chrono::last;
    if (std::abs(to_days(day) - to_days(today)) <= days) return true;
  }
  return false;
}

// Hours past midnight belong to the night that they began: Friday 22 to 02 ends on Saturday.
Date night_of(const OrderFilter& filter, LocalTime at) {
  const bool past_midnight = filter.hours &&
                             filter.hours->until_minute <= filter.hours->from_minute &&
                             at.minute_of_day() < filter.hours->until_minute;
  return past_midnight ? from_days(to_days(at.date()) - 1) : at.date();
}

}  // namespace

bool is_load(const BasketLine& line) {
  return std::ranges::any_of(line.labels, [](const std::string& label) {
    return label == gift_card_label || label == wallet_label;
  });
}

bool has_goods(const Basket& basket) {
  return std::ranges::any_of(basket.lines, [](const BasketLine& line) { return !is_load(line); });
}

bool names_loads(const LineFilter& filter) {
  return std::ranges::any_of(filter.labels, [](const std::string& label) {
    return label == gift_card_label || label == wallet_label;
  });
}

bool leaves(const LineFilter& exclusion, const BasketLine& line) {
  return !holds(exclusion.not_articles, line.article) &&
         !holds(exclusion.not_categories, line.category) &&
         !holds(exclusion.not_brands, line.brand) && !holds_any(exclusion.not_labels, line.labels);
}

bool matches(const LineFilter& filter, const BasketLine& line) {
  if (is_load(line) && !names_loads(filter) && !holds(filter.articles, line.article)) return false;
  if (!filter.articles.empty() && !holds(filter.articles, line.article)) return false;
  if (!filter.categories.empty() && !holds(filter.categories, line.category)) return false;
  if (!filter.brands.empty() && !holds(filter.brands, line.brand)) return false;
  if (!filter.labels.empty() && !holds_any(filter.labels, line.labels)) return false;
  return leaves(filter, line);
}

std::string_view mismatch(const OrderFilter& filter, const Basket& basket, const Member& member,
                          LocalTime at) {
  if (!filter.tiers.empty() && !holds(filter.tiers, member.tier)) return "tiers";
  if (holds(filter.not_tiers, member.tier)) return "not_tiers";
  if (!filter.stores.empty() && !holds(filter.stores, basket.store)) return "stores";
  if (holds(filter.not_stores, basket.store)) return "not_stores";
  if (!filter.segments.empty() && !holds_any(filter.segments, member.segments)) return "segments";
  if (holds_any(filter.not_segments, member.segments)) return "not_segments";
  if (filter.birthday && !around_birthday(*filter.birthday, member, at.date())) return "birthday";
  if (filter.hours && !within(*filter.hours, at.minute_of_day())) return "hours";
  const Date today = night_of(filter, at);
  if (filter.from && today < *filter.from) return "from";
  if (filter.until && *filter.until < today) return "until";
  return on_weekday(filter.weekdays, today) ? "" : "weekdays";
}

bool matches(const OrderFilter& filter, const Basket& basket, const Member& member, LocalTime at) {
  return mismatch(filter, basket, member, at).empty();
}

}  // namespace keepsake::loyalty

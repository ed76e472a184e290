#include "storage/domain/loyalty/filter.hpp"

#include <algorithm>

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
         !holds_any(exclusion.not_labels, line.labels);
}

bool matches(const LineFilter& filter, const BasketLine& line) {
  if (is_load(line) && !names_loads(filter) && !holds(filter.articles, line.article)) return false;
  if (!filter.articles.empty() && !holds(filter.articles, line.article)) return false;
  if (!filter.categories.empty() && !holds(filter.categories, line.category)) return false;
  if (!filter.brands.empty() && !holds(filter.brands, line.brand)) return false;
  if (!filter.labels.empty() && !holds_any(filter.labels, line.labels)) return false;
  return leaves(filter, line);
}

bool matches(const OrderFilter& filter, const Basket& basket, const Member& member, LocalTime at) {
  if (!filter.tiers.empty() && !holds(filter.tiers, member.tier)) return false;
  if (!filter.stores.empty() && !holds(filter.stores, basket.store)) return false;
  if (!filter.segments.empty() && !holds_any(filter.segments, member.segments)) return false;
  if (filter.hours && !within(*filter.hours, at.minute_of_day())) return false;
  if (filter.weekdays == 0 && !filter.from && !filter.until) return true;
  const Date today = at.date();
  if (filter.from && today < *filter.from) return false;
  if (filter.until && *filter.until < today) return false;
  return on_weekday(filter.weekdays, today);
}

}  // namespace keepsake::loyalty

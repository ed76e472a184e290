#include "storage/domain/values/time.hpp"
#include "tests/kiosk/cli/loyalty/model_recount.hpp"

namespace keepsake::cli::loyalty_model {
namespace {

constexpr int window_months = 3;

Int months_on(Int day, int months) {
  return to_days(add_months(from_days(static_cast<std::int32_t>(day)), months));
}

Int first_of_window(Int last) { return months_on(last, -window_months) + 1; }

Int spend_between(const Person& person, Int first, Int last) {
  Int sum = 0;
  for (const auto& [day, minor] : person.spend)
    if (first <= day && day <= last) sum += minor;
  return std::max<Int>(sum, 0);
}

int rung_of(const std::string& tier) { return tier == "gold" ? 2 : tier == "silver" ? 1 : 0; }
int rung_at(Int minor) { return minor >= 150'000 ? 2 : minor >= 50'000 ? 1 : 0; }
std::string tier_at(int rung) { return rung == 2 ? "gold" : rung == 1 ? "silver" : ""; }

}  // namespace

Level level_on(const Person& person, Int day) {
  Level level = person.held;
  std::optional<Int> since = level.since ? level.since : person.first_day;
  while (since) {
    const Int end = months_on(*since, window_months) - 1;
    if (end >= day) break;
    const int earned = rung_at(spend_between(person, first_of_window(end), end));
    level.tier = tier_at(std::max(earned, rung_of(level.tier) - 1));
    since = level.since = end + 1;
  }
  return level;
}

Level level_after(const Person& person, Level before, Int day, Int minor) {
  const Int spend = spend_between(person, first_of_window(day), day) + minor;
  const std::string tier = tier_at(std::max(rung_of(before.tier), rung_at(spend)));
  if (tier != before.tier || !before.since) before.since = day;
  if (tier.empty()) return person.held;
  before.tier = tier;
  return before;
}

}  // namespace keepsake::cli::loyalty_model

#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/values/time.hpp"
#include "tests/kiosk/cli/loyalty/model_recount.hpp"

namespace keepsake::cli::loyalty_model {
namespace {

struct Cap {
  Int purchase = never, day = never, ever = never;
};

Int given_before(const Uses& uses, const std::string& rule, std::optional<Int> day) {
  Int sum = 0;
  const auto found = uses.find(rule);
  if (found == uses.end()) return 0;
  for (const Use& use : found->second)
    if (!day || use.day == *day) sum += use.points;
  return sum;
}

void cut(Given& given, Int most) {
  most = std::max<Int>(most, 0);
  if (given.points <= most) return;
  if (!given.lines.empty()) given.lines = by_weight(most, given.lines);
  given.points = most;
}

void cut(Given& given, const Cap& cap, const Person& person, Int day) {
  cut(given, cap.purchase);
  if (cap.day != never) cut(given, cap.day - given_before(person.uses, given.rule, day));
  if (cap.ever != never) cut(given, cap.ever - given_before(person.uses, given.rule, {}));
}

/// Whole points, half up over all lines, and where they fall: `exact` in units of 1 / `step`.
Given by_lines(const char* rule, const Parts& exact, Int step) {
  Given given{rule, (2 * sum_of(exact) + step) / (2 * step), {}, never};
  Parts rests;
  for (const Int each : exact) {
    given.lines.push_back(each / step);
    rests.push_back(each % step);
  }
  to_largest(given.lines, rests, given.points - sum_of(given.lines));
  for (Int& part : given.lines) part *= 100;
  given.points *= 100;
  return given;
}

struct Times {  // in quarters
  Int order = 4;
  Parts lines;
};

Times multiplied(const std::vector<SaleLine>& lines, const std::string& tier, Int day) {
  const auto date = std::chrono::sys_days(std::chrono::days(day));
  Times times;
  times.order = tier == "gold" ? 6 : tier == "silver" ? 5 : 4;
  if (std::chrono::weekday(date) == std::chrono::Sunday) times.order *= 2;
  for (const SaleLine& line : lines) {
    const bool bag = line.article == "22423" || line.article == "B7";
    times.lines.push_back(times.order * (bag ? 3 : 1));
  }
  return times;
}

Parts earning(const std::vector<SaleLine>& lines) {
  Parts earning;
  for (const SaleLine& line : lines) {
    const bool never_earns =
        line.load || line.article == "POST" || line.article == "DOT" || line.article == "M";
    earning.push_back(never_earns ? 0 : line.net - line.by_points);
  }
  return earning;
}

/// The basic rule and the one of lights: each line by the one that gives more.
void add_goods(const std::vector<SaleLine>& lines, const Parts& pence, const Times& times,
               std::vector<Given>& all) {
  Parts base(lines.size()), light(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_light = lines[i].article == "85123A" || lines[i].article == "A3";
    const Int by_amount = pence[i] * times.lines[i];  // 1/400 of a point
    const Int by_piece =
        is_light && pence[i] > 0 ? lines[i].thousandths * 4 * times.lines[i] : 0;  // 1/4000
    (by_piece > by_amount * 10 ? light : base)[i] =
        by_piece > by_amount * 10 ? by_piece : by_amount;
  }
  all.push_back(by_lines("base", base, 400));
  all.push_back(by_lines("light", light, 4000));
}

std::size_t times_used(const Person& person, const char* rule) {
  const auto found = person.uses.find(rule);
  return found == person.uses.end() ? 0 : found->second.size();
}

/// The first of the two that may be given.
void add_basket(const std::vector<SaleLine>& lines, const Parts& pence, const Times& times,
                const Person& person, Int day, Int medium_uses, std::vector<Given>& all) {
  Int amount = 0;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (pence[i] > 0) amount += lines[i].net;
  if (amount >= 30'000 && times_used(person, "large") < 3)
    all.push_back({"large", 3000, {}, never});
  else if (amount >= 10'000 && medium_uses < 700)
    all.push_back({"medium", (2 * 10 * times.order + 4) / 8 * 100, {}, day + 30});
}

}  // namespace

bool has_goods(const std::vector<SaleLine>& lines) {
  return std::ranges::any_of(lines, [](const SaleLine& line) { return !line.load; });
}

std::vector<Given> earned_by(const std::vector<SaleLine>& lines, const Person& person,
                             const std::string& tier, Int day, Int medium_uses) {
  const Parts pence = earning(lines);
  const Times times = multiplied(lines, tier, day);
  std::vector<Given> all;
  add_goods(lines, pence, times, all);
  add_basket(lines, pence, times, person, day, medium_uses, all);
  const bool visit = has_goods(lines);
  if (visit && (person.visits + 1) % 5 == 0) all.push_back({"fifth", 2500, {}, never});
  if (visit && person.visits == 0) all.push_back({"opener", 4000, {}, day + 45});
  std::erase_if(all, [](const Given& given) { return given.points == 0; });

  const Date date = from_days(static_cast<std::int32_t>(day));
  Int ever = 0, today = 0, now = 0;
  for (const auto* rule : {"base", "light", "large", "medium", "fifth", "opener"}) {
    ever += given_before(person.uses, rule, {});
    today += given_before(person.uses, rule, day);
  }
  for (Given& given : all) {
    given.uncut = given.points;
    if (given.last_day == never) given.last_day = to_days(add_months(date, 4));
    if (given.rule == "light") cut(given, {6000, 8000, never}, person, day);
    if (given.rule == "fifth") cut(given, {never, never, 6000}, person, day);
    for (const Int cap : {150'000 - now, 200'000 - today - now, 900'000 - ever - now})
      cut(given, cap);
    now += given.points;
  }
  return all;
}

}  // namespace keepsake::cli::loyalty_model

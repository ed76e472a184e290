// What a quote costs: 40 lines under 200 rules that all apply, beside the bare limit of the same
// run, which touches every line for every rule and adds, and decides nothing.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "storage/domain/loyalty/quote.hpp"

using namespace keepsake;
using namespace keepsake::loyalty;

namespace {

constexpr int runs = 5000;
constexpr std::size_t line_count = 40;
constexpr std::size_t rule_count = 200;

Currency nok() { return *Currency::parse("NOK"); }

Basket basket() {
  Basket made;
  made.currency = nok();
  made.store = "S1";
  for (std::size_t i = 0; i < line_count; ++i) {
    BasketLine line;
    line.article = "ART-" + std::to_string(i);
    line.category = i % 2 == 0 ? "Kitchen" : "Cables";
    line.brand = "Kok";
    line.labels = {"new", "eco"};
    line.quantity = Quantity::pieces(1 + static_cast<std::int64_t>(i % 3));
    line.unit_price = UnitPrice::from_minor(9990 + static_cast<std::int64_t>(i) * 137);
    line.tax = {2500};
    made.lines.push_back(line);
  }
  made.tenders = {{TenderKind::points, 10'000}, {TenderKind::card, 100'000}};
  made.claims = {{"kr-50", 2, {}}};
  return made;
}

// A quarter of each kind; filters that have to be read to their end and then hold.
loyalty::Rules programme() {
  loyalty::Rules made;
  made.currency = nok();
  made.redeeming.point_value_milli_minor = 10'000;
  made.expiry = {ExpiryKind::months, 12};
  for (std::size_t i = 0; i < rule_count; ++i) {
    EarningRule rule;
    rule.id = "rule-" + std::to_string(i);
    rule.kind = i % 4 == 3   ? EarnKind::per_order
                : i % 4 == 2 ? EarnKind::per_item
                             : EarnKind::per_amount;
    rule.points = {100 + static_cast<std::int64_t>(i)};
    rule.for_each_minor = 1000;
    rule.filter.lines.categories = {"Garden", "Kitchen", "Cables"};
    rule.filter.lines.not_labels = {"outlet"};
    rule.filter.order.from = Date{std::chrono::year(2026) / 1 / 1};
    rule.filter.order.until = Date{std::chrono::year(2026) / 12 / 31};
    rule.caps.per_day = Points{100'000'000};
    if (i % 5 == 0) rule.group = "g";
    made.earning.rules.push_back(rule);
  }
  made.earning.groups = {{"g", Combine::best}};
  Multiplier weekend{"weekend", "", 2 * one_times, {}};
  weekend.filter.lines.categories = {"Kitchen"};
  made.earning.multipliers = {weekend};
  Reward off;
  off.id = "kr-50";
  off.minor = 5000;
  off.cost = {50'000};
  made.rewards = {off};
  return made;
}

Member member() {
  Member made;
  made.known = true;
  for (int i = 0; i < 20; ++i)
    made.lots.push_back({"lot-" + std::to_string(i),
                         {50'000},
                         {50'000},
                         Date{std::chrono::year(2026) / 1 / 1},
                         Date{std::chrono::year(2027) / 1 / 1}});
  for (std::size_t i = 0; i < rule_count; ++i)
    made.uses["rule-" + std::to_string(i)] = {3, {1000}, {}, {}};
  return made;
}

struct Times {
  double p50_us, p99_us, cpu_p99_us;  // cpu: without the time that other programs took
};

double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double at_percent(std::vector<double>& times, std::size_t percent) {
  std::ranges::sort(times);
  return times[times.size() * percent / 100];
}

template <class F>
Times measure(F work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> wall, cpu;
  for (int i = 0; i < runs; ++i) {
    const double cpu_begin = cpu_us();
    const auto begin = Clock::now();
    work();
    wall.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    cpu.push_back(cpu_us() - cpu_begin);
  }
  return {at_percent(wall, 50), at_percent(wall, 99), at_percent(cpu, 99)};
}

}  // namespace

int main() {
  const loyalty::Rules rules = programme();
  const Basket goods = basket();
  const Member buyer = member();
  const LocalTime when{Instant{1'795'255'327'000}, 60};
  const auto first = quote(rules, goods, buyer, when);
  if (!first || first->earned.size() < rule_count * 3 / 4) {
    std::fprintf(stderr, "quote_bench: the quote is not what is to be measured\n");
    return EXIT_FAILURE;
  }
  std::size_t kept = 0;
  const Times ours = measure([&] { kept += quote(rules, goods, buyer, when)->earned.size(); });
  const Times bare = measure([&] {
    std::int64_t sum = 0;
    for (const EarningRule& rule : rules.earning.rules) {
      for (const BasketLine& line : goods.lines) {
        sum += line.unit_price.milli_minor * rule.points.hundredths;
        asm volatile("" : "+r"(sum));
      }
    }
    kept += static_cast<std::size_t>(sum);
  });
  std::printf(
      "quote, %zu lines x %zu rules, %zu of them giving: p50 %.0f us, p99 %.0f us, p99 of CPU time "
      "%.0f us\n",
      line_count, rule_count, first->earned.size(), ours.p50_us, ours.p99_us, ours.cpu_p99_us);
  std::printf("bare loop over the same lines and rules:  p50 %.1f us, p99 %.1f us\n", bare.p50_us,
              bare.p99_us);
  std::printf("ratio p50 %.0fx; goal: p99 at most 1000 us: %s\n", ours.p50_us / bare.p50_us,
              ours.p99_us <= 1000 ? "met" : "NOT met");
  return kept == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

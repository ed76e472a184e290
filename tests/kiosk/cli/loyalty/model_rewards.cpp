#include <map>

#include "storage/domain/sale/loyalty_result.hpp"
#include "tests/kiosk/cli/loyalty/model_recount.hpp"

namespace keepsake::cli::loyalty_model {
namespace {

struct Reward {
  const char* id;
  Int cost;
  Int percent;  // of a discount in percent
  Int most;
  Int minor;  // of a discount in money, or of what is paid or given
  bool discount;
};

// Discounts in the order in which they are taken.
constexpr Reward rewards[] = {
    {"gold-five", 0, 5, never, 0, true},       {"tenth", 15'000, 10, 2000, 0, true},
    {"five-off", 30'000, 0, never, 500, true}, {"spring", 0, 0, never, 300, true},
    {"pocket", 20'000, 0, never, 200, false},  {"tote", 25'000, 0, never, 400, false},
    {"voucher", 10'000, 0, never, 0, false},   {"charity", 10'000, 0, never, 100, false},
};

const Reward& find(const std::string& id) {
  return *std::ranges::find(rewards, id, [](const Reward& each) { return std::string(each.id); });
}

/// What the reward takes off each line; what pays in is never reduced.
Parts taken_off(const Reward& reward, Int steps, const std::vector<SaleLine>& lines) {
  Parts left;
  for (const SaleLine& line : lines) left.push_back(line.load ? 0 : line.net);
  const Int base = sum_of(left);
  const Int off = reward.percent > 0
                      ? std::min((2 * base * reward.percent + 100) / 200, reward.most)
                      : std::min(steps * reward.minor, base);
  // Over the articles first, then over the lines of each.
  std::map<std::string, std::vector<std::size_t>> articles;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (left[i] > 0) articles[lines[i].article].push_back(i);
  Parts sums, parts(lines.size());
  for (const auto& [article, places] : articles) {
    sums.push_back(0);
    for (const std::size_t i : places) sums.back() += left[i];
  }
  if (sums.empty()) return parts;
  const Parts shares = by_weight(off, sums);
  std::size_t n = 0;
  for (const auto& [article, places] : articles) {
    Parts own;
    for (const std::size_t i : places) own.push_back(left[i]);
    const Parts split = by_weight(shares[n++], own);
    for (std::size_t k = 0; k < places.size(); ++k) parts[places[k]] = split[k];
  }
  return parts;
}

}  // namespace

Int cost_of(const std::string& reward) { return find(reward).cost; }
Int value_of(const std::string& reward) { return find(reward).minor; }
bool is_discount(const std::string& reward) { return find(reward).discount; }

Spent spent_on(std::vector<SaleLine>& lines, const std::vector<RewardUse>& asked,
               Int points_tender_minor) {
  Spent spent;
  spent.by_line.assign(lines.size(), 0);
  for (const Reward& reward : rewards) {
    for (const RewardUse& use : asked) {
      if (use.reward != reward.id) continue;
      const Int cost = use.steps * reward.cost;
      (reward.discount ? spent.on_goods : spent.on_others) += cost;
      if (!reward.discount) continue;
      const Parts off = taken_off(reward, use.steps, lines);
      for (std::size_t i = 0; i < lines.size(); ++i) lines[i].net -= off[i];
      add(spent.by_line, by_weight(cost, off));
    }
  }
  if (points_tender_minor == 0) return spent;
  Parts nets;
  for (const SaleLine& line : lines) nets.push_back(line.net);
  const Parts by_points = by_weight(points_tender_minor, nets);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].by_points = by_points[i];
  const Int price = (points_tender_minor * 2 + 2) / 3 * 100;  // 1.5 pence a point
  spent.on_goods += price;
  add(spent.by_line, by_weight(price, by_points));
  return spent;
}

}  // namespace keepsake::cli::loyalty_model

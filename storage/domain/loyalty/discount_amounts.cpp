#include "storage/domain/loyalty/discount_amounts.hpp"

#include <algorithm>
#include <numeric>

#include "storage/domain/values/rounding.hpp"

namespace keepsake::loyalty {
namespace {

constexpr std::int64_t whole_basis_points = 10'000;

struct Scene {
  const Reward& reward;
  std::int64_t steps;
  const Basket& basket;
  const Remaining& left;
  const std::vector<std::size_t>& fitting;
};

std::int64_t sum_of(const Scene& scene) {
  return std::accumulate(
      scene.fitting.begin(), scene.fitting.end(), std::int64_t{0},
      [&](std::int64_t sum, std::size_t line) { return sum + scene.left.minor[line]; });
}

Result<Reduction> spread(const Scene& scene, std::int64_t minor, Reduction reduction) {
  std::vector<std::int64_t> weights;
  for (const std::size_t line : scene.fitting) weights.push_back(scene.left.minor[line]);
  const auto parts = allocate(Money{minor, scene.basket.currency}, weights);
  if (!parts) return parts.error();
  reduction.minor = minor;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    if ((*parts)[i].minor > 0) reduction.lines.push_back({scene.fitting[i], (*parts)[i].minor, 0});
  }
  return reduction;
}

// Of two lines the one whose piece costs less; ties to the earlier line.
bool cheaper(const Remaining& left, std::size_t a, std::size_t b) {
  const Wide price_a = Wide{left.minor[a]} * left.pieces[b];
  const Wide price_b = Wide{left.minor[b]} * left.pieces[a];
  return price_a != price_b ? price_a < price_b : a < b;
}

std::vector<std::size_t> cheapest_first(const Scene& scene) {
  std::vector<std::size_t> order = scene.fitting;
  std::erase_if(order, [&](std::size_t line) { return scene.left.pieces[line] == 0; });
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return cheaper(scene.left, a, b); });
  return order;
}

Result<std::int64_t> value_of(const Remaining& left, std::size_t line, std::int64_t pieces,
                              std::int64_t basis_points) {
  return divide_half_up(Wide{left.minor[line]} * pieces * basis_points,
                        left.pieces[line] * whole_basis_points);
}

Result<Reduction> money_off(const Scene& scene) {
  const std::int64_t base = sum_of(scene);
  if (base == 0 || scene.reward.minor <= 0) return Reduction{};
  const std::int64_t useful = (base - 1) / scene.reward.minor + 1;
  Reduction reduction;
  reduction.steps = std::min(scene.steps, useful);
  reduction.base_minor = base;
  const Wide wanted = Wide{reduction.steps} * scene.reward.minor;
  return spread(scene, wanted > base ? base : static_cast<std::int64_t>(wanted), reduction);
}

Result<Reduction> percent_off(const Scene& scene) {
  Reduction reduction;
  reduction.steps = 1;
  reduction.base_minor = sum_of(scene);
  if (reduction.base_minor == 0) return Reduction{};
  const auto exact =
      divide_half_up(Wide{reduction.base_minor} * scene.reward.basis_points, whole_basis_points);
  if (!exact) return exact.error();
  return spread(scene, std::min(*exact, scene.reward.most_minor.value_or(*exact)), reduction);
}

Result<Reduction> off_cheapest(const Scene& scene) {
  const auto order = cheapest_first(scene);
  if (order.empty()) return Reduction{};
  const std::size_t line = order.front();
  const bool percent = scene.reward.kind == RewardKind::percent_off;
  const auto piece = value_of(scene.left, line, 1, whole_basis_points);
  if (!piece) return piece.error();
  Result<std::int64_t> minor = percent ? value_of(scene.left, line, 1, scene.reward.basis_points)
                                       : Result<std::int64_t>(std::min(*piece, scene.reward.minor));
  if (!minor) return minor.error();
  const std::int64_t taken = std::min(*minor, scene.reward.most_minor.value_or(*minor));
  Reduction reduction;
  if (taken == 0) return reduction;
  reduction.minor = taken;
  reduction.steps = 1;
  reduction.base_minor = *piece;
  reduction.lines.push_back({line, taken, 0});
  return reduction;
}

// `pieces` of the cheapest ones at `basis_points` off.
Result<Reduction> off_pieces(const Scene& scene, std::int64_t pieces, std::int64_t basis_points) {
  Reduction reduction;
  for (const std::size_t line : cheapest_first(scene)) {
    const std::int64_t here = std::min(pieces - reduction.pieces, scene.left.pieces[line]);
    if (here == 0) break;
    const auto minor = value_of(scene.left, line, here, basis_points);
    if (!minor) return minor.error();
    reduction.pieces += here;
    reduction.minor += *minor;
    reduction.lines.push_back({line, *minor, here});
  }
  std::ranges::sort(reduction.lines, {}, &ReducedLine::line);
  return reduction;
}

std::int64_t pieces_of(const Scene& scene) {
  return std::accumulate(
      scene.fitting.begin(), scene.fitting.end(), std::int64_t{0},
      [&](std::int64_t sum, std::size_t line) { return sum + scene.left.pieces[line]; });
}

Result<Reduction> free_item(const Scene& scene) {
  auto reduction = off_pieces(scene, std::min(scene.steps, pieces_of(scene)), whole_basis_points);
  if (reduction) reduction->steps = reduction->pieces;
  return reduction;
}

Result<Reduction> buy_x_get_y(const Scene& scene) {
  const std::int64_t set = scene.reward.buy + scene.reward.get;
  const std::int64_t pieces = pieces_of(scene);
  const std::int64_t sets = std::min(scene.steps, pieces / set);
  if (sets == 0) return Reduction{};
  auto reduction = off_pieces(scene, sets * scene.reward.get, scene.reward.basis_points);
  if (reduction) {
    reduction->steps = sets;
    reduction->pieces_bought = sets * set;
  }
  return reduction;
}

}  // namespace

Result<Reduction> reduction(const Reward& reward, std::int64_t steps, const Basket& basket,
                            const Remaining& left, const std::vector<std::size_t>& fitting) {
  assert(steps > 0 && is_discount(reward.kind));
  const Scene scene{reward, steps, basket, left, fitting};
  switch (reward.kind) {
    case RewardKind::free_item:
      return free_item(scene);
    case RewardKind::buy_x_get_y:
      return buy_x_get_y(scene);
    case RewardKind::percent_off:
      return reward.scope == RewardScope::cheapest ? off_cheapest(scene) : percent_off(scene);
    default:
      return reward.scope == RewardScope::cheapest ? off_cheapest(scene) : money_off(scene);
  }
}

}  // namespace keepsake::loyalty

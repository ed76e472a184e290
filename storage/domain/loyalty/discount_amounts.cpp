#include "storage/domain/loyalty/discount_amounts.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/rounding.hpp"

namespace keepsake::loyalty {
namespace {

constexpr std::int64_t whole_basis_points = 10'000;

struct Scene {
  const Reward& reward;
  std::int64_t steps;
  const DiscountRounding& rounding;
  const Basket& basket;
  const Remaining& left;
  const std::vector<std::size_t>& fitting;
};

Choice choice_of(const Scene& scene) {
  return {scene.reward, scene.basket, scene.left, scene.fitting};
}

std::int64_t sum_of(const Scene& scene) {
  return std::accumulate(
      scene.fitting.begin(), scene.fitting.end(), std::int64_t{0},
      [&](std::int64_t sum, std::size_t line) { return sum + scene.left.minor[line]; });
}

// Splits over these lines by largest remainder: over the articles first, then over the lines of
// each. What an article costs then does not depend on how its pieces are split into lines.
Result<Done> spread(const Scene& scene, std::int64_t minor,
                    const std::vector<std::int64_t>& weights, std::vector<ReducedLine>& lines) {
  std::map<std::string_view, std::vector<std::size_t>> articles;
  for (std::size_t i = 0; i < lines.size(); ++i)
    articles[scene.basket.lines[lines[i].line].article].push_back(i);
  std::vector<std::int64_t> sums;
  for (const auto& [article, places] : articles) {
    sums.push_back(0);
    for (const std::size_t i : places) sums.back() += weights[i];
  }
  const auto parts = allocate(Money{minor, scene.basket.currency}, sums);
  if (!parts) return parts.error();
  auto part = parts->begin();
  for (const auto& [article, places] : articles) {
    const Money here = *part++;
    if (here.minor == 0) continue;
    std::vector<std::int64_t> own;
    for (const std::size_t i : places) own.push_back(weights[i]);
    const auto split = allocate(here, own);
    if (!split) return split.error();
    for (std::size_t n = 0; n < places.size(); ++n) lines[places[n]].minor = (*split)[n].minor;
  }
  return Done{};
}

Result<Reduction> off_lines(const Scene& scene, std::int64_t minor, Reduction reduction) {
  std::vector<std::int64_t> weights;
  for (const std::size_t line : scene.fitting) {
    weights.push_back(scene.left.minor[line]);
    reduction.lines.push_back({line, 0, 0, 0});
  }
  reduction.minor = minor;
  if (auto done = spread(scene, minor, weights, reduction.lines); !done) return done.error();
  return reduction;
}

// Uses these pieces up. `reduced` says what goes of the worth of those given; that is rounded once
// and split over their lines.
template <class F>
Result<Reduction> off_pieces(const Scene& scene, const std::vector<Picked>& picked, F reduced) {
  Reduction reduction;
  std::vector<std::int64_t> worth;
  for (const Picked& each : picked) {
    const auto given = value_of(scene.left, each.line, each.given);
    const auto used = value_of(scene.left, each.line, each.given + each.bought);
    if (!given) return given.error();
    if (!used) return used.error();
    worth.push_back(*given);
    reduction.base_minor += *given;
    reduction.pieces += each.given;
    reduction.lines.push_back({each.line, 0, each.given + each.bought, *used});
  }
  if (reduction.base_minor == 0) return Reduction{};
  const Result<std::int64_t> minor = reduced(reduction.base_minor);
  if (!minor) return minor.error();
  reduction.minor = *minor;
  if (auto done = spread(scene, *minor, worth, reduction.lines); !done) return done.error();
  return reduction;
}

// Exactly, then rounded once; never more than there is.
Result<std::int64_t> percent_of(const Scene& scene, std::int64_t minor, std::int64_t basis_points) {
  const Wide step = Wide{whole_basis_points} * scene.rounding.step_minor;
  const Wide off = whole_steps(Wide{minor} * basis_points, step, scene.rounding.mode) *
                   scene.rounding.step_minor;
  return off > minor ? minor : static_cast<std::int64_t>(off);
}

Result<Reduction> money_off(const Scene& scene) {
  const std::int64_t base = sum_of(scene);
  if (base == 0 || scene.reward.minor <= 0) return Reduction{};
  const std::int64_t useful = (base - 1) / scene.reward.minor + 1;
  Reduction reduction;
  reduction.steps = std::min(scene.steps, useful);
  reduction.base_minor = base;
  const Wide wanted = Wide{reduction.steps} * scene.reward.minor;
  return off_lines(scene, wanted > base ? base : static_cast<std::int64_t>(wanted), reduction);
}

Result<Reduction> percent_off(const Scene& scene) {
  Reduction reduction;
  reduction.steps = 1;
  reduction.base_minor = sum_of(scene);
  if (reduction.base_minor == 0) return Reduction{};
  const auto exact = percent_of(scene, reduction.base_minor, scene.reward.basis_points);
  if (!exact) return exact.error();
  return off_lines(scene, std::min(*exact, scene.reward.most_minor.value_or(*exact)), reduction);
}

Result<Reduction> off_cheapest(const Scene& scene) {
  const Reward& reward = scene.reward;
  auto reduction = off_pieces(scene, pick(choice_of(scene), 1, 0),
                              [&](std::int64_t piece) -> Result<std::int64_t> {
                                Result<std::int64_t> minor = std::min(piece, reward.minor);
                                if (reward.kind == RewardKind::percent_off)
                                  minor = percent_of(scene, piece, reward.basis_points);
                                if (!minor) return minor;
                                return std::min(*minor, reward.most_minor.value_or(*minor));
                              });
  if (reduction) reduction->steps = reduction->minor > 0 ? 1 : 0;
  return reduction;
}

Result<Reduction> off_each(const Scene& scene) {
  Reduction reduction;
  for (const std::size_t line : scene.fitting) {
    const auto off = divide_half_up(
        Wide{scene.reward.minor} * scene.basket.lines[line].quantity.thousandths, 1000);
    if (!off) return off.error();
    const std::int64_t minor = std::min(*off, scene.left.minor[line]);
    if (minor == 0) continue;
    reduction.minor += minor;
    reduction.base_minor += scene.left.minor[line];
    reduction.lines.push_back({line, minor, 0, 0});
  }
  reduction.steps = reduction.minor > 0 ? 1 : 0;
  return reduction;
}

Result<Reduction> free_item(const Scene& scene) {
  const std::int64_t each = scene.reward.pieces;
  const std::int64_t steps = std::min(scene.steps, pieces_of(choice_of(scene)) / each);
  auto reduction = off_pieces(scene, pick(choice_of(scene), steps * each, 0),
                              [](std::int64_t worth) { return Result<std::int64_t>(worth); });
  if (reduction) reduction->steps = reduction->pieces / each;
  return reduction;
}

Result<Reduction> buy_x_get_y(const Scene& scene) {
  const Reward& reward = scene.reward;
  const PickedSets made = pick_buy_get(choice_of(scene), scene.steps);
  if (made.sets == 0) return Reduction{};
  auto reduction = off_pieces(scene, made.pieces, [&](std::int64_t worth) {
    return percent_of(scene, worth, reward.basis_points);
  });
  if (reduction) {
    reduction->steps = made.sets;
    reduction->pieces_bought = made.sets * (reward.buy + reward.get);
  }
  return reduction;
}

Result<Reduction> set_price(const Scene& scene) {
  const auto made = pick_priced_sets(choice_of(scene), scene.steps);
  if (!made) return made.error();
  if (made->sets == 0) return Reduction{};
  auto reduction = off_pieces(scene, made->pieces, [&](std::int64_t worth) {
    return Result<std::int64_t>(std::max<std::int64_t>(worth - made->sets * scene.reward.minor, 0));
  });
  if (reduction) reduction->steps = made->sets;
  return reduction;
}

}  // namespace

Result<Reduction> reduction(const Reward& reward, std::int64_t steps,
                            const DiscountRounding& rounding, const Basket& basket,
                            const Remaining& left, const std::vector<std::size_t>& fitting) {
  assert(steps > 0 && is_discount(reward.kind));
  const Scene scene{reward, steps, rounding, basket, left, fitting};
  switch (reward.kind) {
    case RewardKind::free_item:
      return free_item(scene);
    case RewardKind::buy_x_get_y:
      return buy_x_get_y(scene);
    case RewardKind::set_price:
      return set_price(scene);
    case RewardKind::percent_off:
      return reward.scope == RewardScope::cheapest ? off_cheapest(scene) : percent_off(scene);
    default:
      if (reward.scope == RewardScope::each) return off_each(scene);
      return reward.scope == RewardScope::cheapest ? off_cheapest(scene) : money_off(scene);
  }
}

void apply(const Reduction& reduction, Remaining& left) {
  for (const ReducedLine& part : reduction.lines) {
    std::int64_t& minor = left.minor[part.line];
    std::int64_t& piece_minor = left.piece_minor[part.line];
    // Money off a whole line comes off its pieces alike.
    const auto share = part.pieces > 0 || minor == 0
                           ? Result<std::int64_t>(part.used_minor)
                           : divide_half_up(Wide{piece_minor} * part.minor, minor);
    assert(share.ok());
    left.pieces[part.line] -= part.pieces;
    piece_minor -= *share;
    minor -= part.minor;
    assert(left.pieces[part.line] >= 0 && 0 <= piece_minor && piece_minor <= minor);
  }
}

Why why_of(const Reward& reward, const Reduction& reduction, Currency currency) {
  const auto money = [&](std::int64_t minor) { return Money{minor, currency}; };
  const std::string percent = format_scaled(reward.basis_points, 2, 0);
  switch (reward.kind) {
    case RewardKind::percent_off:
      return {"discount.percent",
              reward.id,
              {{"percent", percent}, {"amount", money(reduction.base_minor)}}};
    case RewardKind::free_item:
      return {"discount.free-item",
              reward.id,
              {{"pieces", reduction.pieces},
               {"article", reward.article.empty() ? reward.name.usual : reward.article}}};
    case RewardKind::set_price:
      return {"discount.set",
              reward.id,
              {{"sets", reduction.steps},
               {"pieces", reduction.pieces},
               {"worth", money(reward.minor)}}};
    case RewardKind::buy_x_get_y:
      return {"discount.buy-get",
              reward.id,
              {{"pieces", reduction.pieces},
               {"bought", reduction.pieces_bought},
               {"percent", percent}}};
    default:
      if (reward.scope == RewardScope::each)
        return {"discount.each", reward.id, {{"worth", money(reward.minor)}}};
      return {"discount.money",
              reward.id,
              {{"steps", reduction.steps}, {"worth", money(reward.minor)}}};
  }
}

}  // namespace keepsake::loyalty

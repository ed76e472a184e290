#include "storage/domain/loyalty/pieces.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "storage/domain/values/rounding.hpp"

namespace keepsake::loyalty {
namespace {

// Of two lines the one whose piece costs less. Ties go by the article, so that they do not depend
// on where lines stand or how they are split.
bool cheaper(const Choice& choice, std::size_t a, std::size_t b) {
  const Remaining& left = choice.left;
  const Wide price_a = Wide{left.piece_minor[a]} * left.pieces[b];
  const Wide price_b = Wide{left.piece_minor[b]} * left.pieces[a];
  if (price_a != price_b) return price_a < price_b;
  const auto& lines = choice.basket.lines;
  return std::tie(lines[a].article, a) < std::tie(lines[b].article, b);
}

std::vector<std::size_t> cheapest_first(const Choice& choice) {
  std::vector<std::size_t> order = choice.fitting;
  std::erase_if(order, [&](std::size_t line) { return choice.left.piece_minor[line] == 0; });
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return cheaper(choice, a, b); });
  return order;
}

void put_in_order(std::vector<Picked>& picked) {
  std::erase_if(picked, [](const Picked& each) { return each.given + each.bought == 0; });
  std::ranges::sort(picked, {}, &Picked::line);
}

/// What is bought and what is given are chosen by filters of their own, which may overlap.
class BuyAndGet {
 public:
  explicit BuyAndGet(const Choice& choice) : choice_(choice) {
    for (const std::size_t line : cheapest_first(choice)) {
      const BasketLine& goods = choice.basket.lines[line];
      Role role{line, matches(choice.reward.filter.lines, goods),
                matches(*choice.reward.get_of, goods)};
      const std::int64_t pieces = choice.left.pieces[line];
      if (role.buys) buying_ += pieces;
      if (role.gives) giving_ += pieces;
      if (role.buys || role.gives) all_ += pieces;
      roles_.push_back(role);
    }
  }

  std::int64_t most_sets() const {
    const Reward& reward = choice_.reward;
    return std::min({buying_ / reward.buy, giving_ / reward.get, all_ / (reward.buy + reward.get)});
  }

  std::vector<Picked> pick(std::int64_t sets) const {
    std::int64_t give = sets * choice_.reward.get;
    std::int64_t buy = sets * choice_.reward.buy;
    // Of the pieces that both filters let through so many are needed to be bought.
    std::int64_t to_spare = buying_ - buy;
    std::vector<Picked> picked;
    for (const Role& role : roles_) {
      std::int64_t here = role.gives ? std::min(give, choice_.left.pieces[role.line]) : 0;
      if (role.buys) here = std::min(here, to_spare);
      if (role.buys) to_spare -= here;
      give -= here;
      picked.push_back({role.line, here, 0});
    }
    assert(give == 0);
    for (std::size_t i = roles_.size(); i-- > 0;) {
      if (!roles_[i].buys) continue;
      picked[i].bought = std::min(buy, choice_.left.pieces[roles_[i].line] - picked[i].given);
      buy -= picked[i].bought;
    }
    assert(buy == 0);
    return picked;
  }

 private:
  struct Role {
    std::size_t line = 0;
    bool buys = false;
    bool gives = false;
  };

  const Choice& choice_;
  std::vector<Role> roles_;  // the cheapest first
  std::int64_t buying_ = 0, giving_ = 0, all_ = 0;
};

using Fits = std::vector<std::vector<char>>;  // by line and part

Fits fits_of(const Choice& choice) {
  Fits fits(choice.basket.lines.size());
  for (const std::size_t line : choice.fitting) {
    for (const SetPart& part : choice.reward.parts)
      fits[line].push_back(matches(part.lines, choice.basket.lines[line]) ? 1 : 0);
  }
  return fits;
}

/// Gives each piece its place in a set. A piece that fits several parts makes room for one that
/// fits fewer: taking the dearest that still finds a place gives the dearest set there is.
class SetPlaces {
 public:
  SetPlaces(const std::vector<SetPart>& parts, const Fits& fits)
      : seated_(parts.size()), fits_(fits) {
    for (const SetPart& part : parts) {
      room_.push_back(part.pieces);
      open_ += part.pieces;
    }
  }

  bool complete() const { return open_ == 0; }

  /// Whether one more piece of the line has a place.
  bool seat(std::size_t line) {
    std::vector<Move> moves(room_.size());
    std::vector<std::size_t> reached;
    reach(line, start, moves, reached);
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const std::size_t part = reached[i];
      if (room_[part] > 0) return settle(part, moves), true;
      for (const auto& [other, pieces] : seated_[part])
        if (pieces > 0) reach(other, part, moves, reached);
    }
    return false;
  }

 private:
  static constexpr std::size_t start = static_cast<std::size_t>(-1);
  struct Move {
    bool known = false;
    std::size_t from = start;  // the part that the piece leaves
    std::size_t line = 0;
  };

  void reach(std::size_t line, std::size_t from, std::vector<Move>& moves,
             std::vector<std::size_t>& reached) const {
    for (std::size_t part = 0; part < moves.size(); ++part) {
      if (moves[part].known || fits_[line][part] == 0) continue;
      moves[part] = {true, from, line};
      reached.push_back(part);
    }
  }

  void settle(std::size_t part, const std::vector<Move>& moves) {
    --room_[part];
    --open_;
    while (true) {
      const Move& move = moves[part];
      ++seated_[part][move.line];
      if (move.from == start) return;
      --seated_[move.from][move.line];
      part = move.from;
    }
  }

  std::vector<std::int64_t> room_;
  std::vector<std::map<std::size_t, std::int64_t>> seated_;  // by part: pieces of each line
  const Fits& fits_;
  std::int64_t open_ = 0;
};

/// The dearest set of what is left, by line; nothing where there is none.
std::vector<Picked> dearest_set(const std::vector<SetPart>& parts, const Fits& fits,
                                const std::vector<std::size_t>& dearest_first,
                                const std::vector<std::int64_t>& pieces) {
  SetPlaces places(parts, fits);
  std::vector<Picked> picked;
  for (const std::size_t line : dearest_first) {
    std::int64_t here = 0;
    while (!places.complete() && here < pieces[line] && places.seat(line)) ++here;
    if (here > 0) picked.push_back({line, here, 0});
    if (places.complete()) return picked;
  }
  return {};
}

}  // namespace

Result<std::int64_t> value_of(const Remaining& left, std::size_t line, std::int64_t pieces) {
  return divide_half_up(Wide{left.piece_minor[line]} * pieces, left.pieces[line]);
}

std::int64_t pieces_of(const Choice& choice) {
  return std::accumulate(choice.fitting.begin(), choice.fitting.end(), std::int64_t{0},
                         [&](std::int64_t sum, std::size_t line) {
                           const bool costs = choice.left.piece_minor[line] > 0;
                           return sum + (costs ? choice.left.pieces[line] : 0);
                         });
}

// The cheapest pieces are given, the dearest of the others bought for it: a second set of the same
// kind then gives what more steps of the first would.
std::vector<Picked> pick(const Choice& choice, std::int64_t give, std::int64_t buy) {
  std::vector<Picked> picked;
  for (const std::size_t line : cheapest_first(choice)) {
    const std::int64_t here = std::min(give, choice.left.pieces[line]);
    picked.push_back({line, here, 0});
    give -= here;
  }
  for (auto each = picked.rbegin(); each != picked.rend(); ++each) {
    each->bought = std::min(buy, choice.left.pieces[each->line] - each->given);
    buy -= each->bought;
  }
  put_in_order(picked);
  return picked;
}

PickedSets pick_buy_get(const Choice& choice, std::int64_t steps) {
  const Reward& reward = choice.reward;
  PickedSets made;
  if (!reward.get_of) {
    made.sets = std::min(steps, pieces_of(choice) / (reward.buy + reward.get));
    if (made.sets > 0) made.pieces = pick(choice, made.sets * reward.get, made.sets * reward.buy);
    return made;
  }
  const BuyAndGet both(choice);
  made.sets = std::min(steps, both.most_sets());
  if (made.sets > 0) made.pieces = both.pick(made.sets);
  put_in_order(made.pieces);
  return made;
}

Result<PickedSets> pick_priced_sets(const Choice& choice, std::int64_t steps) {
  std::vector<std::size_t> dearest_first = cheapest_first(choice);
  std::ranges::reverse(dearest_first);
  std::vector<std::int64_t> pieces = choice.left.pieces;
  const Fits fits = fits_of(choice);
  std::map<std::size_t, std::int64_t> used;
  PickedSets made;
  while (made.sets < steps) {
    std::erase_if(dearest_first, [&](std::size_t line) { return pieces[line] == 0; });
    const auto set = dearest_set(choice.reward.parts, fits, dearest_first, pieces);
    std::int64_t worth = 0;
    std::int64_t times = steps - made.sets;  // the same pieces of it over and over
    for (const Picked& part : set) {
      const auto value = value_of(choice.left, part.line, part.given);
      if (!value) return value.error();
      worth += *value;
      times = std::min(times, pieces[part.line] / part.given);
    }
    if (worth <= choice.reward.minor) break;
    for (const Picked& part : set) {
      pieces[part.line] -= part.given * times;
      used[part.line] += part.given * times;
    }
    made.sets += times;
  }
  for (const auto& [line, count] : used) made.pieces.push_back({line, count, 0});
  return made;
}

}  // namespace keepsake::loyalty

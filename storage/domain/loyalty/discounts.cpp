#include "storage/domain/loyalty/discounts.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <limits>

#include "storage/domain/loyalty/best_of.hpp"
#include "storage/domain/loyalty/discount_amounts.hpp"
#include "storage/domain/loyalty/minimums.hpp"
#include "storage/domain/values/decimal.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::loyalty {
namespace {

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

struct Ask {
  const Reward* reward = nullptr;
  std::int64_t steps = 1;
  const CouponCode* coupon = nullptr;
  const Claim* claim = nullptr;
  const ListedCode* listed = nullptr;  ///< where a list holds the coupon
};

const Use& use_of(const Uses& uses, std::string_view id) {
  static const Use none;
  const auto found = uses.find(id);
  return found == uses.end() ? none : found->second;
}

class Taking {
 public:
  Taking(const Rules& programme, const Basket& basket, const Member& member, LocalTime at,
         const std::vector<std::int64_t>& gross, Points balance, const Beaten& beaten)
      : programme_(programme),
        basket_(basket),
        member_(member),
        at_(at),
        balance_(balance),
        beaten_(beaten) {
    left_.minor = left_.piece_minor = gross;
    for (const BasketLine& line : basket.lines)
      left_.pieces.push_back(
          is_weighed(line.sold_by, line.quantity) ? 1 : line.quantity.thousandths / 1000);
  }

  Result<Rewarded> run();

 private:
  void collect();
  void collect_claim(const Claim& claim);
  void collect_code(const std::string& typed);
  void collect_coupon(Ask ask);
  Ask listed(std::string_view typed);
  void note_unasked(const Reward& reward);
  std::int64_t taken_of(const Reward& reward) const;
  std::int64_t today_left(const Reward& reward) const;
  bool has_lines_for(const Reward& reward) const;
  Ask bounded(Ask ask) const;
  Result<Done> take(const Ask& asked);
  Result<Done> issue(const Ask& asked);
  static bool names(const Ask& ask, std::size_t line);
  std::vector<std::size_t> fitting(const Ask& ask) const;
  bool goods_fit(const Ask& ask) const;
  std::optional<Why> admit(const Ask& ask) const;
  std::optional<Why> admit_uses(const Ask& ask) const;
  std::optional<Why> admit_coupon(const Ask& ask) const;
  std::optional<Why> admit_list(const Ask& ask, std::int64_t steps) const;
  std::optional<Why> admit_minimum(const Ask& ask) const;
  std::vector<std::string> codes_for(const Ask& ask) const;
  Result<Points> cost_of(const Ask& ask, std::int64_t steps) const;
  std::optional<Why> pay(const Ask& ask, Points cost);
  void refuse(const Ask& ask, Why why);
  Money money(std::int64_t minor) const { return {minor, basket_.currency}; }

  const Rules& programme_;
  const Basket& basket_;
  const Member& member_;
  LocalTime at_;
  Points balance_;  // what is left of it
  const Beaten& beaten_;
  Remaining left_;
  std::vector<Ask> asks_;
  std::deque<CouponCode> listed_;  // coupons of lists; asks point to them
  bool alone_taken_ = false;
  Rewarded result_;
};

void Taking::refuse(const Ask& ask, Why why) {
  if (ask.claim == nullptr && ask.coupon == nullptr) {
    result_.not_applied.push_back({ask.reward->id, std::move(why)});
    return;
  }
  result_.refused.push_back(
      {ask.coupon != nullptr ? ask.coupon->code : ask.reward->id, std::move(why)});
}

void Taking::collect_claim(const Claim& claim) {
  const Reward* reward = find_reward(programme_, claim.reward);
  if (reward == nullptr) {
    result_.refused.push_back({claim.reward, {"refuse.unknown-reward", "", {}}});
    return;
  }
  const Ask ask{reward, claim.times, nullptr, &claim};
  const bool repeated =
      std::ranges::any_of(asks_, [&](const Ask& other) { return other.reward == reward; });
  if (reward->trigger != Trigger::claim) {
    refuse(ask, {"refuse.not-claimable", reward->id, {}});
  } else if (repeated) {
    refuse(ask, {"refuse.repeated", reward->id, {}});
  } else {
    asks_.push_back(ask);
  }
}

void Taking::collect_code(const std::string& typed) {
  const std::string code = code_as_written(programme_, typed);
  for (const Reward& reward : programme_.rewards) {
    const auto coupon = std::ranges::find(reward.codes, code, &CouponCode::code);
    if (reward.trigger == Trigger::code && coupon != reward.codes.end())
      return collect_coupon({&reward, 1, &*coupon, nullptr});
  }
  const Ask ask = listed(typed);
  if (ask.reward != nullptr) return collect_coupon(ask);
  result_.refused.push_back({typed, {"refuse.unknown-code", "", {}}});
}

// A code of a list is good once, for whoever shows it. Vouchers handed out are coupons of another
// reward, or of nobody here.
Ask Taking::listed(std::string_view typed) {
  const std::string key = code_key(typed);
  for (const ListedCode& each : basket_.listed) {
    const Reward* reward = find_reward(programme_, each.reward);
    const bool coupon = reward != nullptr && takes_a_list(*reward);
    if (!coupon || code_key(each.code) != key) continue;
    const auto same = std::ranges::find(listed_, each.code, &CouponCode::code);
    const CouponCode& kept = same == listed_.end()
                                 ? listed_.emplace_back(CouponCode{each.code, 1, std::nullopt})
                                 : *same;
    return {reward, 1, &kept, nullptr, &each};
  }
  return {};
}

void Taking::collect_coupon(Ask ask) {
  const auto same = [&](const Ask& other) { return other.coupon == ask.coupon; };
  const auto others =
      std::ranges::count(asks_, ask.reward, [](const Ask& other) { return other.reward; });
  // Several codes of one reward only where it says how many.
  const bool repeated =
      std::ranges::any_of(asks_, same) || others >= ask.reward->max_steps.value_or(1);
  if (repeated)
    refuse(ask, {"refuse.repeated", ask.reward->id, {}});
  else
    asks_.push_back(ask);
}

void Taking::note_unasked(const Reward& reward) {
  if (std::ranges::any_of(asks_, [&](const Ask& ask) { return ask.reward == &reward; })) return;
  const bool refused = std::ranges::any_of(
      result_.refused, [&](const Refusal& each) { return each.why.rule == reward.id; });
  if (refused) return;
  const bool claim = reward.trigger == Trigger::claim;
  result_.not_applied.push_back(
      {reward.id, {claim ? "skip.not-claimed" : "skip.no-code", reward.id, {}}});
}

// What comes by itself comes with what its filter lets through: not with money paid in alone.
bool Taking::has_lines_for(const Reward& reward) const {
  return std::ranges::any_of(
      basket_.lines, [&](const BasketLine& line) { return matches(reward.filter.lines, line); });
}

void Taking::collect() {
  for (const Claim& claim : basket_.claims) collect_claim(claim);
  for (const std::string& code : basket_.codes) collect_code(code);
  for (const Reward& reward : programme_.rewards) {
    if (reward.trigger != Trigger::automatic) {
      note_unasked(reward);
      continue;
    }
    const Ask unasked{&reward, 1, nullptr, nullptr};
    if (!has_lines_for(reward)) {
      refuse(unasked, {"refuse.nothing-fits", reward.id, {}});
      continue;
    }
    const Use& by_all = use_of(member_.uses_by_all, reward.id);
    const Use& own = use_of(member_.uses, reward.id);
    // A discount that comes by itself comes as often as it may, a gift once.
    const bool often = is_discount(reward.kind) && !reward.once_per;
    const std::int64_t most = often ? reward.max_steps.value_or(no_limit) : 1;
    const std::int64_t stock = reward.stock ? *reward.stock - by_all.times : no_limit;
    const std::int64_t rest = reward.per_customer ? *reward.per_customer - own.times : no_limit;
    const std::int64_t today = reward.per_day ? today_left(reward) : no_limit;
    const std::int64_t steps = std::min({most, stock, rest, today});
    if (steps > 0)
      asks_.push_back({&reward, steps, nullptr, nullptr});
    else if (stock <= 0)
      refuse(unasked, {"refuse.stock", reward.id, {{"stock", std::int64_t{0}}}});
    else if (today <= 0)
      refuse(unasked, {"refuse.per-day", reward.id, {{"most", *reward.per_day}}});
    else
      refuse(unasked, {"refuse.used", reward.id, {{"times", own.times}}});
  }
}

// Whether the claim is for this line, too.
bool Taking::names(const Ask& ask, std::size_t line) {
  return ask.claim == nullptr || ask.claim->lines.empty() ||
         std::ranges::find(ask.claim->lines, line) != ask.claim->lines.end();
}

std::vector<std::size_t> Taking::fitting(const Ask& ask) const {
  const Reward& reward = *ask.reward;
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < basket_.lines.size(); ++i) {
    const BasketLine& line = basket_.lines[i];
    const bool given = reward.get_of && matches(*reward.get_of, line);
    if (left_.minor[i] == 0 || !(given || matches(reward.filter.lines, line))) continue;
    if (takes_pieces(reward.kind) && is_weighed(line.sold_by, line.quantity)) continue;
    if (reward.kind == RewardKind::free_item && !reward.article.empty() &&
        line.article != reward.article)
      continue;
    if (!names(ask, i)) continue;
    lines.push_back(i);
  }
  return lines;
}

// When a code was taken before, and by whom.
Why spent(const Ask& ask) {
  const CodeUse& use = *ask.listed->used;
  const std::string time = to_iso(use.at).substr(11, 5);
  if (use.staff.empty())
    return {"refuse.code-spent", ask.reward->id, {{"on", use.at.date()}, {"time", time}}};
  return {"refuse.code-spent-by",
          ask.reward->id,
          {{"on", use.at.date()}, {"time", time}, {"by", use.staff}}};
}

std::optional<Why> Taking::admit_coupon(const Ask& ask) const {
  if (ask.coupon == nullptr) return std::nullopt;
  if (ask.listed != nullptr && ask.listed->used) return spent(ask);
  const std::string key = "code:" + ask.coupon->code;
  const std::int64_t by_all = use_of(member_.uses_by_all, key).times;
  const std::int64_t own = use_of(member_.uses, key).times;
  if (ask.coupon->uses && by_all >= *ask.coupon->uses)
    return Why{"refuse.code-used", ask.reward->id, {{"times", by_all}}};
  if (ask.coupon->uses_per_customer && own >= *ask.coupon->uses_per_customer)
    return Why{"refuse.code-used", ask.reward->id, {{"times", own}}};
  return std::nullopt;
}

bool same_period(Period period, Date a, Date b) {
  if (a.year() != b.year()) return false;
  return period == Period::year ||
         (a.month() == b.month() && (period == Period::month || a.day() == b.day()));
}

// Steps of it in this purchase.
std::int64_t Taking::taken_of(const Reward& reward) const {
  std::int64_t steps = 0;
  for (const DiscountTaken& taken : result_.discounts)
    if (taken.reward == reward.id) steps += taken.steps;
  for (const RewardIssued& issued : result_.issued)
    if (issued.reward == reward.id) steps += issued.steps;
  return steps;
}

bool has_pool(const Reward& reward) {
  return reward.kind == RewardKind::voucher && !hands_out_a_list(reward);
}

std::int64_t Taking::today_left(const Reward& reward) const {
  const Use& by_all = use_of(member_.uses_by_all, reward.id);
  return *reward.per_day - (by_all.last_on == at_.date() ? by_all.times_today : 0);
}

// A list is for the till where it was brought in: another one has none to hand out.
std::optional<Why> Taking::admit_list(const Ask& ask, std::int64_t steps) const {
  if (!hands_out_a_list(*ask.reward)) return std::nullopt;
  const auto list = member_.next_codes.find(ask.reward->id);
  if (list == member_.next_codes.end()) return Why{"refuse.no-list", ask.reward->id, {}};
  const auto left = static_cast<std::int64_t>(list->second.size());
  if (steps <= left) return std::nullopt;
  return Why{"refuse.stock", ask.reward->id, {{"stock", left}}};
}

std::optional<Why> Taking::admit_uses(const Ask& ask) const {
  const Reward& reward = *ask.reward;
  const Use& by_all = use_of(member_.uses_by_all, reward.id);
  const Use& own = use_of(member_.uses, reward.id);
  const std::int64_t steps = ask.steps + taken_of(reward);  // several codes may bring one reward
  if (reward.stock && steps > *reward.stock - by_all.times)
    return Why{"refuse.stock", reward.id, {{"stock", *reward.stock - by_all.times}}};
  if (reward.per_day && steps > today_left(reward))
    return Why{"refuse.per-day", reward.id, {{"most", *reward.per_day}}};
  if (auto why = admit_list(ask, steps)) return why;
  const auto pool = static_cast<std::int64_t>(reward.pool.size());
  if (has_pool(reward) && steps > pool - by_all.times)
    return Why{"refuse.stock", reward.id, {{"stock", pool - by_all.times}}};
  if (reward.per_customer && steps > *reward.per_customer - own.times)
    return Why{"refuse.used", reward.id, {{"times", own.times}}};
  if (reward.once_per && own.last_on && same_period(*reward.once_per, *own.last_on, at_.date()))
    return Why{"refuse.used", reward.id, {{"times", std::int64_t{1}}}};
  const std::optional<std::int64_t> most = reward.once_per ? 1 : reward.max_steps;
  if (most && steps > *most)
    return Why{"refuse.steps", reward.id, {{"most", *most}, {"asked", steps}}};
  return admit_coupon(ask);
}

std::optional<Why> Taking::admit_minimum(const Ask& ask) const {
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < basket_.lines.size(); ++i)
    if (matches(ask.reward->filter.lines, basket_.lines[i])) lines.push_back(i);
  return falls_short(ask.reward->minimum, ask.reward->id, basket_, left_.minor, lines);
}

std::optional<Why> Taking::admit(const Ask& ask) const {
  const Reward& reward = *ask.reward;
  if (is_personal(*ask.reward, ask.coupon) && !member_.known)
    return Why{"refuse.no-member", reward.id, {}};
  if (is_counted(*ask.reward, ask.coupon) && member_.counted == Counted::not_yet)
    return Why{"refuse.not-now", reward.id, {{"because", std::string("counting")}}};
  if (const auto because = mismatch(reward.filter.order, basket_, member_, at_); !because.empty())
    return Why{"refuse.not-now", reward.id, {{"because", std::string(because)}}};
  const bool others = !result_.discounts.empty() && is_discount(reward.kind);
  if (others && (alone_taken_ || reward.standing == Standing::alone))
    return Why{"refuse.not-alone", reward.id, {}};
  if (auto why = admit_uses(ask)) return why;
  return admit_minimum(ask);
}

Result<Points> Taking::cost_of(const Ask& ask, std::int64_t steps) const {
  Points cost;
  if (__builtin_mul_overflow(ask.reward->cost.hundredths, steps, &cost.hundredths))
    return Error{Failure::limit, "points.overflow", "The reward costs too many points",
                 ask.reward->id, "Redeem it fewer times"};
  return cost;
}

std::optional<Why> Taking::pay(const Ask& ask, Points cost) {
  if (cost > balance_)
    return Why{"refuse.points-short", ask.reward->id, {{"cost", cost}, {"balance", balance_}}};
  balance_.hundredths -= cost.hundredths;
  result_.spent.hundredths += cost.hundredths;
  return std::nullopt;
}

std::int64_t list_left(const Member& member, std::string_view reward) {
  const auto list = member.next_codes.find(reward);
  return list == member.next_codes.end() ? 0 : static_cast<std::int64_t>(list->second.size());
}

// As often as points, limits and stock allow; at least once, so that it is told what is missing.
Ask Taking::bounded(Ask ask) const {
  if (ask.claim == nullptr || ask.claim->times != Claim::most) return ask;
  const Reward& reward = *ask.reward;
  std::int64_t steps = affordable_steps(reward, balance_);
  if (!is_discount(reward.kind) && reward.cost == Points{}) steps = 1;
  const std::int64_t by_all = use_of(member_.uses_by_all, reward.id).times;
  if (reward.stock) steps = std::min(steps, *reward.stock - by_all);
  if (reward.per_day) steps = std::min(steps, today_left(reward));
  if (has_pool(reward))
    steps = std::min(steps, static_cast<std::int64_t>(reward.pool.size()) - by_all);
  if (hands_out_a_list(reward)) steps = std::min(steps, list_left(member_, reward.id));
  if (reward.per_customer)
    steps = std::min(steps, *reward.per_customer - use_of(member_.uses, reward.id).times);
  steps = std::min(steps, reward.once_per ? 1 : reward.max_steps.value_or(steps));
  ask.steps = std::max<std::int64_t>(steps, 1);
  return ask;
}

Result<Done> Taking::take(const Ask& asked) {
  const Ask ask = bounded(asked);
  const auto better = beaten_.find(ask.reward->id);
  const auto give_way = [&] {
    refuse(ask, {"refuse.better", ask.reward->id, {{"better", std::string(better->second.id)}}});
    return Done{};
  };
  if (better != beaten_.end() && better->second.would_apply) return give_way();
  if (auto why = admit(ask)) return refuse(ask, std::move(*why)), Done{};
  const auto lines = fitting(ask);
  const auto reduced =
      reduction(*ask.reward, ask.steps, programme_.discount_rounding, basket_, left_, lines);
  if (!reduced) return reduced.error();
  if (reduced->minor == 0) {
    const bool parts_missing = takes_pieces(ask.reward->kind) && !lines.empty();
    refuse(ask, {parts_missing ? "refuse.incomplete" : "refuse.nothing-fits", ask.reward->id, {}});
    return Done{};
  }
  if (better != beaten_.end()) return give_way();
  const auto cost = cost_of(ask, reduced->steps);
  if (!cost) return cost.error();
  if (auto why = pay(ask, *cost)) return refuse(ask, std::move(*why)), Done{};

  DiscountTaken taken{ask.reward->id,
                      ask.coupon != nullptr ? ask.coupon->code : "",
                      reduced->steps,
                      money(reduced->minor),
                      *cost,
                      {},
                      why_of(*ask.reward, *reduced, basket_.currency)};
  for (const ReducedLine& part : reduced->lines)
    if (part.minor > 0) taken.lines.push_back({part.line, money(part.minor)});
  apply(*reduced, left_);
  alone_taken_ = alone_taken_ || ask.reward->standing == Standing::alone;
  result_.discounts.push_back(std::move(taken));
  return Done{};
}

// What is handed over for certain goods wants such goods, paid for or given away.
bool Taking::goods_fit(const Ask& ask) const {
  if (ask.reward->filter.lines.everything()) return true;
  for (std::size_t i = 0; i < basket_.lines.size(); ++i) {
    if (matches(ask.reward->filter.lines, basket_.lines[i]) && names(ask, i)) return true;
  }
  return false;
}

// The next of the list, or of the pool.
std::vector<std::string> Taking::codes_for(const Ask& ask) const {
  const Reward& reward = *ask.reward;
  const bool list = hands_out_a_list(reward);
  const std::vector<std::string>& codes =
      list ? member_.next_codes.find(reward.id)->second : reward.pool;
  const std::int64_t gone = list ? 0 : use_of(member_.uses_by_all, reward.id).times;
  const auto first = codes.begin() + static_cast<std::ptrdiff_t>(gone + taken_of(reward));
  return {first, first + static_cast<std::ptrdiff_t>(ask.steps)};
}

Result<Done> Taking::issue(const Ask& asked) {
  const Ask ask = bounded(asked);
  const Reward& reward = *ask.reward;
  auto refusal = admit(ask);
  if (!refusal && !goods_fit(ask)) refusal = Why{"refuse.nothing-fits", reward.id, {}};
  if (refusal) return refuse(ask, std::move(*refusal)), Done{};
  const auto cost = cost_of(ask, ask.steps);
  if (!cost) return cost.error();
  RewardIssued issued{reward.id, reward.kind, ask.steps, *cost, money(0), {}, {}, {}};
  if (__builtin_mul_overflow(reward.minor, ask.steps, &issued.value.minor))
    return Error{Failure::limit, "money.overflow", "The reward is worth too much", reward.id,
                 "Redeem it fewer times"};
  if (auto why = pay(ask, *cost)) return refuse(ask, std::move(*why)), Done{};
  if (ask.coupon != nullptr) issued.code = ask.coupon->code;
  issued.why = {"issue.cash-out",
                reward.id,
                {{"steps", ask.steps}, {"worth", issued.value}, {"cost", *cost}}};
  if (reward.kind == RewardKind::donation) issued.why.code = "issue.donation";
  if (reward.kind == RewardKind::gift) {
    issued.article = reward.article;
    issued.why.code = "issue.gift";
    issued.why.figures.push_back({"article", reward.article});
  }
  if (reward.kind == RewardKind::voucher) {
    issued.why.code = "issue.voucher";
    issued.codes = codes_for(ask);
  }
  result_.issued.push_back(std::move(issued));
  return Done{};
}

Result<Rewarded> Taking::run() {
  collect();
  std::vector<Ask> discounts;
  std::ranges::copy_if(asks_, std::back_inserter(discounts),
                       [](const Ask& ask) { return is_discount(ask.reward->kind); });
  std::ranges::stable_sort(
      discounts, [](const Ask& a, const Ask& b) { return comes_before(*a.reward, *b.reward); });
  for (const DiscountStage stage : programme_.discount_order) {
    for (const Ask& ask : discounts) {
      if (stage_of(*ask.reward) != stage) continue;
      if (const auto done = take(ask); !done) return done.error();
    }
  }
  for (const Ask& ask : asks_) {
    if (is_discount(ask.reward->kind)) continue;
    if (const auto done = issue(ask); !done) return done.error();
  }
  result_.net_minor = std::move(left_.minor);
  return std::move(result_);
}

}  // namespace

Result<Rewarded> take_rewards(const Rules& programme, const Basket& basket, const Member& member,
                              LocalTime at, const std::vector<std::int64_t>& gross_minor,
                              Points balance) {
  return with_the_best(programme.rewards, [&](const Beaten& beaten) {
    return Taking(programme, basket, member, at, gross_minor, balance, beaten).run();
  });
}

}  // namespace keepsake::loyalty

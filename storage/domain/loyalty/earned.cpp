#include "storage/domain/loyalty/earned.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "storage/domain/loyalty/enum_names.hpp"
#include "storage/domain/loyalty/event_rules.hpp"
#include "storage/domain/loyalty/minimums.hpp"
#include "storage/domain/loyalty/multipliers.hpp"

namespace keepsake::loyalty {
namespace {

constexpr std::int64_t thousandths = 1000;

/// A rule that applies, before its points are rounded. Numerators are over one denominator, so that
/// a sum over lines is exact.
struct Candidate {
  const EarningRule* rule = nullptr;
  bool by_line = false;
  std::int64_t denominator = 1;
  std::vector<Wide> lines;  // by_line: one for each line of the basket
  Wide once = 0;            // not by_line
  std::int64_t amount_minor = 0;
  Quantity quantity;

  Wide sum() const { return std::accumulate(lines.begin(), lines.end(), once); }
};

class Earner {
 public:
  explicit Earner(const EarningBasis& basis)
      : basis_(basis),
        earning_(basis.programme.earning),
        boost_(multiplied_by(earning_, basis.basket, basis.member, basis.at)) {}

  Result<Earned> run();

 private:
  Result<Done> consider(const EarningRule& rule);
  std::optional<Why> forbidden(const EarningRule& rule) const;
  std::optional<Why> misses_minimum(const EarningRule& rule);
  Result<std::vector<std::int64_t>> amounts_for(const EarningRule& rule) const;
  void combine();
  void choose_lines(const std::vector<Candidate*>& group, Combine how);
  void choose_once(const std::vector<Candidate*>& group, Combine how);
  Result<RuleEarned> settle(const Candidate& candidate) const;
  Result<std::vector<Points>> round_lines(const Candidate& candidate) const;
  Result<Done> cap(RuleEarned& earned, const EarningRule& rule) const;
  Result<Done> cap_all(std::vector<RuleEarned>& all) const;
  Why why(const Candidate& candidate) const;

  const EarningBasis& basis_;
  const Earning& earning_;
  Boost boost_;
  std::vector<Candidate> candidates_;
  std::vector<std::size_t> fitting_;  // lines of the rule under consideration
  std::vector<Refusal> not_applied_;
};

const Use& use_of(const Uses& uses, std::string_view id) {
  static const Use none;
  const auto found = uses.find(id);
  return found == uses.end() ? none : found->second;
}

std::optional<Why> Earner::forbidden(const EarningRule& rule) const {
  const auto because = mismatch(rule.filter.order, basis_.basket, basis_.member, basis_.at);
  if (!because.empty()) return Why{"refuse.not-now", rule.id, {{"because", std::string(because)}}};
  const std::int64_t own = use_of(basis_.member.uses, rule.id).times;
  if (rule.limits.by_all && use_of(basis_.member.uses_by_all, rule.id).times >= *rule.limits.by_all)
    return Why{"refuse.stock", rule.id, {{"stock", std::int64_t{0}}}};
  if (rule.limits.per_customer && own >= *rule.limits.per_customer)
    return Why{"refuse.used", rule.id, {{"times", own}}};
  if (rule.kind == EarnKind::event &&
      !happens(rule, basis_.basket, basis_.member, basis_.at.date()))
    return Why{"skip.no-event", rule.id, {{"event", std::string(name_of(rule.event))}}};
  const auto& wanted = rule.filter.order.tenders;
  const bool paid =
      wanted.empty() || std::ranges::any_of(basis_.tenders, [&](const Tender& tender) {
        return std::ranges::find(wanted, tender.kind) != wanted.end();
      });
  return paid ? std::nullopt : std::optional(Why{"skip.tender", rule.id, {}});
}

// Finds the lines that fit, too.
std::optional<Why> Earner::misses_minimum(const EarningRule& rule) {
  fitting_.clear();
  const bool about_goods = rule.kind != EarnKind::event || !rule.filter.lines.everything();
  if (!about_goods && rule.minimum == Minimum{}) return std::nullopt;
  for (std::size_t i = 0; i < basis_.basket.lines.size(); ++i) {
    if (basis_.earning_minor[i] > 0 && matches(rule.filter.lines, basis_.basket.lines[i]))
      fitting_.push_back(i);
  }
  if (about_goods && fitting_.empty()) return Why{"refuse.nothing-fits", rule.id, {}};
  return falls_short(rule.minimum, rule.id, basis_.basket, basis_.net_minor, fitting_);
}

// What of each line counts for an amount: with tenders in the filter the part that they pay.
Result<std::vector<std::int64_t>> Earner::amounts_for(const EarningRule& rule) const {
  std::vector<std::int64_t> amounts = basis_.earning_minor;
  const auto& wanted = rule.filter.order.tenders;
  if (wanted.empty()) return amounts;
  const std::int64_t total =
      std::accumulate(basis_.net_minor.begin(), basis_.net_minor.end(), std::int64_t{0});
  std::int64_t paid = 0;
  for (const Tender& tender : basis_.tenders) {
    if (std::ranges::find(wanted, tender.kind) != wanted.end()) paid += tender.minor;
  }
  if (total == 0 || paid >= total) return amounts;
  const auto parts = allocate({paid, basis_.basket.currency}, basis_.net_minor);
  if (!parts) return parts.error();
  for (std::size_t i = 0; i < amounts.size(); ++i)
    amounts[i] = std::min(amounts[i], (*parts)[i].minor);
  return amounts;
}

Result<Done> Earner::consider(const EarningRule& rule) {
  auto why_not = forbidden(rule);
  if (!why_not) why_not = misses_minimum(rule);
  if (why_not) {
    not_applied_.push_back({rule.id, *std::move(why_not)});
    return Done{};
  }
  Candidate candidate;
  candidate.rule = &rule;
  const bool multiplied = rule.multiplied == Multiplied::yes;
  if (rule.kind == EarnKind::per_order || rule.kind == EarnKind::event) {
    candidate.denominator = one_times;
    candidate.once = Wide{rule.points.hundredths} * (multiplied ? boost_.order : one_times);
    candidates_.push_back(std::move(candidate));
    return Done{};
  }
  const bool per_amount = rule.kind == EarnKind::per_amount;
  std::vector<std::int64_t> filtered;
  const std::vector<std::int64_t>* amounts = &basis_.earning_minor;
  if (per_amount && !rule.filter.order.tenders.empty()) {
    auto parts = amounts_for(rule);
    if (!parts) return parts.error();
    filtered = std::move(*parts);
    amounts = &filtered;
  }
  candidate.by_line = true;
  candidate.denominator = (per_amount ? rule.for_each_minor : thousandths) * one_times;
  candidate.lines.assign(basis_.basket.lines.size(), 0);
  for (const std::size_t i : fitting_) {
    if ((*amounts)[i] == 0) continue;
    const BasketLine& line = basis_.basket.lines[i];
    // At most 10^12 x 10^9 x 10^8 a line, which two thousand lines keep below 2^127.
    const std::int64_t count = per_amount ? (*amounts)[i] : line.quantity.thousandths;
    candidate.lines[i] =
        Wide{count} * (multiplied ? boost_.lines[i] : one_times) * rule.points.hundredths;
    candidate.amount_minor += (*amounts)[i];
    candidate.quantity.thousandths += line.quantity.thousandths;
  }
  candidates_.push_back(std::move(candidate));
  return Done{};
}

void Earner::choose_lines(const std::vector<Candidate*>& group, Combine how) {
  for (std::size_t i = 0; i < basis_.basket.lines.size(); ++i) {
    Candidate* chosen = nullptr;
    for (Candidate* each : group) {
      if (!each->by_line || each->lines[i] == 0) continue;
      const bool better = chosen == nullptr ||
                          (how == Combine::best && less({chosen->lines[i], chosen->denominator},
                                                        {each->lines[i], each->denominator}));
      if (!better) continue;
      if (chosen != nullptr) chosen->lines[i] = 0;
      chosen = each;
    }
    for (Candidate* each : group) {
      if (each->by_line && each != chosen) each->lines[i] = 0;
    }
  }
}

void Earner::choose_once(const std::vector<Candidate*>& group, Combine how) {
  Candidate* chosen = nullptr;
  for (Candidate* each : group) {
    if (each->by_line) continue;
    const bool better =
        chosen == nullptr || (how == Combine::best && less({chosen->once, chosen->denominator},
                                                           {each->once, each->denominator}));
    if (better) chosen = each;
  }
  for (Candidate* each : group) {
    if (!each->by_line && each != chosen) each->once = 0;
  }
}

void Earner::combine() {
  for (const EarningGroup& group : earning_.groups) {
    if (group.combine == Combine::sum) continue;
    std::vector<Candidate*> members;
    for (Candidate& candidate : candidates_) {
      if (candidate.rule->group == group.id) members.push_back(&candidate);
    }
    choose_lines(members, group.combine);
    choose_once(members, group.combine);
  }
}

// Rounded on the order and spread by largest remainder, or each line by itself.
Result<std::vector<Points>> Earner::round_lines(const Candidate& candidate) const {
  const PointRounding& rounding = earning_.rounding;
  std::vector<Points> points(candidate.lines.size());
  if (rounding.per == RoundedPer::line) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto rounded = round_points({candidate.lines[i], candidate.denominator}, rounding);
      if (!rounded) return rounded.error();
      points[i] = *rounded;
    }
    return points;
  }
  const auto total = round_points({candidate.sum(), candidate.denominator}, rounding);
  if (!total) return total.error();
  const std::int64_t unit = quantum(rounding.decimals);
  const Wide step = Wide{candidate.denominator} * unit;
  std::int64_t left = total->hundredths;
  std::vector<std::pair<Wide, std::size_t>> rests;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (candidate.lines[i] == 0) continue;
    // A floor share cannot exceed the rounded sum, which fits.
    const Wide share = candidate.lines[i] / step;
    const Wide rest = candidate.lines[i] - share * step;
    points[i].hundredths = static_cast<std::int64_t>(share) * unit;
    left -= points[i].hundredths;
    if (rest > 0) rests.emplace_back(rest, i);
  }
  std::ranges::stable_sort(rests, [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [rest, i] : rests) {
    if (left == 0) break;
    points[i].hundredths += unit;
    left -= unit;
  }
  assert(left == 0);
  return points;
}

Why Earner::why(const Candidate& candidate) const {
  const EarningRule& rule = *candidate.rule;
  const Currency currency = basis_.basket.currency;
  Why why{"earn.per-order", rule.id, {{"points", rule.points}}};
  switch (rule.kind) {
    case EarnKind::per_amount:
      why.code = "earn.per-amount";
      why.figures.push_back({"for_each", Money{rule.for_each_minor, currency}});
      why.figures.push_back({"amount", Money{candidate.amount_minor, currency}});
      break;
    case EarnKind::per_item:
      why.code = "earn.per-item";
      why.figures.push_back({"quantity", candidate.quantity});
      break;
    case EarnKind::event:
      why.code = "earn.event";
      why.figures.push_back({"event", std::string(name_of(rule.event))});
      break;
    case EarnKind::per_order:
      break;
  }
  std::string boosts;
  for (const Multiplier* each : boost_.applying) {
    const bool counts = candidate.by_line || each->filter.lines.everything();
    if (rule.multiplied == Multiplied::no || !counts) continue;
    boosts.append(boosts.empty() ? "" : ", ").append(each->id);
  }
  if (!boosts.empty()) why.figures.push_back({"multiplied_by", std::move(boosts)});
  return why;
}

Result<RuleEarned> Earner::settle(const Candidate& candidate) const {
  RuleEarned earned;
  earned.rule = candidate.rule->id;
  if (candidate.by_line) {
    const auto lines = round_lines(candidate);
    if (!lines) return lines.error();
    for (std::size_t i = 0; i < lines->size(); ++i) {
      if ((*lines)[i].hundredths == 0) continue;
      const auto sum = add(earned.points, (*lines)[i]);
      if (!sum) return sum.error();
      earned.points = *sum;
      earned.lines.push_back({i, (*lines)[i]});
    }
  } else {
    const auto once = round_points({candidate.once, candidate.denominator}, earning_.rounding);
    if (!once) return once.error();
    earned.points = *once;
  }
  earned.before_caps = earned.points;
  if (earned.points.hundredths == 0) return earned;
  earned.expires =
      expires(candidate.rule->expiry.value_or(basis_.programme.expiry), basis_.at.date());
  earned.why = why(candidate);
  if (const auto capped = cap(earned, *candidate.rule); !capped) return capped.error();
  return earned;
}

// Cuts to `most`, the lines in proportion.
Result<Done> cut(RuleEarned& earned, std::int64_t most, std::string_view cap) {
  most = std::max<std::int64_t>(most, 0);
  if (earned.points.hundredths <= most) return Done{};
  if (!earned.lines.empty()) {
    std::vector<std::int64_t> weights;
    for (const PointsOnLine& line : earned.lines) weights.push_back(line.points.hundredths);
    const auto parts = allocate(Money{most, {}}, weights);
    if (!parts) return parts.error();
    for (std::size_t i = 0; i < parts->size(); ++i)
      earned.lines[i].points.hundredths = (*parts)[i].minor;
  }
  earned.points.hundredths = most;
  earned.why.figures.push_back({"cap", std::string(cap)});
  return Done{};
}

Result<Done> Earner::cap(RuleEarned& earned, const EarningRule& rule) const {
  const Use& use = use_of(basis_.member.uses, rule.id);
  constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();
  const auto& caps = rule.caps;
  const std::int64_t purchase = caps.per_purchase ? caps.per_purchase->hundredths : none;
  const std::int64_t day =
      caps.per_day ? caps.per_day->hundredths - use.points_today.hundredths : none;
  const std::int64_t ever =
      caps.per_customer ? caps.per_customer->hundredths - use.points.hundredths : none;
  if (auto done = cut(earned, purchase, "per purchase"); !done) return done;
  if (auto done = cut(earned, day, "per day"); !done) return done;
  return cut(earned, ever, "per customer");
}

Result<Done> Earner::cap_all(std::vector<RuleEarned>& all) const {
  if (earning_.caps == Caps{}) return Done{};
  Wide ever = 0;
  for (const EarningRule& rule : earning_.rules)
    ever += use_of(basis_.member.uses, rule.id).points.hundredths;
  Wide given = 0;
  for (RuleEarned& earned : all) {
    const auto left = [&](const std::optional<Points>& cap, Wide used) {
      const Wide most =
          cap ? cap->hundredths - used - given : Wide{std::numeric_limits<std::int64_t>::max()};
      return static_cast<std::int64_t>(std::max<Wide>(most, 0));
    };
    const Wide today = basis_.member.earned_today.hundredths;
    if (auto done = cut(earned, left(earning_.caps.per_purchase, 0), "of all rules per purchase");
        !done)
      return done;
    if (auto done = cut(earned, left(earning_.caps.per_day, today), "of all rules per day"); !done)
      return done;
    if (auto done =
            cut(earned, left(earning_.caps.per_customer, ever), "of all rules per customer");
        !done)
      return done;
    given += earned.points.hundredths;
  }
  return Done{};
}

Result<Earned> Earner::run() {
  candidates_.reserve(earning_.rules.size());
  for (const EarningRule& rule : earning_.rules) {
    if (const auto done = consider(rule); !done) return done.error();
  }
  std::vector<char> gave;
  for (const Candidate& candidate : candidates_) gave.push_back(candidate.sum() > 0 ? 1 : 0);
  combine();
  std::vector<RuleEarned> all;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& candidate = candidates_[i];
    auto earned = settle(candidate);
    if (!earned) return earned.error();
    if (earned->before_caps.hundredths > 0) {
      all.push_back(std::move(*earned));
      continue;
    }
    const bool beaten = gave[i] != 0 && candidate.sum() == 0;
    not_applied_.push_back(
        {candidate.rule->id, {beaten ? "skip.group" : "skip.too-little", candidate.rule->id, {}}});
  }
  if (const auto done = cap_all(all); !done) return done.error();
  for (RuleEarned& earned : all) {
    std::erase_if(earned.lines, [](const PointsOnLine& line) { return line.points == Points{}; });
  }
  return Earned{std::move(all), std::move(not_applied_)};
}

}  // namespace

Result<Earned> earned(const EarningBasis& basis) { return Earner(basis).run(); }

}  // namespace keepsake::loyalty

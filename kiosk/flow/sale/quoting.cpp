#include "kiosk/flow/sale/quoting.hpp"

#include <algorithm>
#include <cassert>

#include "kiosk/flow/turn.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::flow {
namespace {

using loyalty::Reward;

constexpr std::size_t offers_shown = 40;
constexpr std::int64_t steps_tried = 20;

/// With this reward claimed so often, whatever was claimed of it before.
Till with_claim(Till till, const std::string& reward, std::int64_t steps) {
  auto& claims = till.request.claims;
  std::erase_if(claims, [&](const loyalty::Claim& c) { return c.reward == reward; });
  if (steps > 0) claims.push_back({reward, steps, {}});
  return till;
}

std::int64_t claimed_steps(const Till& till, const std::string& reward) {
  for (const loyalty::Claim& claim : till.request.claims)
    if (claim.reward == reward) return claim.times;
  return 0;
}

std::optional<loyalty::Quote> tried(const Till& till, const Context& context, LocalTime now) {
  auto quote = quote_of(till, context, now);
  return quote.ok() ? *std::move(quote) : std::nullopt;
}

const loyalty::Why* refusal_of(const loyalty::Quote& quote, const std::string& asked) {
  const auto found = std::ranges::find(quote.refused, asked, &loyalty::Refusal::asked);
  return found == quote.refused.end() ? nullptr : &found->why;
}

/// What a reward takes off, pays out or is worth in this quote.
Money value_of(const loyalty::Quote& quote, const std::string& reward) {
  for (const loyalty::DiscountTaken& taken : quote.discounts)
    if (taken.reward == reward && taken.code.empty()) return taken.amount;
  for (const loyalty::RewardIssued& issued : quote.issued)
    if (issued.reward == reward) return issued.value;
  return {0, quote.total.currency};
}

bool hidden(const Offer& offer) {
  if (offer.steps > 0 || !offer.refused) return false;
  const std::string_view code = offer.refused->code;
  return code == "refuse.not-now" || code == "refuse.stock" || code == "refuse.used";
}

Offer offer_of(const Reward& reward, const Till& till, const Context& context, LocalTime now) {
  Offer offer;
  offer.reward = reward.id;
  offer.kind = reward.kind;
  offer.cost = reward.cost;
  offer.saves = Money{0, context.currency};
  offer.steps = claimed_steps(till, reward.id);
  if (offer.steps > 0 && till.quote) offer.saves = value_of(*till.quote, reward.id);
  const auto more = tried(with_claim(till, reward.id, offer.steps + 1), context, now);
  if (!more) return offer;
  if (const loyalty::Why* why = refusal_of(*more, reward.id)) {
    offer.refused = *why;
  } else if (offer.steps > 0 && value_of(*more, reward.id) == offer.saves &&
             loyalty::is_discount(reward.kind)) {
    // The basket takes no more of it.
    offer.refused = loyalty::Why{"refuse.nothing-fits", reward.id, {}};
  }
  if (offer.steps == 0) offer.saves = value_of(*more, reward.id);
  return offer;
}

const loyalty::Rules& rules_of(const Till& till, const Context& context) {
  return programme_of(till, context)->rules;
}

}  // namespace

const std::shared_ptr<const ActiveProgramme>& programme_of(const Till& till,
                                                           const Context& context) {
  assert(context.active != nullptr);
  return till.programme ? till.programme : context.active;
}

const loyalty::Member& member_of(const Till& till) {
  static const loyalty::Member nobody = [] {
    loyalty::Member member;
    member.counted = loyalty::Counted::not_yet;
    return member;
  }();
  if (till.state) return *till.state;
  return till.customer.nobody() && till.anyone ? *till.anyone : nobody;
}

bool needs_counts(const Till& till, const Context& context) {
  if (!till.customer.nobody() || till.anyone) return false;
  if (!till.request.codes.empty()) return true;
  return std::ranges::any_of(rules_of(till, context).rewards, [](const Reward& reward) {
    return reward.trigger == loyalty::Trigger::automatic &&
           (reward.stock || reward.per_day || reward.kind == loyalty::RewardKind::voucher);
  });
}

SaleRequest request_of(const Till& till, const Context& context) {
  SaleRequest request = till.request;
  request.store = programme_of(till, context)->store;
  return request;
}

SaleRequest honoured(const Till& till, const Context& context) {
  SaleRequest request = request_of(till, context);
  if (!till.quote) return request;
  const auto refused = [&](const std::string& asked) {
    return refusal_of(*till.quote, asked) != nullptr;
  };
  std::erase_if(request.claims, [&](const loyalty::Claim& c) { return refused(c.reward); });
  std::erase_if(request.codes, refused);
  return request;
}

Result<std::optional<loyalty::Quote>> quote_of(const Till& till, const Context& context,
                                               LocalTime now) {
  const bool goods = !till.basket.lines.empty();
  if (!goods && till.request.claims.empty()) return std::optional<loyalty::Quote>();
  Basket nothing;
  nothing.currency = context.currency;
  auto quote = quote_sale(goods ? till.basket : nothing, till.tenders, request_of(till, context),
                          rules_of(till, context), member_of(till), now);
  if (!quote.ok()) return quote.error();
  return std::optional<loyalty::Quote>(*std::move(quote));
}

bool hands_over(const Till& till) {
  return till.basket.lines.empty() && till.quote && !till.quote->issued.empty();
}

// What one step more of a reward does is what the rules say of the till with it: each offer is a
// quote of its own, so that refusals and combinations are never judged twice, here and there.
std::vector<Offer> offers_of(const Till& till, const Context& context, LocalTime now) {
  std::vector<Offer> offers;
  for (const Reward& reward : rules_of(till, context).rewards) {
    if (reward.trigger != loyalty::Trigger::claim) continue;
    Offer offer = offer_of(reward, till, context, now);
    if (!hidden(offer)) offers.push_back(std::move(offer));
    if (offers.size() == offers_shown) break;
  }
  std::ranges::stable_sort(offers, std::less<>(), &Offer::cost);
  return offers;
}

namespace {

/// As many steps as still take something off. Caps and the basket end that where no formula of the
/// reward alone could tell, so it is tried step by step.
void most_steps(Offer& offer, const Till& till, const Context& context, LocalTime now) {
  offer.steps = 1;
  for (std::int64_t n = 2; n <= steps_tried; ++n) {
    const auto quote = tried(with_claim(till, offer.reward, n), context, now);
    if (!quote || refusal_of(*quote, offer.reward) != nullptr) return;
    const Money saves = value_of(*quote, offer.reward);
    if (saves.minor <= offer.saves.minor) return;
    offer.saves = saves;
    offer.steps = n;
  }
}

std::optional<Offer> best_of(const Till& till, const Context& context, LocalTime now) {
  std::optional<Offer> best;
  for (Offer& offer : offers_of(till, context, now)) {
    if (!loyalty::is_discount(offer.kind) || offer.refused || offer.saves.minor <= 0) continue;
    if (offer.cost.hundredths <= 0) continue;  // it costs nothing: no question
    most_steps(offer, till, context, now);
    if (!best || offer.saves.minor > best->saves.minor) best = std::move(offer);
  }
  return best;
}

/// The reward that the kept points lead to next.
void find_next(ChoicePane& choice, const loyalty::Rules& rules) {
  const Reward* next = nullptr;
  for (const Reward& reward : rules.rewards) {
    if (reward.trigger != loyalty::Trigger::claim || reward.cost <= choice.left_keeping) continue;
    if (next == nullptr || reward.cost < next->cost) next = &reward;
  }
  if (next == nullptr) return;
  choice.next = next->id;
  choice.next_cost = next->cost;
}

}  // namespace

std::optional<ChoicePane> choice_of(const Till& till, const Context& context, LocalTime now) {
  if (!till.state || !till.quote || !till.request.claims.empty()) return std::nullopt;
  if (till.quote->points_spent.hundredths > 0) return std::nullopt;
  ChoicePane choice;
  Till using_points = till;
  if (const auto best = best_of(till, context, now)) {
    choice.reward = best->reward;
    choice.steps = best->steps;
    using_points = with_claim(till, best->reward, best->steps);
  } else {
    const Money most = loyalty::points_worth(rules_of(till, context), *till.quote);
    if (most.minor <= 0) return std::nullopt;
    using_points.tenders.push_back({TenderKind::points, most, most, ""});
  }
  const auto used = tried(using_points, context, now);
  if (!used || used->points_spent.hundredths <= 0) return std::nullopt;
  choice.cost = used->points_spent;
  choice.pay_now = Money{used->due.minor, context.currency};
  choice.left_now = used->balance_after;
  choice.pay_keeping = till.quote->due;
  choice.left_keeping = till.quote->balance_after;
  find_next(choice, rules_of(till, context));
  return choice;
}

namespace {

/// How often it was used is still being read.
bool is_being_counted(const loyalty::Why& why) {
  const loyalty::Figure counting{"because", std::string("counting")};
  return std::ranges::find(why.figures, counting) != why.figures.end();
}

}  // namespace

bool may_fit_later(const loyalty::Why& why) {
  return why.code == "refuse.minimum" || why.code == "refuse.minimum-quantity" ||
         why.code == "refuse.nothing-fits" || why.code == "refuse.no-member" ||
         why.code == "refuse.not-alone" || why.code == "refuse.incomplete" ||
         why.code == "refuse.better" || is_being_counted(why);
}

namespace {

/// Which part of the reward's filter says no.
const char* not_now_code(const Reward& reward, const Till& till, Date today) {
  const loyalty::OrderFilter& order = reward.filter.order;
  if (order.until && *order.until < today) return "coupon.expired";
  if (order.from && *order.from > today) return "coupon.early";
  const std::string tier = till.state ? till.state->tier : std::string();
  if (!order.tiers.empty() && std::ranges::find(order.tiers, tier) == order.tiers.end())
    return "coupon.tier";
  const auto& segments = order.segments;
  const auto has = [&](const std::string& segment) {
    return till.state &&
           std::ranges::find(till.state->segments, segment) != till.state->segments.end();
  };
  if (!segments.empty() && std::ranges::none_of(segments, has)) return "coupon.customer";
  return "coupon.not-now";
}

}  // namespace

const char* refusal_code(const loyalty::Refusal& refusal, const Context& context, const Till& till,
                         Date today) {
  struct Entry {
    std::string_view why;
    const char* code;
  };
  static constexpr Entry codes[] = {{"refuse.unknown-code", "coupon.unknown"},
                                    {"refuse.code-used", "coupon.used"},
                                    {"refuse.code-spent", "coupon.used"},
                                    {"refuse.code-spent-by", "coupon.used"},
                                    {"refuse.used", "coupon.used"},
                                    {"refuse.no-list", "reward.no-list"},
                                    {"refuse.stock", "reward.gone"},
                                    {"refuse.per-day", "reward.gone"},
                                    {"refuse.repeated", "coupon.repeated"},
                                    {"refuse.steps", "reward.steps"},
                                    {"refuse.no-member", "coupon.no-member"},
                                    {"refuse.minimum", "coupon.minimum"},
                                    {"refuse.minimum-quantity", "coupon.minimum"},
                                    {"refuse.points-short", "reward.short"},
                                    {"refuse.not-alone", "reward.alone"},
                                    {"refuse.better", "reward.better"},
                                    {"refuse.incomplete", "reward.incomplete"},
                                    {"refuse.nothing-fits", "coupon.nothing-fits"}};
  if (refusal.why.code == "refuse.not-now") {
    const Reward* reward = loyalty::find_reward(rules_of(till, context), refusal.why.rule);
    return reward == nullptr ? "coupon.not-now" : not_now_code(*reward, till, today);
  }
  for (const Entry& entry : codes)
    if (entry.why == refusal.why.code) return entry.code;
  return "coupon.not-now";
}

bool Turn::accept(Till next) {
  assert(next.basket.lines.empty() || next.basket.currency == ctx.currency);
  next.programme = programme_of(next, ctx);
  auto quote = quote_of(next, ctx, now);
  if (!quote.ok()) {
    fail(quote.error(), kept());
    return false;
  }
  std::int64_t paid = 0;
  for (const Tender& tender : next.tenders) {
    assert(tender.amount.currency == ctx.currency);
    paid += tender.amount.minor;
  }
  const std::int64_t total = *quote ? (*quote)->total.minor : 0;
  // A payment with points or from the wallet that the member cannot make any more.
  const bool bounced = *quote && std::ranges::any_of((*quote)->refused, [](const auto& refusal) {
    return refusal.asked == "points" || refusal.asked == "wallet";
  });
  // While the member is being read, what they pay with is taken on trust.
  const bool reading = !next.customer.nobody() && !next.state;
  if (paid > total || (bounced && !reading)) {
    refuse("sale.paid", Kept::basket_and_payments);
    return false;
  }
  next.quote = *std::move(quote);
  next.quoted_at = now;
  s.till = std::move(next);
  show_quote();
  if (needs_counts(s.till, ctx)) load_member();
  return true;
}

void Turn::requote() {
  s.till.programme = programme_of(s.till, ctx);
  auto quote = quote_of(s.till, ctx, now);
  if (!quote.ok()) return;  // the till was quoted when it came to be; only time has passed
  s.till.quote = *std::move(quote);
  s.till.quoted_at = now;
  show_quote();
}

void Turn::show_quote() {
  auto* sale = get_if<Sale>(&s.visit.screen);
  if (sale == nullptr) return;
  if (auto* pane = get_if<RewardsPane>(&sale->pane)) pane->offers = offers_of(s.till, ctx, now);
  if (!holds_alternative<ChoicePane>(sale->pane)) return;
  auto choice = choice_of(s.till, ctx, now);
  sale->pane = choice ? SalePane(*std::move(choice)) : SalePane(Lines{});
}

}  // namespace keepsake::flow

#include "storage/domain/warranty/plan.hpp"

#include <algorithm>
#include <cassert>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/domain/values/rounding.hpp"
#include "storage/domain/values/text.hpp"

namespace keepsake {
namespace {

constexpr std::int32_t whole = 10'000;  // basis points
constexpr std::size_t brackets_most = 50;

Error refused(const char* code, const char* what, const char* remedy) {
  return {Failure::refused, code, what, "", remedy};
}

Error wrong(const char* code, const char* what, const char* where, const char* remedy) {
  return {Failure::bad_input, code, what, where, remedy};
}

bool is_amount(std::int64_t minor) { return minor >= 0 && minor <= limits::amount_minor; }

Result<Done> check_price(std::int64_t fixed) {
  if (fixed > 0 && is_amount(fixed)) return Done{};
  return wrong("plan.price", "A plan's price must be above zero", "price", "Correct the price");
}

Result<Done> check_price(const std::vector<PlanBracket>& brackets) {
  const auto sound = [](const PlanBracket& each) {
    return each.up_to_minor > 0 && is_amount(each.up_to_minor) && each.price_minor > 0 &&
           is_amount(each.price_minor);
  };
  const bool rising = std::ranges::adjacent_find(brackets, std::ranges::greater_equal{},
                                                 &PlanBracket::up_to_minor) == brackets.end();
  if (!brackets.empty() && brackets.size() <= brackets_most && rising &&
      std::ranges::all_of(brackets, sound))
    return Done{};
  return wrong("plan.brackets", "Brackets must rise, and each have a price above zero", "price",
               "Write the lowest first");
}

Result<Done> check_price(const PlanShare& share) {
  const bool sound = share.basis_points > 0 && share.basis_points <= whole &&
                     is_amount(share.least_minor) && is_amount(share.most_minor) &&
                     (share.most_minor == 0 || share.least_minor <= share.most_minor);
  if (sound) return Done{};
  return wrong("plan.share", "A plan's share of the price must lie above 0 and up to 100 %",
               "price", "Correct the percentage, its least and its most");
}

/// Within which day something is to be done, so much after `from`; none: on that day.
Date window_end(Date from, const Period& window) {
  return window.none() ? from : last_day(from, window);
}

/// The first day of the last so many; none(window) is not asked.
Date window_begin(Date end, const Period& window) {
  // The earliest day whose window reaches the end: months differ in length, so it is looked for.
  Date day = end;
  while (last_day(from_days(to_days(day) - 1), window) >= end) day = from_days(to_days(day) - 1);
  return day;
}

/// `day` itself is not counted.
Cover cover_after(Date day, Date first, const Period& period) {
  return {first, last_day(day, period)};
}

Date day_after(Date day) { return from_days(to_days(day) + 1); }

/// Whether the law lets everybody cancel: the day of the sale is not counted.
bool cools_off(const PlanSold& plan, int days, Date today) {
  return days > 0 && to_days(today) - to_days(plan.sold) <= days;
}

int days_of(const Cover& cover) { return to_days(cover.end) - to_days(cover.start) + 1; }

}  // namespace

Result<Done> check(const PlanTerms& terms) {
  if (auto ok = check_text(terms.article, limits::code_bytes, Presence::required, "article"); !ok)
    return ok;
  if (auto ok = std::visit([](const auto& price) { return check_price(price); }, terms.price); !ok)
    return ok;
  for (const Period* each :
       {&terms.period, &terms.waiting, &terms.sold_within, &terms.renewed_within})
    if (auto ok = check(*each); !ok) return ok;
  if (terms.period.none())
    return wrong("plan.period", "A plan must last for some time", "period", "Write 24 months");
  if (!is_amount(terms.limit_minor) || !is_amount(terms.deductible_minor) ||
      (terms.limit_minor > 0 && terms.deductible_minor >= terms.limit_minor))
    return wrong("plan.limit", "A plan must pay more than its deductible", "limit",
                 "Raise the limit, or lower the deductible");
  return check_text(terms.covered, limits::name_bytes, Presence::optional, "covered");
}

Result<Money> plan_price(const PlanTerms& terms, Money item) {
  assert(check(terms).ok());
  if (item.currency != terms.currency)
    return wrong("money.currency", "The plan is priced in another currency", "",
                 "Use its currency");
  if (item.minor < 0)
    return wrong("money.negative", "The item's price is below zero", "", "Correct the price");
  const auto in_money = [&](std::int64_t minor) { return Money{minor, terms.currency}; };
  return std::visit(
      Overloaded{
          [&](std::int64_t fixed) { return Result<Money>(in_money(fixed)); },
          [&](const std::vector<PlanBracket>& brackets) {
            const auto at =
                std::ranges::lower_bound(brackets, item.minor, {}, &PlanBracket::up_to_minor);
            if (at == brackets.end())
              return Result<Money>(refused("plan.item-price", "The item is too dear for this plan",
                                           "Offer another plan"));
            return Result<Money>(in_money(at->price_minor));
          },
          [&](const PlanShare& share) {
            const auto exact = divide_half_up(Wide{item.minor} * share.basis_points, whole);
            if (!exact) return Result<Money>(exact.error());
            std::int64_t price = std::max(*exact, share.least_minor);
            if (share.most_minor > 0) price = std::min(price, share.most_minor);
            if (price == 0)
              return Result<Money>(refused("plan.item-price", "The item is too cheap for this plan",
                                           "Offer another plan"));
            return Result<Money>(in_money(price));
          },
      },
      terms.price);
}

Result<Done> may_sell(const PlanTerms& terms, const PlanItem& item, Date today) {
  assert(check(terms).ok());
  if (today < item.bought)
    return refused("plan.early", "The item has not been sold yet", "Sell it with the item");
  if (today > window_end(item.bought, terms.sold_within))
    return refused("plan.late", "The plan can no longer be sold for this item",
                   "Offer another plan");
  return Done{};
}

Result<Done> may_renew(const PlanTerms& terms, Date end, Date today) {
  assert(check(terms).ok());
  if (terms.renewed_within.none())
    return refused("plan.no-renewal", "This plan is not renewed", "Offer another plan");
  if (today > end) return refused("plan.late", "The plan has ended", "Offer another plan");
  if (today < window_begin(end, terms.renewed_within))
    return refused("plan.early", "It is too early to renew the plan", "Renew it nearer to its end");
  return Done{};
}

Cover plan_cover(const PlanTerms& terms, const PlanItem& item, Date today) {
  assert(may_sell(terms, item, today).ok());
  const auto maker = std::ranges::find(item.covers, CoverKind::maker, &ItemCover::kind);
  const bool follows = terms.starts == PlanStart::after_maker && maker != item.covers.end() &&
                       maker->dates.end >= today;
  return follows ? renewed_cover(terms, maker->dates.end) : cover_after(today, today, terms.period);
}

Cover renewed_cover(const PlanTerms& terms, Date end) {
  return cover_after(end, day_after(end), terms.period);
}

PlanState plan_state(const PlanTerms& terms, const PlanSold& plan, Date today) {
  if (today > plan.cover.end) return PlanState::ended;
  if (today < plan.cover.start) return PlanState::not_begun;
  const bool waits = !terms.waiting.none() && today <= last_day(plan.sold, terms.waiting);
  return waits ? PlanState::waiting : PlanState::covered;
}

Result<PlanPays> plan_pays(const PlanTerms& terms, Money cost, Money before) {
  if (cost.currency != terms.currency || before.currency != terms.currency)
    return wrong("money.currency", "The plan pays in another currency", "", "Use its currency");
  if (cost.minor < 0 || before.minor < 0)
    return wrong("money.negative", "An amount is below zero", "", "Enter it without a sign");
  std::int64_t paid = std::max<std::int64_t>(0, cost.minor - terms.deductible_minor);
  if (terms.limit_minor > 0)
    paid = std::min(paid, std::max<std::int64_t>(0, terms.limit_minor - before.minor));
  return PlanPays{{paid, terms.currency}, {cost.minor - paid, terms.currency}};
}

Result<PlanRefund> plan_refund_with_item(const PlanSold& plan, int cooling_off_days, Date today) {
  assert(plan.cover.start <= plan.cover.end && plan.paid.minor >= 0 && cooling_off_days >= 0);
  if (today < plan.sold)
    return wrong("plan.early", "The plan has not been sold yet", "", "Correct the day");
  const bool in_full = cools_off(plan, cooling_off_days, today);
  if (!in_full && today > plan.cover.end)
    return refused("plan.ended", "The plan has ended", "There is nothing to give back");
  const int all = days_of(plan.cover);
  // Today is covered, and so it is used.
  const int left = std::clamp(to_days(plan.cover.end) - to_days(today), 0, all);
  if (in_full || today < plan.cover.start) return PlanRefund{plan.paid, {0, plan.paid.currency}};
  const auto back = divide_half_up(Wide{plan.paid.minor} * left, all);
  if (!back) return back.error();
  return PlanRefund{{*back, plan.paid.currency}, {plan.paid.minor - *back, plan.paid.currency}};
}

Result<PlanRefund> plan_refund(const PlanTerms& terms, const PlanSold& plan, int cooling_off_days,
                               Date today) {
  auto refund = plan_refund_with_item(plan, cooling_off_days, today);
  if (refund && !terms.cancellable && !cools_off(plan, cooling_off_days, today))
    return refused("plan.not-cancellable", "This plan cannot be cancelled any more",
                   "It covers to its last day");
  return refund;
}

}  // namespace keepsake

// Rewards, coupons, and the question whether points are used now or kept.
#include <algorithm>

#include "kiosk/flow/places.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::flow {
namespace {

constexpr std::size_t codes_at_once = 8;

/// The till with `steps` more (or fewer) of a reward.
Till with_steps(Till till, const std::string& reward, std::int64_t steps) {
  auto& claims = till.request.claims;
  const auto found = std::ranges::find(claims, reward, &loyalty::Claim::reward);
  if (found == claims.end()) {
    if (steps > 0) claims.push_back({reward, steps, {}});
    return till;
  }
  found->times += steps;
  if (found->times <= 0) claims.erase(found);
  return till;
}

const loyalty::Refusal* refusal_of(const Till& till, const std::string& asked) {
  if (!till.quote) return nullptr;
  const auto found = std::ranges::find(till.quote->refused, asked, &loyalty::Refusal::asked);
  return found == till.quote->refused.end() ? nullptr : &*found;
}

void claim(Turn& turn, const ClaimReward& event) {
  const loyalty::Rules& rules = programme_of(turn.s.till, turn.ctx)->rules;
  if (loyalty::find_reward(rules, event.reward) == nullptr || event.steps == 0) return;
  const Till before = turn.s.till;
  Till next = with_steps(before, event.reward, event.steps > 0 ? 1 : -1);
  if (!turn.accept(std::move(next))) return;
  if (const auto* refused = refusal_of(turn.s.till, event.reward);
      refused != nullptr && event.steps > 0) {
    const char* code = refusal_code(*refused, turn.ctx, turn.s.till, turn.now.date());
    turn.s.till = before;
    turn.show_quote();
    return turn.refuse(code, turn.kept());
  }
  turn.s.till.choice = PointsChoice::made;
  if (event.steps > 0) turn.play(Sound::good);
}

void choose_cash_out(Turn& turn, CashOut way) {
  Till next = turn.s.till;
  next.request.cash_out = way;
  turn.accept(std::move(next));
}

void drop_code(Turn& turn, std::size_t index) {
  Till next = turn.s.till;
  if (index >= next.request.codes.size()) return;
  next.request.codes.erase(next.request.codes.begin() + static_cast<std::ptrdiff_t>(index));
  turn.accept(std::move(next));
}

void use_points(Turn& turn, Sale& sale, const ChoicePane& choice) {
  Till next = turn.s.till;
  next.choice = PointsChoice::made;
  if (choice.reward.empty()) {
    const loyalty::Rules& rules = programme_of(next, turn.ctx)->rules;
    const Money most =
        next.quote ? loyalty::points_worth(rules, *next.quote) : Money{0, turn.ctx.currency};
    if (most.minor <= 0) return turn.refuse("reward.short", turn.kept());
    next.tenders.push_back({TenderKind::points, most, most, ""});
  } else {
    next = with_steps(std::move(next), choice.reward, choice.steps);
  }
  if (!turn.accept(std::move(next))) return;
  sale.pane = Lines{};
  turn.play(Sound::good);
  go_to(turn, Place::tender);
}

}  // namespace

bool show_code(Turn& turn, std::string_view text) {
  const std::string code =
      loyalty::code_as_written(programme_of(turn.s.till, turn.ctx)->rules, text);
  if (code.empty()) return false;
  Till next = turn.s.till;
  auto& codes = next.request.codes;
  if (std::ranges::find(codes, code) != codes.end()) {
    turn.refuse("coupon.repeated", turn.kept());
    return true;
  }
  if (codes.size() >= codes_at_once) {
    turn.refuse("coupon.limit", turn.kept());
    return true;
  }
  codes.push_back(code);
  if (next.basket.lines.empty()) next.basket.currency = turn.ctx.currency;
  const Till before = turn.s.till;
  if (!turn.accept(std::move(next))) return true;
  if (const auto* refused = refusal_of(turn.s.till, code)) {
    const char* why = refusal_code(*refused, turn.ctx, turn.s.till, turn.now.date());
    // Coupons for members, shown before the card was.
    const bool keeps =
        may_fit_later(refused->why) ||
        (turn.s.till.customer.nobody() &&
         (std::string_view(why) == "coupon.tier" || std::string_view(why) == "coupon.customer"));
    if (!keeps) {
      turn.s.till = before;
      turn.show_quote();
    }
    turn.refuse(keeps ? "coupon.waits" : why, turn.kept());
    return true;
  }
  turn.play(Sound::good);
  if (turn.s.till.quote)
    turn.notify(Tone::good, "coupon.taken");
  else
    turn.notify(Tone::info, "coupon.waits");
  return true;
}

void submit(Turn& turn, Sale& sale, CouponPane& pane) {
  if (pane.code.empty()) return turn.refuse("text.missing", turn.kept());
  if (!show_code(turn, pane.code)) return turn.refuse("coupon.unknown", turn.kept());
  const auto& notice = turn.s.visit.notice;
  const bool taken = notice && (notice->code == "coupon.taken" || notice->code == "coupon.waits");
  if (taken) sale.pane = Lines{};
}

void go_to_tender(Turn& turn, Sale& sale) {
  Till& till = turn.s.till;
  if (hands_over(till)) return hand_over(turn, sale);
  if (till.basket.lines.empty()) return turn.refuse("sale.empty");
  if (fills_blocked_wallet(till)) return turn.refuse("wallet.blocked", turn.kept());
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket);
  turn.requote();
  if (till.choice == PointsChoice::open && till.tenders.empty()) {
    if (auto choice = choice_of(till, turn.ctx, turn.now)) {
      sale.pane = *std::move(choice);
      return;
    }
  }
  go_to(turn, Place::tender);
}

bool open_rewards(Turn& turn, Sale& sale, const Event& event) {
  const Till& till = turn.s.till;
  return handle(
      event,
      [&](const OpenRewards&) {
        turn.requote();
        sale.pane = RewardsPane{offers_of(till, turn.ctx, turn.now)};
      },
      [&](const OpenCoupon&) { sale.pane = CouponPane{}; },
      [&](const OpenWhy&) {
        if (till.quote && !till.customer.nobody()) sale.pane = WhyPane{};
      },
      [&](const DropCode& e) { drop_code(turn, e.index); });
}

void in_pane(Turn& turn, Sale& sale, const Event& event) {
  handle(
      event,
      [&](const ClaimReward& e) {
        if (holds_alternative<RewardsPane>(sale.pane)) claim(turn, e);
      },
      [&](const ChooseCashOut& e) {
        if (holds_alternative<RewardsPane>(sale.pane)) choose_cash_out(turn, e.way);
      },
      [&](const DropCode& e) {
        if (holds_alternative<RewardsPane>(sale.pane)) drop_code(turn, e.index);
      },
      [&](const OpenCoupon&) {
        if (holds_alternative<RewardsPane>(sale.pane)) sale.pane = CouponPane{};
      },
      [&](const UsePoints&) {
        if (const auto* pane = get_if<ChoicePane>(&sale.pane))
          use_points(turn, sale, ChoicePane(*pane));
      },
      [&](const KeepPoints&) {
        if (!holds_alternative<ChoicePane>(sale.pane)) return;
        turn.s.till.choice = PointsChoice::made;
        go_to(turn, Place::tender);
      },
      [&](const AskCardState&) {
        if (auto* pane = get_if<GiftCardPane>(&sale.pane)) ask_card_state(turn, *pane);
      },
      [&](const Edit& e) {
        auto* pane = get_if<GiftCardPane>(&sale.pane);
        if (pane == nullptr) return;
        if (e.field == Field::reference && pane->kind == StoredValue::gift_card)
          *pane = GiftCardPane{.card = pane->card};
      },
      [&](const OpenPeople&) {
        if (holds_alternative<CustomerPane>(sale.pane)) sale.pane = PeoplePane{};
      },
      [&](const PickPerson& e) {
        const auto* pane = get_if<PeoplePane>(&sale.pane);
        if (pane != nullptr && e.index < pane->search.found.size())
          serve(turn, pane->search.found[e.index].ref);
      },
      [&](const RecallSale&) { open_held_sales(turn, sale, event); });
}

}  // namespace keepsake::flow

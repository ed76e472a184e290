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
  const auto dropped = next.request.codes.begin() + static_cast<std::ptrdiff_t>(index);
  std::erase_if(next.request.listed, [&](const auto& each) { return each.code == *dropped; });
  next.request.codes.erase(dropped);
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

namespace {

/// What became of a code that was put into the sale: it stands, waits for a fuller basket, or is
/// taken out again.
void tell_of(Turn& turn, const Till& before, const std::string& code) {
  const auto* refused = refusal_of(turn.s.till, code);
  if (refused == nullptr) {
    turn.play(Sound::good);
    return turn.s.till.quote ? turn.notify(Tone::good, "coupon.taken")
                             : turn.notify(Tone::info, "coupon.waits");
  }
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
}

void put_in(Turn& turn, const std::string& code, const loyalty::ListedCode* listed) {
  Till next = turn.s.till;
  auto& codes = next.request.codes;
  if (std::ranges::find(codes, code) != codes.end())
    return turn.refuse("coupon.repeated", turn.kept());
  if (codes.size() >= codes_at_once) return turn.refuse("coupon.limit", turn.kept());
  codes.push_back(code);
  if (listed != nullptr) next.request.listed.push_back(*listed);
  if (next.basket.lines.empty()) next.basket.currency = turn.ctx.currency;
  const Till before = turn.s.till;
  if (turn.accept(std::move(next))) tell_of(turn, before, code);
}

}  // namespace

bool show_code(Turn& turn, std::string_view text) {
  const std::string code =
      loyalty::code_as_written(programme_of(turn.s.till, turn.ctx)->rules, text);
  if (code.empty()) return false;
  put_in(turn, code, nullptr);
  return true;
}

void show_listed(Turn& turn, const CodeScanned& scanned) {
  const loyalty::Rules& rules = programme_of(turn.s.till, turn.ctx)->rules;
  const auto coupon = std::ranges::find_if(scanned.listed, [&](const loyalty::ListedCode& each) {
    const loyalty::Reward* reward = loyalty::find_reward(rules, each.reward);
    return reward != nullptr && takes_a_list(*reward);
  });
  if (coupon == scanned.listed.end()) return turn.refuse("coupon.unknown", turn.kept());
  if (!coupon->used) return put_in(turn, coupon->code, &*coupon);
  turn.refuse("coupon.used", turn.kept());
  turn.s.visit.notice->at = coupon->used->at;
  turn.s.visit.notice->by = coupon->used->staff;
}

void submit(Turn& turn, Sale& sale, CouponPane& pane) {
  if (pane.code.empty()) return turn.refuse("text.missing", turn.kept());
  // A code of a list is not in the programme: the worker knows it.
  if (!show_code(turn, pane.code)) return turn.resolve(pane.code);
  close_when_taken(turn, sale);
}

void close_when_taken(Turn& turn, Sale& sale) {
  const auto& notice = turn.s.visit.notice;
  const bool taken = notice && (notice->code == "coupon.taken" || notice->code == "coupon.waits");
  if (taken && holds_alternative<CouponPane>(sale.pane)) sale.pane = Lines{};
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

void member_loaded(Turn& turn, const MemberLoaded& answer) {
  if (answer.customer != turn.s.till.customer) return;
  if (!answer.member.ok()) return turn.fail(answer.member.error(), turn.kept());
  if (answer.customer.nobody()) {
    Till counted = turn.s.till;
    counted.anyone.emplace();  // nobody has points, whatever is answered
    counted.anyone->uses_by_all = answer.member->uses_by_all;
    counted.anyone->next_codes = answer.member->next_codes;
    turn.accept(std::move(counted));
    return;
  }
  if (!answer.member->known) {
    detach(turn);
    return turn.refuse("member.left", turn.kept());
  }
  Till next = turn.s.till;
  next.state = *answer.member;
  if (turn.accept(std::move(next))) return;
  // Part is paid already and the member's own discounts no longer leave that much to pay.
  turn.s.till.customer = {};
  turn.s.till.recognised = {};
  turn.s.visit.proving.reset();
  turn.s.till.member.reset();
  forget_claims(turn.s.till);
  turn.requote();
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

// Rewards for points without goods: gifts, vouchers, donations, and money onto the wallet or in
// hand.
#include <algorithm>
#include <cassert>
#include <utility>

#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/sale/quoting.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/values/handle.hpp"

namespace keepsake::flow {
namespace {

SaleContext context_of(const Turn& turn) {
  const Till& till = turn.s.till;
  assert(turn.s.visit.staff && turn.s.device.shift);
  // The drawer stands in the record only where money leaves it.
  const bool drawer = till.request.cash_out == CashOut::in_hand;
  return {turn.now,
          turn.s.visit.staff->id,
          drawer ? std::optional(turn.s.device.shift->id) : std::nullopt,
          till.customer,
          programme_of(till, turn.ctx)->programme,
          turn.ctx.cash_step};
}

RewardsGiven given_by(const LoyaltyEvent& event, const Till& till) {
  assert(till.state && till.customer == event.customer);
  const LoyaltyResult& outcome = event.loyalty;
  RewardsGiven given;
  given.rewards = outcome.rewards;
  given.in_hand = {outcome.paid_out.minor, event.currency};
  given.to_wallet = {outcome.to_wallet.minor, event.currency};
  given.wallet = {till.state->wallet_minor + outcome.to_wallet.minor, event.currency};
  given.spent = spent_by(outcome);
  return given;
}

void handed_over(Turn& turn, const LoyaltyEvent& event, const Recorded& answer) {
  RewardsGiven given = given_by(event, turn.s.till);
  given.id = *answer.id;
  if (answer.member) given.balance = answer.member->balance;
  turn.s.till = Till{};
  if (given.in_hand.minor > 0) turn.emit(OpenDrawer{});
  turn.play(Sound::good);
  turn.leave_to(given);
}

}  // namespace

bool in_coins(Money amount, CashStep step) {
  return amount.minor % std::max<std::int64_t>(1, step.minor) == 0;
}

void hand_over(Turn& turn, Sale& sale) {
  Till& till = turn.s.till;
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", turn.kept());
  if (till.customer.nobody()) return turn.refuse("coupon.no-member", turn.kept());
  if (!till.state) {
    turn.load_member();
    return turn.refuse("member.loading", turn.kept());
  }
  if (!turn.s.device.shift) return turn.refuse("shift.none", turn.kept());
  turn.requote();
  if (!hands_over(till)) return turn.refuse("coupon.not-now", turn.kept());
  auto event = to_event(context_of(turn), honoured(till, turn.ctx), "",
                        programme_of(till, turn.ctx)->rules, *till.state);
  if (!event.ok()) return turn.fail(event.error(), turn.kept());
  if (!in_coins(event->loyalty.paid_out, turn.ctx.cash_step))
    return turn.refuse("cash-out.coins", turn.kept());
  sale.recording = *event;
  turn.ask(RecordFact{*std::move(event)});
}

void recorded(Turn& turn, Sale& sale, const Recorded& answer) {
  const auto event = std::exchange(sale.recording, std::nullopt);
  if (!answer.id.ok()) return turn.fail(answer, turn.kept());
  if (event) return handed_over(turn, *event, answer);
  card_changed(turn, sale);
}

void on(Turn& turn, RewardsGiven& given, const Event& event) {
  const bool handled = handle(
      event, [&](const Submit&) { turn.leave_to(Sale{}); },
      [&](const Back&) { turn.leave_to(Sale{}); });
  if (!handled) done_moves(turn, given.id, given.receipt, event);
}

}  // namespace keepsake::flow

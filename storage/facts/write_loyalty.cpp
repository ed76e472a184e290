#include <limits>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/overloaded.hpp"
#include "storage/facts/writing.hpp"

namespace keepsake::facts {
namespace {

/// A date that is none becomes a day that reading refuses.
std::int32_t day_number(Date date) {
  return date.ok() ? to_days(date) : std::numeric_limits<std::int32_t>::min();
}

void write_lot(const LotPoints& lot, v1::LotPoints& message) {
  message.set_fact(bytes_of(lot.lot.fact));
  message.set_n(lot.lot.n);
  message.set_points(lot.points.hundredths);
}

void write_issued(const IssuedLot& lot, v1::IssuedLot& message) {
  message.set_points(lot.points.hundredths);
  if (lot.expires) message.set_expires_day(day_number(*lot.expires));
  if (lot.spendable_from) message.set_spendable_from_day(day_number(*lot.spendable_from));
}

void write_reward(const RewardUse& use, v1::RewardUse& message) {
  message.set_reward(use.reward);
  message.set_coupon(use.coupon);
  message.set_steps(use.steps);
  message.set_cost(use.cost.hundredths);
  message.set_value(use.value.minor);
  for (const std::string& code : use.vouchers) message.add_vouchers(code);
}

}  // namespace

void write(const LoyaltyResult& outcome, v1::LoyaltyOutcome& message) {
  for (const RulePoints& rule : outcome.rules) {
    v1::RulePoints& given = *message.add_rules();
    given.set_rule(rule.rule);
    given.set_points(rule.points.hundredths);
  }
  for (const RewardUse& use : outcome.rewards) write_reward(use, *message.add_rewards());
  for (const LotPoints& lot : outcome.used) write_lot(lot, *message.add_used());
  for (const IssuedLot& lot : outcome.issued) write_issued(lot, *message.add_issued());
  message.set_debt_settled(outcome.debt_settled.hundredths);
  for (const LineStake& stake : outcome.lines) {
    v1::LineStake& given = *message.add_lines();
    given.set_net(stake.net.minor);
    given.set_earned(stake.earned.hundredths);
    given.set_spent(stake.spent.hundredths);
  }
  message.set_to_wallet(outcome.to_wallet.minor);
  message.set_tier_before(outcome.tier_before);
  message.set_tier_after(outcome.tier_after);
  if (outcome.tier_since) message.set_tier_since_day(day_number(*outcome.tier_since));
  message.set_paid_out(outcome.paid_out.minor);
}

void write(const ReturnResult& outcome, v1::ReturnOutcome& message) {
  message.set_given_back(outcome.given_back.hundredths);
  for (const LotPoints& lot : outcome.taken) write_lot(lot, *message.add_taken());
  for (const LotPoints& lot : outcome.restored) write_lot(lot, *message.add_restored());
  for (const IssuedLot& lot : outcome.issued) write_issued(lot, *message.add_issued());
  message.set_lapsed(outcome.expired.hundredths);
  message.set_offset(outcome.offset.hundredths);
  for (const UseBack& use : outcome.uses) {
    v1::UseBack& given = *message.add_uses();
    given.set_purchase(bytes_of(use.purchase));
    given.set_name(use.name);
    given.set_times(use.times);
    given.set_points(use.points.hundredths);
  }
  message.set_debt_added(outcome.debt_added.hundredths);
  message.set_debt_settled(outcome.debt_settled.hundredths);
}

void write(const TopUp& top_up, v1::TopUp& message) {
  message.set_line(static_cast<std::uint32_t>(top_up.line));
  message.set_kind(top_up.kind == StoredValue::wallet ? v1::STORED_VALUE_WALLET
                                                      : v1::STORED_VALUE_GIFT_CARD);
  message.set_card(top_up.card);
  message.set_amount(top_up.amount.minor);
  if (top_up.expires) message.set_expires_day(day_number(*top_up.expires));
}

void write(const PointsExpired& fact, v1::PointsExpired& message) {
  write(fact.at, *message.mutable_at());
  message.set_as_of_day(day_number(fact.as_of));
  message.set_currency(std::string(fact.currency.code()));
  for (const LotExpiry& expiry : fact.lots) {
    v1::LotExpiry& given = *message.add_lots();
    given.set_customer(bytes_of(expiry.customer));
    write_lot({expiry.lot, expiry.points}, *given.mutable_lot());
  }
  for (const CardExpiry& expiry : fact.cards) {
    v1::CardExpiry& given = *message.add_cards();
    given.set_card(expiry.card);
    given.set_amount(expiry.amount.minor);
  }
  for (const WalletExpiry& expiry : fact.wallets) {
    v1::WalletExpiry& given = *message.add_wallets();
    given.set_customer(bytes_of(expiry.customer));
    given.set_amount(expiry.amount.minor);
  }
  message.set_cause(fact.cause == ExpiryCause::withdrawal ? v1::EXPIRY_CAUSE_WITHDRAWAL
                                                          : v1::EXPIRY_CAUSE_LAST_DAY);
}

namespace {

v1::GiftCardState state_of(GiftCardState state) {
  return state == GiftCardState::active ? v1::GIFT_CARD_STATE_ACTIVE : v1::GIFT_CARD_STATE_BLOCKED;
}

}  // namespace

void write(const GiftCardChange& fact, v1::GiftCardChange& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_card(fact.card);
  message.set_state(state_of(fact.state));
  message.set_reason(fact.reason);
}

void write(const GiftCardStatement& fact, v1::GiftCardStatement& message) {
  write(fact.at, *message.mutable_at());
  message.set_card(fact.card);
  message.set_currency(std::string(fact.currency.code()));
  for (const StatedMoney& money : fact.money) {
    v1::StatedMoney& given = *message.add_money();
    given.set_from(bytes_of(money.from));
    given.set_amount(money.amount.minor);
    if (money.expires) given.set_expires_day(day_number(*money.expires));
    given.set_top_up(money.top_up);
  }
  if (fact.sold_on) message.set_sold_day(day_number(*fact.sold_on));
  message.set_state(state_of(fact.state));
  message.set_reason(fact.reason);
}

void write(const WalletChange& fact, v1::WalletChange& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_customer(bytes_of(fact.customer));
  message.set_state(fact.state == WalletState::active ? v1::WALLET_STATE_ACTIVE
                                                      : v1::WALLET_STATE_BLOCKED);
  message.set_reason(fact.reason);
}

void write(const ExceptionSettled& fact, v1::ExceptionSettled& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_fact(bytes_of(fact.exception.fact));
  message.set_code(fact.exception.code);
  message.set_decision(fact.decision == Decision::absorb ? v1::DECISION_ABSORB
                       : fact.decision == Decision::debt ? v1::DECISION_DEBT
                                                         : v1::DECISION_NOTED);
  message.set_reason(fact.reason);
  message.set_customer(bytes_of(fact.customer));
  std::visit(Overloaded{[](std::monostate) {},
                        [&](Points points) { message.set_points(points.hundredths); },
                        [&](Money money) {
                          message.set_amount(money.minor);
                          message.set_currency(std::string(money.currency.code()));
                        }},
             fact.owed);
}

void write(const CodesAdded& fact, v1::CodesAdded& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_reward(fact.reward);
  for (const std::string& code : fact.codes) message.add_codes(code);
}

void write(const CodesDealt& fact, v1::CodesDealt& message) {
  write(fact.at, *message.mutable_at());
  message.set_reward(fact.reward);
  message.set_list(bytes_of(fact.list));
  message.set_first(fact.first);
  message.set_count(fact.count);
  message.set_to(fact.to.value);
}

void write(const LevelGranted& fact, v1::LevelGranted& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_customer(bytes_of(fact.customer));
  message.set_level(fact.level);
  if (fact.until) message.set_until_day(to_days(*fact.until));
  message.set_reason(fact.reason);
}

void write(const LoyaltyEvent& fact, v1::LoyaltyEvent& message) {
  write(fact.at, *message.mutable_at());
  message.set_staff(fact.staff);
  message.set_customer(bytes_of(fact.customer));
  message.set_currency(std::string(fact.currency.code()));
  message.set_programme_version(fact.programme_version);
  message.set_event(fact.event);
  message.set_points_earned(fact.points_earned.hundredths);
  write(fact.loyalty, *message.mutable_loyalty());
  message.set_cause(fact.cause);
  if (!fact.about.nobody()) message.set_about(bytes_of(fact.about));
  if (fact.shift) message.set_shift(bytes_of(*fact.shift));
  message.set_spend_brought(fact.spend_brought_minor);
  for (const ReservationUse& use : fact.reservations) write(use, *message.add_reservations());
}

}  // namespace keepsake::facts

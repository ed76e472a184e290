#include "storage/facts/read_loyalty.hpp"

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/sale/stored_value.hpp"

namespace keepsake::facts {
namespace {

LotPoints lot_of(Reading& in, const v1::LotPoints& message) {
  return {{in.id(message.fact(), "lot"), message.n()}, in.points(message.points(), "lot points")};
}

template <class Messages>
std::vector<LotPoints> lots_of(Reading& in, const Messages& messages, const char* field) {
  return entries<LotPoints>(in, messages, limits::loyalty_entries, field,
                            [&](const v1::LotPoints& lot) { return lot_of(in, lot); });
}

template <class Messages>
std::vector<IssuedLot> issued_of(Reading& in, const Messages& messages) {
  return entries<IssuedLot>(
      in, messages, limits::loyalty_entries, "issued", [&](const v1::IssuedLot& lot) {
        return IssuedLot{
            in.points(lot.points(), "issued points"),
            in.day(lot.has_expires_day(), lot.expires_day(), "expires_day"),
            in.day(lot.has_spendable_from_day(), lot.spendable_from_day(), "spendable_from_day")};
      });
}

RewardUse reward_of(Reading& in, const v1::RewardUse& message, Currency currency) {
  RewardUse use;
  use.reward = in.code(message.reward(), "reward");
  use.coupon = in.code(message.coupon(), "coupon");
  use.steps = message.steps();
  use.cost = in.points(message.cost(), "cost");
  use.value = in.money(message.value(), currency, "value");
  if (in.count(message.vouchers_size(), limits::loyalty_entries, "vouchers"))
    for (const std::string& code : message.vouchers())
      use.vouchers.push_back(in.code(code, "vouchers"));
  return use;
}

}  // namespace

LoyaltyResult outcome_of(Reading& in, const v1::LoyaltyOutcome& message, Currency currency) {
  LoyaltyResult outcome;
  outcome.rules = entries<RulePoints>(
      in, message.rules(), limits::loyalty_entries, "rules", [&](const v1::RulePoints& rule) {
        return RulePoints{in.code(rule.rule(), "rule"), in.points(rule.points(), "rule points")};
      });
  outcome.rewards =
      entries<RewardUse>(in, message.rewards(), limits::loyalty_entries, "rewards",
                         [&](const v1::RewardUse& use) { return reward_of(in, use, currency); });
  outcome.used = lots_of(in, message.used(), "used");
  outcome.issued = issued_of(in, message.issued());
  outcome.debt_settled = in.points(message.debt_settled(), "debt_settled");
  outcome.lines = entries<LineStake>(
      in, message.lines(), limits::lines_per_purchase, "stakes", [&](const v1::LineStake& stake) {
        return LineStake{in.money(stake.net(), currency, "net"),
                         in.points(stake.earned(), "earned"), in.points(stake.spent(), "spent")};
      });
  outcome.to_wallet = in.money(message.to_wallet(), currency, "to_wallet");
  outcome.tier_before = in.code(message.tier_before(), "tier_before");
  outcome.tier_after = in.code(message.tier_after(), "tier_after");
  outcome.tier_since =
      in.day(message.has_tier_since_day(), message.tier_since_day(), "tier_since_day");
  outcome.paid_out = in.money(message.paid_out(), currency, "paid_out");
  return outcome;
}

ReturnResult outcome_of(Reading& in, const v1::ReturnOutcome& message) {
  ReturnResult outcome;
  outcome.given_back = in.points(message.given_back(), "given_back");
  outcome.taken = lots_of(in, message.taken(), "taken");
  outcome.restored = lots_of(in, message.restored(), "restored");
  outcome.issued = issued_of(in, message.issued());
  outcome.expired = in.points(message.lapsed(), "lapsed");
  outcome.offset = in.points(message.offset(), "offset");
  outcome.debt_added = in.points(message.debt_added(), "debt_added");
  outcome.debt_settled = in.points(message.debt_settled(), "debt_settled");
  outcome.uses = entries<UseBack>(
      in, message.uses(), limits::loyalty_entries, "uses", [&](const v1::UseBack& use) {
        return UseBack{in.id(use.purchase(), "purchase"),
                       in.text(use.name(), use_name_bytes, "use"), use.times(),
                       in.points(use.points(), "use points")};
      });
  return outcome;
}

TopUp top_up_of(Reading& in, const v1::TopUp& message, Currency currency) {
  TopUp top_up;
  top_up.line = message.line();
  if (message.kind() == v1::STORED_VALUE_WALLET)
    top_up.kind = StoredValue::wallet;
  else if (message.kind() != v1::STORED_VALUE_GIFT_CARD)
    in.fail("Unknown kind of stored value", "loads");
  top_up.card = in.code(message.card(), "card");
  top_up.amount = in.money(message.amount(), currency, "top-up amount");
  top_up.expires = in.day(message.has_expires_day(), message.expires_day(), "expires_day");
  return top_up;
}

Result<PointsExpired> read(const v1::PointsExpired& message) {
  Reading in;
  PointsExpired fact;
  fact.at = in.time(message, "at");
  fact.as_of = from_days(in.number(message.as_of_day(), first_day, last_day, "as_of_day"));
  fact.currency = in.currency(message.currency(), "currency");
  fact.lots = entries<LotExpiry>(
      in, message.lots(), limits::expiries_per_fact, "lots", [&](const v1::LotExpiry& expiry) {
        const LotPoints lot = lot_of(in, expiry.lot());
        return LotExpiry{in.customer(expiry.customer()), lot.lot, lot.points};
      });
  fact.cards = entries<CardExpiry>(
      in, message.cards(), limits::expiries_per_fact, "cards", [&](const v1::CardExpiry& expiry) {
        return CardExpiry{in.code(expiry.card(), "card"),
                          in.money(expiry.amount(), fact.currency, "card amount")};
      });
  fact.wallets = entries<WalletExpiry>(
      in, message.wallets(), limits::expiries_per_fact, "wallets",
      [&](const v1::WalletExpiry& expiry) {
        return WalletExpiry{in.customer(expiry.customer()),
                            in.money(expiry.amount(), fact.currency, "wallet amount")};
      });
  if (message.cause() == v1::EXPIRY_CAUSE_WITHDRAWAL)
    fact.cause = ExpiryCause::withdrawal;
  else if (message.cause() != v1::EXPIRY_CAUSE_LAST_DAY)
    in.fail("Unknown cause of an expiry", "cause");
  return in.result(std::move(fact));
}

namespace {

GiftCardState state_of(Reading& in, v1::GiftCardState state) {
  if (state == v1::GIFT_CARD_STATE_ACTIVE) return GiftCardState::active;
  if (state != v1::GIFT_CARD_STATE_BLOCKED) in.fail("Unknown state of a gift card", "state");
  return GiftCardState::blocked;
}

}  // namespace

Result<GiftCardChange> read(const v1::GiftCardChange& message) {
  Reading in;
  GiftCardChange fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.card = in.code(message.card(), "card");
  fact.state = state_of(in, message.state());
  fact.reason = in.text(message.reason(), limits::text_bytes, "reason");
  return in.result(std::move(fact));
}

Result<GiftCardStatement> read(const v1::GiftCardStatement& message) {
  Reading in;
  GiftCardStatement fact;
  fact.at = in.time(message, "at");
  fact.card = in.code(message.card(), "card");
  fact.currency = in.currency(message.currency(), "currency");
  fact.money = entries<StatedMoney>(
      in, message.money(), limits::lots_per_gift_card, "money", [&](const v1::StatedMoney& money) {
        return StatedMoney{
            in.id(money.from(), "from"), in.money(money.amount(), fact.currency, "amount"),
            in.day(money.has_expires_day(), money.expires_day(), "expires_day"), money.top_up()};
      });
  fact.sold_on = in.day(message.has_sold_day(), message.sold_day(), "sold_day");
  fact.state = state_of(in, message.state());
  fact.reason = in.text(message.reason(), limits::text_bytes, "reason");
  return in.result(std::move(fact));
}

Result<WalletChange> read(const v1::WalletChange& message) {
  Reading in;
  WalletChange fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.customer = in.customer(message.customer());
  if (message.state() == v1::WALLET_STATE_ACTIVE)
    fact.state = WalletState::active;
  else if (message.state() != v1::WALLET_STATE_BLOCKED)
    in.fail("Unknown state of a wallet", "state");
  fact.reason = in.text(message.reason(), limits::text_bytes, "reason");
  return in.result(std::move(fact));
}

Result<ExceptionSettled> read(const v1::ExceptionSettled& message) {
  Reading in;
  ExceptionSettled fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.exception = {in.id(message.fact(), "fact"), in.code(message.code(), "code")};
  if (message.decision() == v1::DECISION_ABSORB)
    fact.decision = Decision::absorb;
  else if (message.decision() == v1::DECISION_DEBT)
    fact.decision = Decision::debt;
  else if (message.decision() != v1::DECISION_NOTED)
    in.fail("Unknown decision", "decision");
  fact.reason = in.name(message.reason(), "reason");
  fact.customer = in.customer(message.customer());
  if (!message.currency().empty())
    fact.owed = in.money(message.amount(), in.currency(message.currency(), "currency"), "amount");
  else if (message.points() != 0)
    fact.owed = in.points(message.points(), "points");
  return in.result(std::move(fact));
}

Result<CodesAdded> read(const v1::CodesAdded& message) {
  Reading in;
  CodesAdded fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.reward = in.code(message.reward(), "reward");
  if (in.count(message.codes_size(), limits::codes_per_fact, "codes"))
    for (const std::string& code : message.codes()) fact.codes.push_back(in.code(code, "codes"));
  return in.result(std::move(fact));
}

Result<CodesDealt> read(const v1::CodesDealt& message) {
  Reading in;
  CodesDealt fact;
  fact.at = in.time(message, "at");
  fact.reward = in.code(message.reward(), "reward");
  fact.list = in.id(message.list(), "list");
  fact.first = message.first();
  fact.count = message.count();
  if (message.to() > TerminalNumber::max) in.fail("Unknown terminal", "to");
  fact.to = {message.to()};
  return in.result(std::move(fact));
}

Result<LevelGranted> read(const v1::LevelGranted& message) {
  Reading in;
  LevelGranted fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.customer = in.customer(message.customer());
  fact.level = in.code(message.level(), "level");
  fact.until = in.day(message.has_until_day(), message.until_day(), "until_day");
  fact.reason = in.text(message.reason(), limits::text_bytes, "reason");
  return in.result(std::move(fact));
}

Result<LoyaltyEvent> read(const v1::LoyaltyEvent& message) {
  Reading in;
  LoyaltyEvent fact;
  fact.at = in.time(message, "at");
  fact.staff = in.name(message.staff(), "staff");
  fact.customer = in.customer(message.customer());
  fact.currency = in.currency(message.currency(), "currency");
  fact.programme_version = message.programme_version();
  fact.event = in.code(message.event(), "event");
  fact.points_earned = in.points(message.points_earned(), "points_earned");
  fact.loyalty = outcome_of(in, message.loyalty(), fact.currency);
  fact.cause = in.text(message.cause(), limits::text_bytes, "cause");
  fact.about = in.customer(message.about());
  fact.shift = in.optional_id(message.shift(), "shift");
  fact.spend_brought_minor =
      in.money(message.spend_brought(), fact.currency, "spend_brought").minor;
  fact.reservations = reservations_of(in, message);
  return in.result(std::move(fact));
}

}  // namespace keepsake::facts

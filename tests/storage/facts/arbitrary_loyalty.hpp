#pragma once
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/level_grant.hpp"
#include "storage/domain/sale/gift_card_statement.hpp"

// Facts of points and stored value by chance. Included by arbitrary_facts.hpp, whose parts it uses.

namespace keepsake::arbitrary_facts {

inline std::optional<Date> maybe_day() {
  if (!maybe()) return std::nullopt;
  return from_days(*rc::gen::inRange(-10'000, 100'000));
}

inline std::vector<LotPoints> lots() {
  return several(3, [] {
    return LotPoints{{id(), *rc::gen::arbitrary<std::uint32_t>()}, {amount()}};
  });
}
inline std::vector<IssuedLot> issued() {
  return several(3, [] { return IssuedLot{{amount()}, maybe_day(), maybe_day()}; });
}

inline LoyaltyResult outcome(Currency c) {
  LoyaltyResult o;
  o.rules = several(3, [] { return RulePoints{text(), {amount()}}; });
  o.rewards = several(3, [&] {
    return RewardUse{text(),     text(),        amount(),
                     {amount()}, {amount(), c}, several(2, [] { return text(); })};
  });
  o.used = lots();
  o.issued = issued();
  o.debt_settled = {amount()};
  o.lines = several(3, [&] { return LineStake{{amount(), c}, {amount()}, {amount()}}; });
  o.to_wallet = {amount(), c};
  o.tier_before = text();
  o.tier_after = text();
  o.tier_since = maybe_day();
  o.paid_out = {amount(), c};
  return o;
}

inline ReturnResult return_outcome() {
  return {{amount()},
          lots(),
          lots(),
          issued(),
          {amount()},
          {amount()},
          {amount()},
          {amount()},
          several(2, [] {
            return UseBack{id(), text(), amount(), {amount()}}; })};
}

inline TopUp top_up(Currency c) {
  return {*rc::gen::inRange<std::size_t>(0, 1000),
          any_of<StoredValue>(),
          text(),
          {amount(), c},
          maybe_day()};
}

inline PointsExpired arbitrary(std::type_identity<PointsExpired>) {
  const Currency c = currency();
  return {
      time(),
      from_days(*rc::gen::inRange(-10'000, 100'000)),
      c,
      several(
          3,
          [] {
            return LotExpiry{somebody(), {id(), *rc::gen::arbitrary<std::uint32_t>()}, {amount()}};
          }),
      several(3,
              [&] {
                return CardExpiry{text(), {amount(), c}};
              }),
      several(3,
              [&] {
                return WalletExpiry{somebody(), {amount(), c}};
              }),
      any_of<ExpiryCause>()};
}

inline ExceptionSettled arbitrary(std::type_identity<ExceptionSettled>) {
  ExceptionSettled s;
  s.exception = {id(), text()};
  s.decision = *rc::gen::element(Decision::absorb, Decision::debt, Decision::noted);
  if (maybe()) s.customer = somebody();
  if (maybe())
    s.owed = Points{*rc::gen::inRange<std::int64_t>(1, 1'000'000)};
  else if (maybe())
    s.owed = Money{amount(), currency()};
  s.reason = text();
  s.staff = text();
  s.at = time();
  return s;
}

inline GiftCardChange arbitrary(std::type_identity<GiftCardChange>) {
  return {time(), text(), text(), any_of<GiftCardState>(), text()};
}

inline GiftCardStatement arbitrary(std::type_identity<GiftCardStatement>) {
  GiftCardStatement s;
  s.at = time();
  s.card = text();
  s.currency = currency();
  s.money = several(3, [&] {
    return StatedMoney{id(), {amount(), s.currency}, maybe_day(), maybe()};
  });
  s.sold_on = maybe_day();
  s.state = any_of<GiftCardState>();
  s.reason = text();
  return s;
}

inline WalletChange arbitrary(std::type_identity<WalletChange>) {
  return {time(), text(), somebody(), any_of<WalletState>(), text()};
}

inline CodesAdded arbitrary(std::type_identity<CodesAdded>) {
  return {time(), text(), text(), several(3, [] { return text(); })};
}

inline CodesDealt arbitrary(std::type_identity<CodesDealt>) {
  return {time(),
          text(),
          id(),
          *rc::gen::inRange(0U, 2500U),
          *rc::gen::inRange(1U, 2500U),
          {*rc::gen::inRange(1U, 8'388'607U)}};
}

inline LevelGranted arbitrary(std::type_identity<LevelGranted>) {
  return {time(), text(), somebody(), text(), maybe_day(), text()};
}

inline LoyaltyEvent arbitrary(std::type_identity<LoyaltyEvent>) {
  const Currency c = currency();
  return {time(),  text(),     somebody(),    c,      *rc::gen::arbitrary<std::int32_t>(),
          text(),  {amount()}, outcome(c),    text(), somebody(),
          shift(), amount(),   reservations()};
}

}  // namespace keepsake::arbitrary_facts

#pragma once
// A small shop for tests of the loyalty rules: short words for programmes, baskets and members.

#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "storage/domain/loyalty/quote.hpp"
#include "storage/domain/loyalty/returns.hpp"

namespace keepsake::loyalty::test {

inline Currency nok() { return *Currency::parse("NOK"); }
inline Money kr(std::int64_t minor) { return {minor, nok()}; }
inline Points pts(std::int64_t whole) { return {whole * 100}; }
inline Date day(const char* iso) { return *parse_date(iso); }

/// Noon at UTC+1 unless told: 2026-11-21 is a Saturday.
inline LocalTime at(const char* iso, int minute_of_day = 12 * 60) {
  const std::int64_t minutes = std::int64_t{to_days(day(iso))} * 1440 + minute_of_day - 60;
  return {Instant{minutes * 60'000}, 60};
}

inline BasketLine line(std::string article, std::int64_t price_minor, std::int64_t pieces = 1) {
  BasketLine made;
  made.article = std::move(article);
  made.quantity = Quantity::pieces(pieces);
  made.unit_price = UnitPrice::from_minor(price_minor);
  made.tax = {2500};
  return made;
}

inline Basket basket(std::vector<BasketLine> lines) {
  Basket made;
  made.currency = nok();
  made.store = "S1";
  made.lines = std::move(lines);
  return made;
}

inline Lot lot(std::string id, std::int64_t remaining, const char* expires = nullptr,
               const char* earned = "2026-01-01") {
  Lot made{std::move(id), pts(remaining), pts(remaining), day(earned), std::nullopt};
  if (expires != nullptr) made.expires = day(expires);
  return made;
}

inline Member member(std::vector<Lot> lots = {}) {
  Member made;
  made.known = true;
  made.lots = std::move(lots);
  made.visits = 5;
  return made;
}

inline EarningRule rule(std::string id, EarnKind kind, Points points,
                        std::int64_t for_each_minor = 0) {
  EarningRule made;
  made.id = std::move(id);
  made.kind = kind;
  made.points = points;
  made.for_each_minor = for_each_minor;
  return made;
}

inline EarningRule event_rule(std::string id, Event event, Points points) {
  EarningRule made = rule(std::move(id), EarnKind::event, points);
  made.event = event;
  return made;
}

inline Rules programme(std::vector<EarningRule> rules = {}) {
  Rules made;
  made.name = "Bonus";
  made.currency = nok();
  made.redeeming.point_value_milli_minor = 10'000;
  made.earning.rules = std::move(rules);
  return made;
}

/// 1 point for each 10.00.
inline Rules basic() { return programme({rule("base", EarnKind::per_amount, pts(1), 1000)}); }

inline Reward reward(std::string id, RewardKind kind) {
  Reward made;
  made.id = id;
  made.name = std::move(id);
  made.kind = kind;
  return made;
}

inline const LocalTime saturday = at("2026-11-21");

inline Quote quoted(const Rules& programme, const Basket& basket, const Member& member,
                    LocalTime when = saturday) {
  auto result = quote(programme, basket, member, when);
  REQUIRE_MESSAGE(result.ok(), (result ? std::string() : to_line(result.error())));
  // What holds for every quote.
  Money net = kr(0), discount = kr(0);
  for (const QuotedLine& line : result->lines) {
    CHECK(line.net.minor >= 0);
    CHECK(line.net.minor == line.gross.minor - line.discount.minor);
    net.minor += line.net.minor;
    discount.minor += line.discount.minor;
  }
  CHECK(net == result->total);
  CHECK(discount == result->discount);
  Points used, added, earned;
  for (const LotUse& use : result->lots_used) used.hundredths += use.points.hundredths;
  for (const IssuedLot& lot : result->new_lots) added.hundredths += lot.points.hundredths;
  for (const RuleEarned& rule : result->earned) {
    earned.hundredths += rule.points.hundredths;
    Points lines;
    for (const PointsOnLine& part : rule.lines) lines.hundredths += part.points.hundredths;
    if (!rule.lines.empty()) CHECK(lines == rule.points);
    CHECK(!sentence(rule.why).empty());
  }
  CHECK(used == result->points_spent);
  CHECK(earned == result->points_earned);
  CHECK(added.hundredths == earned.hundredths - result->debt_settled.hundredths);
  CHECK(result->balance_after.hundredths ==
        result->balance_before.hundredths - result->points_spent.hundredths + added.hundredths);
  CHECK(result->points_spent.hundredths <=
        result->balance_before.hundredths - result->pending_before.hundredths);
  CHECK(result->pending_after.points <= result->balance_after);
  for (const Refusal& refusal : result->refused) CHECK(sentence(refusal.why).size() > 5);
  return std::move(*result);
}

inline Points earned(const Rules& programme, const Basket& basket, const Member& buyer = member(),
                     LocalTime when = saturday) {
  return quoted(programme, basket, buyer, when).points_earned;
}

/// The member after the quote was booked. Lots are named after the day and a count.
inline Member after(Member member, const Quote& quote, LocalTime when) {
  for (const LotUse& use : quote.lots_used) {
    for (Lot& lot : member.lots) {
      if (lot.id == use.lot) lot.remaining.hundredths -= use.points.hundredths;
    }
  }
  for (const IssuedLot& lot : quote.new_lots)
    member.lots.push_back({"new" + std::to_string(member.lots.size()), lot.points, lot.points,
                           when.date(), lot.expires, lot.spendable_from});
  member.debt = quote.debt_after;
  member.tier = quote.tier_after;
  ++member.visits;
  return member;
}

}  // namespace keepsake::loyalty::test

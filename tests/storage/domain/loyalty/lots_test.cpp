#include <rapidcheck.h>

#include "tests/storage/domain/loyalty/scene.hpp"

namespace keepsake::loyalty::test {

TEST_CASE("lots: what is spent first") {
  std::vector<Lot> lots = {
      lot("never", 10), lot("june", 10, "2026-06-30"), lot("january", 10, "2026-01-31"),
      lot("june-older", 10, "2026-06-30", "2025-12-01"), lot("gone", 10, "2026-01-09")};
  const auto uses = consume(lots, pts(35), day("2026-01-10"));
  REQUIRE(uses.ok());
  CHECK(*uses ==
        std::vector<LotUse>{
            {"january", pts(10)}, {"june-older", pts(10)}, {"june", pts(10)}, {"never", pts(5)}});
  CHECK(lots[4].remaining == pts(10));
  const auto short_of = consume(lots, pts(6), day("2026-01-10"));
  REQUIRE_FALSE(short_of.ok());
  CHECK(short_of.error().code == "points.short");
  CHECK(lots[0].remaining == pts(5));
}

TEST_CASE("lots: spending ten and five of two lots leaves five after the first has expired") {
  std::vector<Lot> lots = {lot("a", 10, "2026-01-31"), lot("b", 10, "2026-06-30")};
  REQUIRE(consume(lots, pts(10), day("2026-01-05")).ok());
  REQUIRE(consume(lots, pts(5), day("2026-01-20")).ok());
  CHECK(*balance(lots, day("2026-02-01")) == pts(5));
  // Two lots of ten more, so that something does expire: the last day still counts.
  lots.push_back(lot("c", 10, "2026-01-31"));
  CHECK(*balance(lots, day("2026-01-31")) == pts(15));
  CHECK(*balance(lots, day("2026-02-01")) == pts(5));
  CHECK(expired_lots(lots, {}, std::nullopt, day("2026-02-01")) ==
        std::vector<LotUse>{{"c", pts(10)}});
}

TEST_CASE("lots: the last day by each kind of expiry") {
  const struct {
    Expiry expiry;
    const char* earned;
    const char* last;
  } cases[] = {
      {{ExpiryKind::days, 30}, "2026-01-31", "2026-03-02"},
      {{ExpiryKind::months, 1}, "2026-01-31", "2026-02-28"},
      {{ExpiryKind::months, 12}, "2024-02-29", "2025-02-28"},
      {{ExpiryKind::end_of_month, 0}, "2026-11-21", "2026-11-30"},
      {{ExpiryKind::end_of_month, 3}, "2026-11-30", "2027-02-28"},
      {{ExpiryKind::end_of_year, 0}, "2026-01-01", "2026-12-31"},
      {{ExpiryKind::end_of_year, 1}, "2026-12-31", "2027-12-31"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.earned);
    CHECK(to_iso(*expires(c.expiry, day(c.earned))) == c.last);
  }
  CHECK_FALSE(expires({ExpiryKind::never, 0}, day("2026-01-01")));
  CHECK_FALSE(expires({ExpiryKind::inactivity, 6}, day("2026-01-01")));
}

TEST_CASE("lots: inactivity moves the last day with every activity") {
  Rules p = basic();
  p.expiry = {ExpiryKind::inactivity, 6};
  Member m = member({lot("l", 100, nullptr, "2026-01-10")});
  const auto goods = basket({line("A", 1000)});
  CHECK(quoted(p, goods, m, at("2026-07-10")).balance_before == pts(100));
  CHECK(quoted(p, goods, m, at("2026-07-11")).balance_before == pts(0));
  m.last_activity = day("2026-05-01");
  CHECK(quoted(p, goods, m, at("2026-11-01")).balance_before == pts(100));
  CHECK(quoted(p, goods, m, at("2026-11-02")).balance_before == pts(0));
  CHECK(expired_lots(m.lots, p.expiry, m.last_activity, day("2026-11-02")).size() == 1);
  CHECK(expired_lots(m.lots, p.expiry, m.last_activity, day("2026-11-01")).empty());
}

TEST_CASE("lots: a rule's own expiry makes a lot of its own") {
  Rules p = basic();
  p.expiry = {ExpiryKind::months, 12};
  auto flash = rule("flash", EarnKind::per_order, pts(5));
  flash.expiry = Expiry{ExpiryKind::days, 7};
  p.earning.rules.push_back(flash);
  p.earning.rules.push_back(rule("also", EarnKind::per_order, pts(1)));
  const Quote quote = quoted(p, basket({line("A", 10'000)}), member());
  CHECK(quote.new_lots ==
        std::vector<IssuedLot>{{pts(5), day("2026-11-28")}, {pts(11), day("2027-11-21")}});
}

TEST_CASE("lots: later points settle debt first") {
  Member m = member();
  m.debt = pts(8);
  Quote quote = quoted(basic(), basket({line("A", 5000)}), m);
  CHECK(quote.debt_settled == pts(5));
  CHECK(quote.debt_after == pts(3));
  CHECK(quote.new_lots.empty());
  m.debt = pts(3);
  quote = quoted(basic(), basket({line("A", 5000)}), m);
  CHECK(quote.balance_after == pts(2));
  CHECK(quote.debt_after == pts(0));
}

TEST_CASE("lots: what is pending counts and is not spent") {
  Lot held = lot("held", 40, "2026-12-31", "2026-11-21");
  held.spendable_from = day("2026-12-05");
  std::vector<Lot> lots = {lot("free", 100), held};
  CHECK(*balance(lots, day("2026-12-04")) == pts(140));
  CHECK(*spendable(lots, day("2026-12-04")) == pts(100));
  CHECK(pending_of(lots, day("2026-12-04")) == Pending{pts(40), day("2026-12-05")});
  CHECK(*spendable(lots, day("2026-12-05")) == pts(140));
  CHECK(pending_of(lots, day("2026-12-05")) == Pending{});
  // Its expiry counts from earning, and what has expired is not pending, either.
  lots[1].spendable_from = day("2027-01-05");
  CHECK(pending_of(lots, day("2027-01-01")) == Pending{});
  CHECK(*spendable(lots, day("2027-01-01")) == pts(100));
  lots[1].spendable_from = held.spendable_from;
  const auto short_of = consume(lots, pts(101), day("2026-12-04"));
  REQUIRE_FALSE(short_of.ok());
  CHECK(short_of.error().code == "points.short");
  CHECK(short_of.error().remedy == "Use at most 100");
  auto taken_back = lots;
  CHECK(*consume(taken_back, pts(101), day("2026-12-04"), LotChoice::all) ==
        std::vector<LotUse>{{"held", pts(40)}, {"free", pts(61)}});
  CHECK(*consume(lots, pts(60), day("2026-12-04")) == std::vector<LotUse>{{"free", pts(60)}});
}

TEST_CASE("lots: a purchase's points pay nothing before their day") {
  Rules p = basic();
  p.pending_days = 14;
  Reward five = reward("five", RewardKind::money_off);
  five.cost = pts(50);
  five.minor = 500;
  Reward cash = reward("cash", RewardKind::cash_out);
  cash.cost = pts(50);
  cash.minor = 500;
  p.rewards = {five, cash};
  const Quote bought = quoted(p, basket({line("A", 50'000)}), member());
  CHECK(bought.new_lots == std::vector<IssuedLot>{{pts(50), std::nullopt, day("2026-12-05")}});
  CHECK(bought.balance_after == pts(50));
  CHECK(bought.pending_after == Pending{pts(50), day("2026-12-05")});
  const Member m = after(member(), bought, saturday);
  for (const char* claimed : {"five", "cash", ""}) {
    CAPTURE(claimed);
    Basket next = basket({line("A", 1000)});
    if (*claimed != 0)
      next.claims = {{claimed, 1, {}}};
    else
      next.tenders = {{TenderKind::points, 500}};
    const Quote early = quoted(p, next, m, at("2026-12-04"));
    REQUIRE(early.refused.size() == 1);
    CHECK(early.refused[0].why.code == "refuse.points-short");
    CHECK(early.points_spent == pts(0));
    CHECK(points_worth(p, early) == kr(0));
    const Quote late = quoted(p, next, m, at("2026-12-05"));
    CHECK(late.refused.empty());
    CHECK(late.points_spent == pts(50));
  }
}

TEST_CASE("lots: only what goods earned is held, and a debt is settled at once") {
  Rules p = programme({event_rule("joined", Event::enrolled, pts(30))});
  p.pending_days = 14;
  Basket joining = basket({});
  joining.events = {Event::enrolled};
  CHECK(quoted(p, joining, member()).new_lots ==
        std::vector<IssuedLot>{{pts(30), std::nullopt, std::nullopt}});
  Rules earning = basic();
  earning.pending_days = 14;
  Member m = member();
  m.debt = pts(3);
  const Quote quote = quoted(earning, basket({line("A", 5000)}), m);
  CHECK(quote.debt_settled == pts(3));
  CHECK(quote.pending_after == Pending{pts(2), day("2026-12-05")});
}

TEST_CASE("lots: spending keeps every lot within its bounds and takes exactly what is asked") {
  CHECK(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(0, 12);
    std::vector<Lot> lots;
    for (std::size_t i = 0; i < count; ++i) {
      const auto issued = *rc::gen::inRange<std::int64_t>(0, 5000);
      const auto remaining = *rc::gen::inRange<std::int64_t>(0, issued + 1);
      Lot each{std::to_string(i), {issued}, {remaining}, day("2026-01-01"), std::nullopt};
      if (*rc::gen::arbitrary<bool>())
        each.expires = from_days(to_days(day("2026-01-01")) + *rc::gen::inRange(-5, 60));
      lots.push_back(each);
    }
    const auto before = lots;
    const Date today = day("2026-01-05");
    const Points there = *balance(lots, today);
    const Points asked{*rc::gen::inRange<std::int64_t>(0, 20'000)};
    const auto uses = consume(lots, asked, today);
    RC_ASSERT(uses.ok() == (asked <= there));
    std::int64_t taken = 0;
    if (uses) {
      for (const LotUse& use : *uses) taken += use.points.hundredths;
      RC_ASSERT(taken == asked.hundredths);
      RC_ASSERT(balance(lots, today)->hundredths == there.hundredths - taken);
    } else {
      RC_ASSERT(lots == before);
    }
    for (const Lot& each : lots)
      RC_ASSERT(each.remaining.hundredths >= 0 && each.remaining <= each.issued);
  }));
}

}  // namespace keepsake::loyalty::test

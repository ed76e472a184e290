// Points through the book: what a sale, a return and time do to them and to levels.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/services/expiry.hpp"
#include "tests/storage/records/value/ledger.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/older_records.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// A lot of `points` with its last day, as an event of the programme gives it.
void give(Club& club, Points points, Date last_day) {
  LoyaltyEvent event;
  event.at = club.clock.local_now();
  event.customer = club.member;
  event.currency = nok();
  event.programme_version = 1;
  event.event = "survey";
  event.points_earned = points;
  event.loyalty.rules = {{"survey", points}};
  event.loyalty.issued = {{points, last_day}};
  event.loyalty.to_wallet = event.loyalty.paid_out = kroner(0);
  club.record(event);
}

/// Claims `points` of a reward that costs one point a step.
void redeem(Club& club, std::int64_t points) {
  loyalty::Reward gift;
  gift.id = "sticker";
  gift.kind = loyalty::RewardKind::donation;
  gift.cost = p(1);
  gift.minor = 10;
  club.rules.rewards = {gift};
  SaleRequest request;
  request.claims = {{"sticker", points, {}}};
  auto event =
      to_event(club.context(club.member), request, "", club.rules, club.state(club.member));
  REQUIRE_MESSAGE(event.ok(), why(event));
  club.record(*event);
}

}  // namespace

TEST_CASE("points that expire soonest are spent first and expiry takes only what is left") {
  Club club;
  set_day(club, 2027, 1, 10);
  give(club, p(10), std::chrono::year(2027) / 1 / 31);
  give(club, p(10), std::chrono::year(2027) / 6 / 30);
  redeem(club, 10);
  redeem(club, 5);
  set_day(club, 2027, 2, 1);
  CHECK(club.balance(club.member) == p(5));
  const auto run = run_expiry(*club.book, club.rules.expiry, club.clock.local_now());
  REQUIRE_MESSAGE(run.ok(), why(run));
  CHECK(run->lots == 0);
  CHECK(club.reader()->customer(club.member)->value().balance == p(5));
  CHECK(sound(club) == "");
}

TEST_CASE("expiry late and twice takes each lot once") {
  Club club;
  set_day(club, 2027, 1, 10);
  give(club, p(10), std::chrono::year(2027) / 1 / 31);
  give(club, p(7), std::chrono::year(2027) / 6 / 30);
  redeem(club, 4);
  set_day(club, 2027, 1, 31);
  CHECK(run_expiry(*club.book, club.rules.expiry, club.clock.local_now())->lots == 0);
  set_day(club, 2027, 5, 20);  // months without a run
  CHECK(club.balance(club.member) == p(7));
  const auto late = run_expiry(*club.book, club.rules.expiry, club.clock.local_now());
  REQUIRE(late.ok());
  CHECK(late->points == p(6));
  CHECK(late->facts.size() == 1);
  CHECK(club.reader()->customer(club.member)->value().balance == p(7));
  CHECK(run_expiry(*club.book, club.rules.expiry, club.clock.local_now())->facts.empty());
  CHECK(sound(club) == "");
}

TEST_CASE("points of an inactive member expire and activity keeps them") {
  Club club;
  club.rules.expiry = {loyalty::ExpiryKind::inactivity, 3};
  set_day(club, 2027, 1, 10);
  club.sell(Club::basket(1, 10'000), club.member);
  set_day(club, 2027, 4, 5);
  club.sell(Club::basket(1, 10'000), club.member);
  set_day(club, 2027, 7, 5);
  CHECK(run_expiry(*club.book, club.rules.expiry, club.clock.local_now())->lots == 0);
  set_day(club, 2027, 7, 6);
  CHECK(run_expiry(*club.book, club.rules.expiry, club.clock.local_now())->points == p(20));
  CHECK(club.balance(club.member) == p(0));
  CHECK(sound(club) == "");
}

TEST_CASE("a sale earns and spends and its parts come back exactly") {
  Club club;
  club.sell(Club::basket(1, 50'000), club.member);  // 50 points
  CHECK(club.balance(club.member) == p(50));
  const FactId sold = club.sell(Club::basket(3, 10'000), club.member, claim("five-off", 2));
  const auto purchase = club.reader()->purchase(sold)->value();
  CHECK(purchase.total == kroner(29'000));
  REQUIRE(purchase.loyalty.has_value());
  CHECK(purchase.loyalty->rewards.front().cost == p(20));
  CHECK(purchase.points_earned == p(29));
  CHECK(club.balance(club.member) == p(59));
  CHECK(sound(club) == "");

  for (int n = 0; n < 3; ++n)
    CHECK_MESSAGE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok(), n);
  CHECK(club.balance(club.member) == p(50));
  CHECK(club.reader()->totals()->return_minor == 29'000);
  CHECK(club.try_return(sold, 0, Quantity::pieces(1), club.member).error().code ==
        "return.exceeds");
  CHECK(sound(club) == "");
}

TEST_CASE("points that are gone become debt that later points settle") {
  Club club;
  const FactId sold = club.sell(Club::basket(1, 50'000), club.member);    // 50 points
  club.sell(Club::basket(1, 10'000), club.member, claim("five-off", 4));  // 40 spent, 8 earned
  CHECK(club.balance(club.member) == p(18));
  CHECK(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.balance(club.member) == p(0));
  CHECK(club.state(club.member).debt == p(32));
  CHECK(sound(club) == "");

  club.sell(Club::basket(1, 20'000), club.member);
  CHECK(club.state(club.member).debt == p(12));
  CHECK(club.balance(club.member) == p(0));
  club.sell(Club::basket(1, 20'000), club.member);
  CHECK(club.state(club.member).debt == p(0));
  CHECK(club.balance(club.member) == p(8));
  CHECK(sound(club) == "");
}

TEST_CASE("points pay at their value and a short balance is refused before anything is kept") {
  Club club;
  club.sell(Club::basket(1, 100'000), club.member);  // 100 points, worth 10.00
  const Tender points{TenderKind::points, kroner(900), kroner(900), ""};
  club.sell(Club::basket(1, 5'000), club.member, {}, {points});
  CHECK(club.balance(club.member) == p(100 - 90 + 4));
  const auto refused = club.try_sell(Club::basket(1, 5'000), club.member, {}, {points});
  CHECK(refused.error().code == "loyalty.refused");
  CHECK(sound(club) == "");
}

TEST_CASE("a level is looked at when its period ends, as the programme says") {
  using namespace std::chrono_literals;
  struct Row {
    const char* name;
    loyalty::TierWindow window;
    int days;  // after which the period is over
    loyalty::Downgrade downgrade;
    const char* after_a_lesser_period;  // that reached silver
    const char* after_an_empty_one;
  };
  using loyalty::Downgrade;
  using loyalty::TierWindow;
  const Row rows[] = {
      {"kept", TierWindow::calendar_year, 368, Downgrade::none, "gold", "gold"},
      {"one down", TierWindow::calendar_year, 368, Downgrade::gradual, "silver", ""},
      {"to silver", TierWindow::calendar_year, 368, Downgrade::assigned, "silver", "silver"},
      {"kept, month", TierWindow::calendar_month, 31, Downgrade::none, "gold", "gold"},
      {"one down, month", TierWindow::calendar_month, 31, Downgrade::gradual, "silver", ""},
      {"to silver, month", TierWindow::calendar_month, 31, Downgrade::assigned, "silver", "silver"},
      {"kept, quarter", TierWindow::calendar_quarter, 92, Downgrade::none, "gold", "gold"},
      {"one down, quarter", TierWindow::calendar_quarter, 92, Downgrade::gradual, "silver", ""},
      {"to silver, quarter", TierWindow::calendar_quarter, 92, Downgrade::assigned, "silver",
       "silver"},
      {"kept, rolling", TierWindow::rolling_months, 368, Downgrade::none, "gold", "gold"},
      {"one down, rolling", TierWindow::rolling_months, 368, Downgrade::gradual, "silver", ""},
      {"to silver, rolling", TierWindow::rolling_months, 368, Downgrade::assigned, "silver",
       "silver"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Club club;
    club.rules.tiers.window = row.window;
    club.rules.tiers.downgrade = row.downgrade;
    if (row.downgrade == Downgrade::assigned) club.rules.tiers.assigned = "silver";
    set_day(club, 2026, 11, 21);
    club.sell(Club::basket(1, 600'000), club.member);
    CHECK(club.state(club.member).tier == "gold");
    club.clock.advance(24h * row.days);  // the period that reached gold is over
    CHECK(club.state(club.member).tier == "gold");
    club.sell(Club::basket(1, 150'000), club.member);
    CHECK(club.state(club.member).tier == "gold");
    club.clock.advance(24h * row.days);
    CHECK(club.state(club.member).tier == row.after_a_lesser_period);
    club.clock.advance(24h * row.days);
    CHECK(club.state(club.member).tier == row.after_an_empty_one);
    CHECK(sound(club) == "");
  }
}

TEST_CASE("a calendar window counts its last day and reaches a level at exactly its threshold") {
  using loyalty::TierWindow;
  const struct {
    TierWindow window;
    Date first, last, next;
  } cases[] = {
      {TierWindow::calendar_month, day(2028, 2, 1), day(2028, 2, 29), day(2028, 3, 1)},
      {TierWindow::calendar_month, day(2027, 2, 1), day(2027, 2, 28), day(2027, 3, 1)},
      {TierWindow::calendar_month, day(2027, 12, 1), day(2027, 12, 31), day(2028, 1, 1)},
      {TierWindow::calendar_quarter, day(2028, 1, 1), day(2028, 3, 31), day(2028, 4, 1)},
      {TierWindow::calendar_quarter, day(2027, 10, 1), day(2027, 12, 31), day(2028, 1, 1)},
      {TierWindow::calendar_year, day(2028, 1, 1), day(2028, 12, 31), day(2029, 1, 1)},
  };
  for (const auto& c : cases) {
    CAPTURE(to_iso(c.last));
    const auto tier_after = [&](std::int64_t first_minor, std::int64_t last_minor,
                                std::int64_t next_minor) {
      Club club;
      club.rules.tiers.window = c.window;
      set_day(club, c.first);
      club.sell(Club::basket(1, first_minor), club.member);
      set_day(club, c.last);
      club.sell(Club::basket(1, last_minor), club.member);
      set_day(club, c.next);
      club.sell(Club::basket(1, next_minor), club.member);
      CHECK(club.state(club.member).window.spend_minor == next_minor);
      return club.state(club.member).tier;
    };
    CHECK(tier_after(60'000, 40'000, 1'000) == "silver");
    CHECK(tier_after(60'000, 39'999, 1'000) == "");  // the next day is another window
    CHECK(tier_after(60'000, 39'999, 100'000) == "silver");
  }
}

TEST_CASE("several ends of periods pass in one absence, up and down") {
  using loyalty::TierWindow;
  const struct {
    TierWindow window;
    Date after_one, after_two, after_three;  // ends of periods
  } cases[] = {
      {TierWindow::calendar_month, day(2028, 3, 1), day(2028, 4, 1), day(2028, 5, 1)},
      {TierWindow::calendar_quarter, day(2028, 4, 1), day(2028, 7, 1), day(2028, 10, 1)},
      {TierWindow::calendar_year, day(2029, 1, 1), day(2030, 1, 1), day(2031, 1, 1)},
  };
  for (const auto& c : cases) {
    Club club;
    club.rules.tiers.window = c.window;
    club.rules.tiers.upgrade = loyalty::Upgrade::period_end;
    club.rules.tiers.downgrade = loyalty::Downgrade::gradual;
    set_day(club, day(2028, 2, 29));
    club.sell(Club::basket(1, 500'000), club.member);
    CHECK(club.state(club.member).tier == "");
    set_day(club, c.after_one);
    CHECK(club.state(club.member).tier == "gold");
    CHECK(club.state(club.member).tier_since == c.after_one);
    set_day(club, c.after_two);
    CHECK(club.state(club.member).tier == "silver");
    set_day(club, from_days(to_days(c.after_three) - 1));
    CHECK(club.state(club.member).tier == "silver");
    set_day(club, c.after_three);
    CHECK(club.state(club.member).tier == "");
    set_day(club, day(2060, 1, 1));
    CHECK(club.state(club.member).tier == "");
    CHECK(sound(club) == "");
  }
}

TEST_CASE("a tier is kept with its day and counts what came back") {
  Club club;
  const FactId sold = club.sell(Club::basket(1, 100'000), club.member);
  CHECK(club.state(club.member).tier == "silver");
  CHECK(club.state(club.member).tier_since == club.clock.local_now().date());
  CHECK(club.state(club.member).window.spend_minor == 100'000);
  CHECK(club.state(club.member).visits == 1);
  CHECK(club.state(club.member).uses.at("base").times == 1);
  CHECK(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.state(club.member).window.spend_minor == 0);
}

namespace {

/// Days at the club by chance.
struct Season {
  CrashDisk disk;  // for its speed only
  Club club;
  std::vector<std::pair<FactId, CustomerRef>> sold;
  std::vector<CustomerRef> members{club.member, club.enrol({}, "C-2"), {}};
  int returned = 0;

  /// Who has nothing yet is refused most of what they ask for.
  Season() {
    club.rules.expiry = {loyalty::ExpiryKind::days, 20};
    for (const CustomerRef& who : {members[0], members[1]}) {
      club.sell(Club::basket(1, 500'000), who);
      fill(club, 5'000, {}, who);
    }
  }

  void sell() {
    const CustomerRef who = members[*rc::gen::inRange<std::size_t>(0, 3)];
    Basket basket;
    basket.currency = nok();
    for (int n = *rc::gen::inRange(1, 4); n > 0; --n)
      basket = *with_article(basket,
                             article("10" + std::to_string(n), "Mug", *rc::gen::inRange(0, 60'000)),
                             Quantity::pieces(*rc::gen::inRange(1, 4)));
    SaleRequest request;
    if (!who.nobody() && *rc::gen::inRange(0, 2) == 0)
      request = claim(*rc::gen::element(std::string("five-off"), std::string("cash")),
                      *rc::gen::inRange(1, 4), CashOut::onto_wallet);
    std::vector<Tender> before;
    const std::int64_t minor = *rc::gen::inRange(1, 2'000);
    if (!who.nobody() && *rc::gen::inRange(0, 3) == 0)
      before.push_back({*rc::gen::element(TenderKind::points, TenderKind::wallet), kroner(minor),
                        kroner(minor), ""});
    const auto id = club.try_sell(basket, who, request, before);
    if (id) sold.emplace_back(*id, who);
    if (!id) RC_ASSERT(id.error().kind == Failure::refused);
  }

  void take_back() {
    if (sold.empty()) return;
    const auto& [id, who] = sold[*rc::gen::inRange<std::size_t>(0, sold.size())];
    const auto back = club.try_return(id, 0, Quantity::pieces(*rc::gen::inRange(1, 3)), who);
    if (back) ++returned;
    if (!back) RC_ASSERT(back.error().kind == Failure::refused);
  }

  void see_to_wallet() {
    const CustomerRef who = members[*rc::gen::inRange<std::size_t>(0, 2)];
    if (*rc::gen::inRange(0, 3) == 0)
      return change_wallet(club, *rc::gen::element(WalletState::active, WalletState::blocked), who);
    TopUp top_up;
    top_up.kind = StoredValue::wallet;
    if (*rc::gen::inRange(0, 3) > 0)
      top_up.expires = from_days(to_days(club.clock.local_now().date()) + *rc::gen::inRange(0, 40));
    const auto id =
        club.try_sell(*with_top_up(Club::basket(1, *rc::gen::inRange(1, 3'000)), 0, top_up), who);
    if (!id) RC_ASSERT(id.error().code == "wallet.blocked");
  }

  void pass_time() {
    club.clock.advance(std::chrono::hours(24 * *rc::gen::inRange(0, 15)));
    RC_ASSERT(run_expiry(*club.book, club.rules.expiry, club.clock.local_now()).ok());
  }
};

}  // namespace

TEST_CASE("whatever happens the ledger balances and every lot keeps its bounds") {
  int returned = 0;
  std::size_t sold = 0;
  CHECK(rc::check("ledger", [&] {
    Season season;
    for (int n = *rc::gen::inRange(5, 25); n > 0; --n) {
      const int what = *rc::gen::inRange(0, 7);
      what < 3   ? season.sell()
      : what < 5 ? season.take_back()
      : what < 6 ? season.see_to_wallet()
                 : season.pass_time();
    }
    returned += season.returned;
    sold += season.sold.size();
    RC_ASSERT(sound(season.club) == "");
    RC_ASSERT(migrated_otherwise(season.club.data() / "keepsake.db") == "");
  }));
  CHECK(sold > 400);
  CHECK(returned > 50);
}

TEST_CASE("returning everything leaves what was there before") {
  CHECK(rc::check("undone", [] {
    CrashDisk disk;  // for its speed only
    Club club;
    club.sell(Club::basket(1, 200'000), club.member);
    const Points before = club.balance(club.member);
    std::vector<std::pair<FactId, int>> bought;
    for (int n = *rc::gen::inRange(1, 5); n > 0; --n) {
      const int pieces = *rc::gen::inRange(1, 4);
      SaleRequest request;
      if (*rc::gen::inRange(0, 2) == 0) request = claim("five-off", *rc::gen::inRange(1, 4));
      const auto id = club.try_sell(Club::basket(pieces, *rc::gen::inRange(1'000, 60'000)),
                                    club.member, request);
      if (id) bought.emplace_back(*id, pieces);
    }
    while (!bought.empty()) {
      const auto i = *rc::gen::inRange<std::size_t>(0, bought.size());
      RC_ASSERT(club.try_return(bought[i].first, 0, Quantity::pieces(1), club.member).ok());
      if (--bought[i].second == 0) bought.erase(bought.begin() + static_cast<std::ptrdiff_t>(i));
    }
    const loyalty::Member after = club.state(club.member);
    RC_ASSERT(club.balance(club.member).hundredths - after.debt.hundredths == before.hundredths);
    RC_ASSERT(after.window.spend_minor == 200'000);
  }));
}

TEST_CASE("after a merge a debt is settled from the balance, and its undoing restores both") {
  Club club;
  const CustomerRef other = club.enrol({}, "C-2");
  // Points that are spent before their purchase comes back are owed.
  const FactId bought = club.sell(Club::basket(1, 100'000), other);
  club.sell(Club::basket(1, 10'000), other, claim("five-off", 10));
  REQUIRE(club.try_return(bought, 0, Quantity::pieces(1), other).ok());
  const Points owed = club.state(other).debt;
  REQUIRE(owed > Points{});
  const Points mine = club.balance(other);
  club.sell(Club::basket(1, 500'000), club.member);
  const Points rich = club.balance(club.member);
  const FactId merge =
      club.record(CustomerMerge{club.member, other, "by hand", "anna", club.clock.local_now()});
  CHECK(club.state(club.member).debt == Points{});
  CHECK(club.balance(club.member).hundredths ==
        rich.hundredths + mine.hundredths - owed.hundredths);
  CHECK(sound(club) == "");
  club.record(MergeUndoing{merge, "anna", club.clock.local_now()});
  CHECK(club.balance(club.member) == rich);
  CHECK(migrated_otherwise(club.data() / "keepsake.db") == "");
  CHECK(club.state(other).debt == owed);
  CHECK(club.balance(other) == mine);
  CHECK(sound(club) == "");
}

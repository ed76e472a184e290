// Events through the book: each earns where it happens, with its cause, and once.
#include "storage/services/loyalty_events.hpp"

#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

loyalty::EarningRule bonus(std::string id, loyalty::Event event, std::int64_t points) {
  loyalty::EarningRule rule;
  rule.id = std::move(id);
  rule.kind = loyalty::EarnKind::event;
  rule.event = event;
  rule.points = p(points);
  return rule;
}

struct Welcoming : Club {
  Welcoming() {
    using enum loyalty::Event;
    rules.earning.rules = {bonus("joined", enrolled, 10), bonus("brought", referred, 20),
                           bonus("brings", referrer, 30), bonus("asked", survey, 5),
                           bonus("covered", warranty_registered, 7)};
    rules.rewards.clear();
  }
  ActiveProgramme programme_now() const { return {programme(1), rules, ""}; }
  Actor hand() const { return {"anna", clock.local_now()}; }

  RecordedEarning earn(const std::vector<Fact>& facts,
                       const std::vector<EarningTrigger>& more = {}) {
    clock.advance(std::chrono::seconds(1));
    auto done = record_earning(*book, programme_now(), facts, more, hand());
    REQUIRE_MESSAGE(done.ok(), why(done));
    return *done;
  }
  CustomerRef join(const std::optional<CustomerRef>& referrer = {}) {
    const auto ref = *book->vault().new_customer();
    const auto facts = enrolment_facts(*book, ref, {}, hand());
    REQUIRE(facts.ok());
    earn(*facts, referrer ? referral(ref, *referrer) : std::vector<EarningTrigger>());
    return ref;
  }
  Verdict told(const EarningTrigger& trigger) {
    return earn({}, {trigger}).verdicts.front().verdict;
  }
  WarrantyRegistration registration(const CustomerRef& who, const std::string& serial) const {
    const LineWarranty covered = item(serial);
    WarrantyRegistration made;
    made.article = "1001";
    made.article_name = "Kettle";
    made.maker = covered.maker;
    made.serial = covered.serial;
    made.serial_typed = covered.serial_typed;
    made.covers = covered.covers;
    made.customer = who;
    made.at = clock.local_now();
    return made;
  }
  std::string sound() const {
    std::string words = findings_of(data());
    const auto findings = rebuild_check(data(), {});
    REQUIRE(findings.ok());
    for (const Finding& finding : *findings) words += finding.what + "\n";
    return words;
  }
};

}  // namespace

TEST_CASE("joining earns with the enrolment and never again") {
  Welcoming club;
  const auto before = club.reader()->totals()->facts;
  const CustomerRef ref = club.join();
  CHECK(club.reader()->totals()->facts == before + 2);
  CHECK(club.balance(ref) == p(10));
  CHECK(club.told({loyalty::Event::enrolled, ref}) == Verdict::before);
  CHECK(club.balance(ref) == p(10));
  CHECK(club.sound() == "");
}

TEST_CASE("an enrolment that is refused leaves no event") {
  Welcoming club;
  CustomerEnrolment again;
  again.customer = club.member;
  again.at = club.clock.local_now();
  const auto before = club.reader()->totals()->facts;
  CHECK_FALSE(
      record_earning(*club.book, club.programme_now(), std::vector<Fact>{again}, {}, club.hand())
          .ok());
  CHECK(club.reader()->totals()->facts == before);
  CHECK(club.balance(club.member) == p(0));
}

TEST_CASE("both sides of a referral earn and the referrer once for each customer") {
  Welcoming club;
  const CustomerRef joined = club.join(club.member);
  CHECK(club.balance(joined) == p(10 + 20));
  CHECK(club.balance(club.member) == p(30));
  const auto again = club.earn({}, referral(joined, club.member));
  CHECK(again.verdicts[0].verdict == Verdict::before);
  CHECK(again.verdicts[1].verdict == Verdict::before);
  const CustomerRef other = club.join();
  CHECK(club.earn({}, referral(joined, other)).verdicts[1].verdict == Verdict::before);
  CHECK(club.balance(other) == p(10));
  club.join(club.member);
  CHECK(club.balance(club.member) == p(60));
  CHECK(club.sound() == "");
}

TEST_CASE("a merge does not let the same cause earn twice and its undoing neither") {
  Welcoming club;
  const CustomerRef twin = club.join(club.member);
  const EarningTrigger spring{loyalty::Event::survey, twin, {}, "spring"};
  CHECK(club.told(spring) == Verdict::earned);
  const auto merged = merge_customers(*club.book, club.member, twin, "", club.hand());
  REQUIRE(merged.ok());
  CHECK(club.told({loyalty::Event::survey, club.member, {}, "spring"}) == Verdict::before);
  CHECK(club.told({loyalty::Event::enrolled, club.member}) == Verdict::before);
  CHECK(club.earn({}, referral(twin, club.member)).verdicts[1].verdict == Verdict::before);
  CHECK(club.told({loyalty::Event::survey, club.member, {}, "autumn"}) == Verdict::earned);
  REQUIRE(undo_merge(*club.book, *merged, club.hand()).ok());
  CHECK(club.told(spring) == Verdict::before);
  CHECK(club.told({loyalty::Event::survey, club.member, {}, "autumn"}) == Verdict::before);
  CHECK(club.told({loyalty::Event::survey, club.member, {}, "spring"}) == Verdict::earned);
  CHECK(club.sound() == "");
}

TEST_CASE("a fact that earns twice for one cause is refused") {
  Welcoming club;
  const auto judged = judge(
      *club.reader(), club.programme_now(),
      std::vector<EarningTrigger>{{loyalty::Event::survey, club.member, {}, "x"}}, club.hand());
  REQUIRE(judged.ok());
  const Fact event = *judged->front().event;
  CHECK(club.book->record(event).ok());
  CHECK(club.book->record(event).error().code == "event.twice");
  CHECK(club.balance(club.member) == p(5));
}

TEST_CASE("a warranty registered by itself earns once for an item") {
  Welcoming club;
  club.earn({club.registration(club.member, "KOK1")});
  CHECK(club.balance(club.member) == p(7));
  club.earn({club.registration(club.member, "KOK1")});  // a dispute
  const CustomerRef other = club.join();
  club.earn({club.registration(other, "KOK1")});
  CHECK(club.balance(club.member) == p(7));
  CHECK(club.balance(other) == p(10));
  club.earn({club.registration(club.member, "KOK2")});
  CHECK(club.balance(club.member) == p(14));
  club.earn({club.registration({}, "KOK3")});
  CHECK(club.reader()->totals()->warranties == 5);
  CHECK(club.sound() == "");
}

TEST_CASE("a warranty that a sale starts earns with the sale and goes back with it") {
  Welcoming club;
  Article kettle = article("KET", "Kettle", 50'000);
  kettle.maker = "Nordlys";
  kettle.cover = terms_of({24, PeriodUnit::month});
  Basket basket;
  basket.currency = nok();
  basket = *with_article(basket, kettle, Quantity::pieces(1));
  basket = *with_warranty(basket, 0, "NL-101", club.clock.local_now().date(), nullptr);
  const FactId sold = club.sell(basket, club.member);
  CHECK(club.balance(club.member) == p(7));
  CHECK(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  CHECK(club.balance(club.member) == p(0));
  CHECK(club.sound() == "");
}

TEST_CASE("limits over everybody hold within one record") {
  Welcoming club;
  club.rules.earning.rules[0].limits.by_all = 1;
  std::vector<EarningTrigger> two;
  const CustomerRef one = club.enrol({}, "C-8"), other = club.enrol({}, "C-9");
  for (const CustomerRef& ref : {one, other}) two.push_back({loyalty::Event::enrolled, ref});
  const auto done = club.earn({}, two);
  CHECK(done.verdicts[0].verdict == Verdict::earned);
  CHECK(done.verdicts[1].verdict == Verdict::nothing);
}

TEST_CASE("a debt is settled once however many events one record holds") {
  Welcoming club;
  club.rules = club_rules();
  const FactId sold = club.sell(Club::basket(1, 50'000), club.member);
  SaleRequest off;
  off.claims = {{"five-off", 5, {}}};
  club.sell(Club::basket(1, 10'000), club.member, off);
  REQUIRE(club.try_return(sold, 0, Quantity::pieces(1), club.member).ok());
  const Points debt = club.state(club.member).debt;
  REQUIRE(debt.hundredths > p(5).hundredths);
  club.rules.earning.rules = {bonus("asked", loyalty::Event::survey, 40)};
  club.earn({}, {{loyalty::Event::survey, club.member, {}, "a"},
                 {loyalty::Event::survey, club.member, {}, "b"}});
  CHECK(club.state(club.member).debt == p(0));
  CHECK(club.balance(club.member).hundredths == p(80).hundredths - debt.hundredths);
  CHECK(club.sound() == "");
}

TEST_CASE("nothing is recorded without a programme or a rule") {
  Welcoming club;
  club.rules.earning.rules.clear();
  CHECK(club.told({loyalty::Event::survey, club.member, {}, "x"}) == Verdict::nothing);
  const ActiveProgramme none;
  const auto done =
      record_earning(*club.book, none, {}, referral(club.member, club.member), club.hand());
  REQUIRE(done.ok());
  CHECK(done->verdicts.size() == 2);
  CHECK_FALSE(done->verdicts[0].event.has_value());
}

TEST_CASE("a first purchase earns at the sale and only then") {
  Welcoming club;
  club.rules.earning.rules = {bonus("first", loyalty::Event::first_purchase, 50)};
  CHECK(club.told({loyalty::Event::enrolled, club.member}) == Verdict::nothing);
  club.sell(Club::basket(1, 1'000), club.member);
  CHECK(club.balance(club.member) == p(50));
  club.sell(Club::basket(1, 1'000), club.member);
  CHECK(club.balance(club.member) == p(50));
}

TEST_CASE("every third visit earns at the sale") {
  Welcoming club;
  auto third = bonus("third", loyalty::Event::nth_visit, 9);
  third.every_nth_visit = 3;
  club.rules.earning.rules = {third};
  for (const std::int64_t so_far : {0, 0, 9, 9, 9, 18}) {
    club.sell(Club::basket(1, 1'000), club.member);
    CHECK(club.balance(club.member) == p(so_far));
  }
}

TEST_CASE("a birthday earns at one sale in its window each year") {
  Welcoming club;
  auto birthday = bonus("birthday", loyalty::Event::birthday, 15);
  birthday.days_before = birthday.days_after = 3;
  club.rules.earning.rules = {birthday};
  const Date today = club.clock.local_now().date();
  Profile profile;
  profile.birthday = std::chrono::year(1980) / today.month() / today.day();
  const CustomerRef ref = club.enrol(profile, "C-2");
  const auto visit = [&] {
    const FactId sold = club.sell(Club::basket(1, 1'000), ref);
    club.clock.advance(std::chrono::hours(24));
    return sold;
  };
  const FactId first = visit();
  CHECK(club.balance(ref) == p(15));
  visit();
  CHECK(club.balance(ref) == p(15));
  CHECK(club.try_return(first, 0, Quantity::pieces(1), ref).ok());
  CHECK(club.balance(ref) == p(0));
  visit();  // nothing stands any more of the window's bonus
  CHECK(club.balance(ref) == p(15));
  club.clock.advance(std::chrono::days(361));
  const FactId next = visit();
  CHECK(club.balance(ref) == p(30));
  CHECK(club.try_return(next, 0, Quantity::pieces(1), ref).ok());
  visit();
  CHECK(club.balance(ref) == p(30));
  CHECK(club.sound() == "");
}

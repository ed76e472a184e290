// People who are here twice: found on entry and by a sweep, told apart, merged and parted again.
#include "storage/domain/customer/duplicates.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <rapidcheck.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/services/customers.hpp"
#include "tests/support/club.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/staff.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Profile known(std::string name, std::string phone = "", std::string address = "",
              std::optional<Date> birthday = {}) {
  Profile profile;
  profile.name = std::move(name);
  profile.phone = std::move(phone);
  profile.address = std::move(address);
  profile.birthday = birthday;
  return profile;
}

std::vector<SimilarCustomer> similar(const Shop& shop, const CustomerProfile& candidate) {
  auto found = shop.reader()->similar_customers(candidate, 10);
  REQUIRE_MESSAGE(found.ok(), why(found));
  return *found;
}

std::vector<DuplicatePair> pairs(const Shop& shop, int least = similarity::likely_from) {
  auto found = shop.reader()->duplicates(least, 100);
  REQUIRE_MESSAGE(found.ok(), why(found));
  return *found;
}

constexpr Date born = std::chrono::year(1961) / 2 / 28;

/// Every row of every table that derives from facts, but for those that tell of merges themselves
/// and accounts that hold nothing.
std::vector<std::string> every_row(const Shop& shop) {
  auto database = sqlite::open(shop.data() / "keepsake.db", {.mode = sqlite::Mode::reader});
  REQUIRE(database.ok());
  std::vector<std::string> tables;
  {
    auto row = (*database)->query({"test.tables",
                                   "SELECT name, (SELECT group_concat(name, '||') FROM"
                                   " (SELECT 'quote(' || name || ')' AS name FROM"
                                   "  pragma_table_info(t.name))) FROM sqlite_schema t"
                                   " WHERE type = 'table' AND name NOT IN ('journal', 'audit',"
                                   " 'customer_merge', 'posting') AND name NOT LIKE 'sqlite_%'"});
    while (row->step())
      tables.push_back("SELECT " + std::string(row->text(1)) + " FROM " +
                       std::string(row->text(0)) +
                       (row->text(0) == "account" ? " WHERE amount <> 0" : "") + " ORDER BY 1");
  }
  std::vector<std::string> rows;
  static std::vector<std::unique_ptr<std::string>> texts;  // statements live as long as their text
  for (const std::string& table : tables) {
    texts.push_back(std::make_unique<std::string>(table));
    rows.push_back(table);
    auto row = (*database)->query({"test.rows", *texts.back()});
    while (row->step()) rows.emplace_back(row->text(0));
  }
  return rows;
}

}  // namespace

TEST_CASE("somebody who is typed in again is recognised") {
  Shop shop;
  const CustomerRef ingrid =
      shop.enrol(known("Ingrid Haugen", "+4791234417", "Storgata 1, 0155 Oslo", born), "C-1");
  const CustomerRef olena = shop.enrol(known("Олена Шевченко", "", "Kirkeveien 9, Bergen", born));
  shop.enrol(known("Torbjørn Lie", "+4791234417"));

  const auto by_phone = similar(shop, candidate_of(known("HAUGEN Ingrid", "+4791234417"), ""));
  REQUIRE(by_phone.size() == 1);
  CHECK(by_phone[0].ref == ingrid);
  CHECK(by_phone[0].similarity.certain());
  const auto fuzzy =
      similar(shop, candidate_of(known("Ingrid Haugan", "", "Storgata 1, 0155 OSLO"), ""));
  REQUIRE(fuzzy.size() == 1);
  CHECK(fuzzy[0].ref == ingrid);
  CHECK(fuzzy[0].similarity.score >= similarity::likely_from);
  const auto other_script =
      similar(shop, candidate_of(known("Olena Shevchenko", "", "", born), ""));
  REQUIRE(other_script.size() == 1);
  CHECK(other_script[0].ref == olena);
  CHECK(similar(shop, candidate_of({}, "C-1")).front().ref == ingrid);
  CHECK(similar(shop, candidate_of(known("Per Vik", "+4799999999"), "")).empty());
  CHECK(similar(shop, {}).empty());
}

TEST_CASE("changes move what a customer is found by") {
  Shop shop;
  const CustomerRef ref = shop.enrol(known("Ingrid Haugen", "", "", born));
  const auto candidate = candidate_of(known("Ingrid Lie", "", "", born), "");
  CHECK(similar(shop, candidate).empty());
  REQUIRE(change_customer(*shop.book, ref, {{{"name", "Ingrid Lie"}}, {}, {}}, hand(shop)).ok());
  REQUIRE(similar(shop, candidate).size() == 1);
  REQUIRE(change_customer(*shop.book, ref, {{{"birthday", ""}}, {}, {}}, hand(shop)).ok());
  CHECK(similar(shop, candidate).empty());
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("merged and erased people are never offered") {
  Shop shop;
  const CustomerRef one = shop.enrol(known("Ingrid Haugen", "+4791234417"));
  const CustomerRef two = shop.enrol(known("Ingrid Haugen", "+4791234417"));
  const CustomerRef three = shop.enrol(known("Ingrid Haugen", "+4791234417"));
  CHECK(pairs(shop).size() == 3);
  REQUIRE(merge_customers(*shop.book, one, two, "by hand", hand(shop)).ok());
  REQUIRE(pairs(shop).size() == 1);
  CHECK(pairs(shop)[0].one == one);
  CHECK(pairs(shop)[0].other == three);
  const auto candidate = candidate_of(known("Ingrid Haugen", "+4791234417"), "");
  CHECK(similar(shop, candidate).size() == 2);
  REQUIRE(shop.book->erase(three, "request", "marit").ok());
  CHECK(pairs(shop).empty());
  REQUIRE(similar(shop, candidate).size() == 1);
  CHECK(similar(shop, candidate)[0].ref == one);
  const auto self = shop.reader()->customer_profile(two);
  CHECK(similar(shop, **self).empty());
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("a pair that was told apart stays apart whatever it is merged with") {
  Shop shop;
  const CustomerRef senior = shop.enrol(known("Per Haugen", "+4791234417"));
  const CustomerRef junior = shop.enrol(known("Per Haugen", "+4791234417"));
  const CustomerRef third = shop.enrol(known("Per Haugen", "+4791234417"));
  const auto told = tell_apart(*shop.book, senior, junior, hand(shop));
  REQUIRE_MESSAGE(told.ok(), why(told));
  CHECK(pairs(shop).size() == 2);
  const auto profile = **shop.reader()->customer_profile(senior);
  REQUIRE(similar(shop, profile).size() == 1);
  CHECK(similar(shop, profile)[0].ref == third);
  const auto merge = merge_customers(*shop.book, third, junior, "by hand", hand(shop));
  REQUIRE(merge.ok());
  CHECK(pairs(shop).empty());
  CHECK(similar(shop, profile).empty());
  REQUIRE(undo_merge(*shop.book, *merge, hand(shop)).ok());
  CHECK(pairs(shop).size() == 2);
  CHECK(tell_apart(*shop.book, senior, senior, hand(shop)).error().code == "apart.same");
  CHECK(shop.reader()->audit(senior, 10)->front().action == AuditAction::changed);
  CHECK(findings_of(shop.data()) == "");
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("the rules see a merged customer as if everything had been bought under one name") {
  Club club;
  const CustomerRef other = club.enrol({}, "C-2");
  club.sell(Club::basket(1, 60'000), club.member);
  club.sell(Club::basket(1, 60'000), other);
  const auto one = club.state(club.member), two = club.state(other);
  CHECK(one.tier.empty());
  CHECK(one.visits == 1);
  const auto merge = merge_customers(*club.book, club.member, other, "by hand", hand(club));
  REQUIRE(merge.ok());
  const auto both = club.state(other);
  CHECK(both.visits == 2);
  CHECK(both.window.spend_minor == 120'000);
  CHECK(both.uses.at("base").times == 2);
  CHECK(both.uses.at("base").points == Points{12'000});
  CHECK(both.earned_today == Points{12'000});
  CHECK(both == club.state(club.member));
  // The next purchase raises the tier by what both have spent.
  club.sell(Club::basket(1, 1'000), club.member);
  CHECK(club.state(other).tier == "silver");
  CHECK(findings_of(club.data()) == "");
  CHECK(rebuilt(club) == "");
  REQUIRE(undo_merge(*club.book, *merge, hand(club)).ok());
  auto again = club.state(other);
  again.uses_by_all = two.uses_by_all;  // the third purchase counts for everybody
  CHECK(again == two);
  CHECK(club.state(club.member).visits == 2);
  CHECK(club.state(club.member).window.spend_minor == 61'000);
  CHECK(rebuilt(club) == "");
}

TEST_CASE("merging and undoing leaves every row as it was and sums the figures between") {
  CHECK(rc::check([] {
    const CrashDisk disk;  // for its speed only: it does not wait for the real disk
    Club club;
    std::vector<CustomerRef> refs{club.member};
    for (int n = 0; n < 3; ++n) refs.push_back(club.enrol({}, "D-" + std::to_string(n)));
    const auto someone = [&] { return refs[*rc::gen::inRange<std::size_t>(0, refs.size())]; };
    for (int n = *rc::gen::inRange(1, 8); n > 0; --n) {
      const CustomerRef who = someone();
      SaleRequest request;
      if (club.balance(who).hundredths >= 1000 && *rc::gen::arbitrary<bool>())
        request.claims.push_back({"five-off", 1, {}});
      club.sell(Club::basket(*rc::gen::inRange(1, 5), *rc::gen::inRange(1000, 90'000)), who,
                std::move(request));
    }
    const auto rows = every_row(club);
    const CustomerRef kept = someone(), merged = someone();
    if (kept == merged) return;
    const auto one = club.state(kept), two = club.state(merged);
    const auto merge = merge_customers(*club.book, kept, merged, "by hand", hand(club));
    RC_ASSERT(merge.ok());
    const auto both = club.state(kept);
    RC_ASSERT(both.visits == one.visits + two.visits);
    RC_ASSERT(both.window.spend_minor == one.window.spend_minor + two.window.spend_minor);
    RC_ASSERT(both.earned_today.hundredths ==
              one.earned_today.hundredths + two.earned_today.hundredths);
    RC_ASSERT(both.lots.size() == one.lots.size() + two.lots.size());
    RC_ASSERT(both.last_activity == std::max(one.last_activity, two.last_activity));
    for (const auto& [name, use] : both.uses) {
      const auto times = [&](const loyalty::Member& member) {
        const auto found = member.uses.find(name);
        return found == member.uses.end() ? 0 : found->second.times;
      };
      RC_ASSERT(use.times == times(one) + times(two));
    }
    RC_ASSERT(findings_of(club.data()) == "");
    RC_ASSERT(undo_merge(*club.book, *merge, hand(club)).ok());
    RC_ASSERT(every_row(club) == rows);
    RC_ASSERT(club.state(kept) == one);
    RC_ASSERT(club.state(merged) == two);
    RC_ASSERT(rebuilt(club) == "");
  }));
}

TEST_CASE("the migration counts anew exactly what the facts give") {
  Club club;
  const CustomerRef other = club.enrol({}, "C-2");
  club.sell(Club::basket(1, 160'000), club.member);
  REQUIRE(merge_customers(*club.book, club.member, other, "by hand", hand(club)).ok());
  SaleRequest five;
  five.claims.push_back({"five-off", 1, {}});
  club.sell(Club::basket(2, 60'000), other, five);
  const auto data = club.data();
  const auto rows = every_row(club);
  std::ifstream in(std::string(KEEPSAKE_SOURCE_DIR) +
                   "/storage/records/migrations/0006_duplicates.sql");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto recount = text.find("CREATE TEMP TABLE was_merged");
  REQUIRE(recount != std::string::npos);
  {
    auto database = sqlite::open(data / "keepsake.db");
    REQUIRE(database.ok());
    (*database)->execute("DELETE FROM rule_use WHERE owner <> x''");
    (*database)->execute("UPDATE member_standing SET visits = 99, tier = 'gold'");
    (*database)->execute(text.substr(recount));
  }
  CHECK(every_row(club) == rows);
  CHECK(rebuilt(club) == "");
}

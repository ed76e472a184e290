// Codes of a list at several tills of a store: both ends in one process, over real TLS on loopback.

#include <deque>
#include <doctest/doctest.h>
#include <set>

#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/services/active_programme.hpp"
#include "sync/central/code_dealing.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

/// A club whose reward hands out the codes of a list.
Programme club() {
  Programme programme = keepsake::test::programme();
  programme.source = R"(
name = "Fjord Club"
currency = "NOK"
[earn]
points = 1
for_each = "10"
[[reward]]
id = "autumn"
kind = "voucher"
cost = 10
code_list = true
)";
  return programme;
}

/// What the till would hand out next, as its sale asks.
std::vector<std::string> next_codes(Till& till, const CustomerRef& customer) {
  const auto active = active_programme(*till.book, *till.reader());
  REQUIRE_MESSAGE(active.ok(), keepsake::test::why(active));
  auto member = till.reader()->member(customer, active->rules, till.clock.local_now());
  REQUIRE(member.ok());
  return member->next_codes["autumn"];
}

void hand_out(Till& till, const CustomerRef& customer, const std::string& code) {
  LoyaltyEvent event;
  event.at = till.clock.local_now();
  event.customer = customer;
  event.currency = keepsake::test::nok();
  event.programme_version = 1;
  event.loyalty.to_wallet = event.loyalty.paid_out = keepsake::test::kroner(0);
  event.loyalty.rewards = {{"autumn", "", 1, {}, keepsake::test::kroner(0), {code}}};
  till.record(event);
}

CodesAdded list_of(Till& till, int codes) {
  CodesAdded list{till.clock.local_now(), "anna", "autumn", {}};
  for (int n = 0; n < codes; ++n) list.codes.push_back("AUT-" + std::to_string(1000 + n));
  return list;
}

}  // namespace

TEST_CASE("two tills without a line never hand out the same code") {
  HeadOffice office;
  std::deque<Till> tills(2);
  for (Till& each : tills) each.enrol_at(office);
  tills[0].record(club());
  const CustomerRef kari = tills[0].enrol({}, "C-1");
  tills[0].record(list_of(tills[0], 100));
  CHECK(next_codes(tills[0], kari).empty());  // nothing is dealt before head office knows the list
  for (int round = 0; round < 2; ++round)
    for (Till& each : tills) each.sync();

  office.line().set({LineFault::Kind::refuse});
  std::set<std::string> handed_out;
  for (Till& each : tills) {
    int codes = 0;
    for (auto next = next_codes(each, kari); !next.empty(); next = next_codes(each, kari)) {
      hand_out(each, kari, next.front());
      CHECK(handed_out.insert(next.front()).second);
      ++codes;
    }
    CHECK(codes == 25);  // half of a hundred, for two
  }
  office.line().set({});
  for (int round = 0; round < 2; ++round)
    for (Till& each : tills) each.sync();
  for (Till& each : tills) {
    CHECK(each.reader()->outcomes(10)->empty());
    CHECK_FALSE(next_codes(each, kari).empty());  // there is more for both
    CHECK(each.reader()->count_codes("autumn")->used == 50);
    CHECK(keepsake::test::rebuilt(each) == "");
    CHECK(keepsake::test::findings_of(each.data()) == "");
  }
}

TEST_CASE("the last code of a list goes to one till") {
  HeadOffice office;
  std::deque<Till> tills(3);
  for (Till& each : tills) each.enrol_at(office);
  tills[0].record(club());
  const CustomerRef kari = tills[0].enrol({}, "C-1");
  tills[0].record(list_of(tills[0], 4));
  std::set<std::string> handed_out;
  for (int round = 0; round < 6; ++round)
    for (Till& each : tills) {
      each.sync();
      const auto next = next_codes(each, kari);
      if (next.empty()) continue;
      hand_out(each, kari, next.front());
      CHECK(handed_out.insert(next.front()).second);
    }
  CHECK(handed_out.size() == 4);
}

TEST_CASE("a till alone hands out its whole list, and brings along what it used") {
  HeadOffice office;
  Till alone, other;
  alone.record(club());
  const CustomerRef kari = alone.enrol({}, "C-1");
  alone.record(list_of(alone, 10));
  CHECK(next_codes(alone, kari).size() == 10);
  hand_out(alone, kari, "AUT-1000");
  alone.enrol_at(office);
  other.enrol_at(office);
  for (int round = 0; round < 2; ++round)
    for (Till* each : {&alone, &other}) each->sync();
  std::set<std::string> all;
  for (Till* each : {&alone, &other})
    for (const std::string& code : next_codes(*each, kari)) CHECK(all.insert(code).second);
  CHECK(all.size() >= 2);
  CHECK_FALSE(all.contains("AUT-1000"));
}

TEST_CASE("a revoked till is dealt nothing more") {
  HeadOffice office;
  Till first, second;
  first.enrol_at(office);
  second.enrol_at(office);
  office.revoke(second.book->terminal());
  first.record(club());
  const CustomerRef kari = first.enrol({}, "C-1");
  first.record(list_of(first, 100));
  for (int round = 0; round < 2; ++round) first.sync();
  CHECK(next_codes(first, kari).size() == 50);
}

}  // namespace keepsake::sync::test

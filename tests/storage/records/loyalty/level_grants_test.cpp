// A level given to one person stands beside the one they earn.
#include "storage/records/loyalty/level_grants.hpp"

#include <doctest/doctest.h>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/profile.hpp"
#include "tests/storage/records/value/ledger.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

struct Guests : Club {
  FactId give(std::string level, std::optional<Date> until, const CustomerRef& who) {
    clock.advance(std::chrono::seconds(1));
    return record(
        LevelGranted{clock.local_now(), "marit", who, std::move(level), until, "opening guest"});
  }
};

}  // namespace

TEST_CASE("a given level holds through purchases until its last day and leaves what was earned") {
  Guests club;
  set_day(club, 2026, 11, 1);
  club.give("gold", day(2026, 11, 30), club.member);
  CHECK(club.state(club.member).tier == "gold");
  CHECK(club.state(club.member).earned_tier() == "");
  club.sell(Club::basket(1, 100'000), club.member);  // silver by itself
  const auto bought = club.state(club.member);
  CHECK(bought.tier == "gold");
  CHECK(bought.earned_tier() == "silver");
  CHECK(bought.given->until == day(2026, 11, 30));
  set_day(club, 2026, 11, 30);
  CHECK(club.state(club.member).tier == "gold");
  set_day(club, 2026, 12, 1);
  CHECK(club.state(club.member).tier == "silver");
  CHECK_FALSE(club.state(club.member).given.has_value());
  CHECK(sound(club) == "");
}

TEST_CASE("a given level lowers nothing, and the newest counts") {
  Guests club;
  club.sell(Club::basket(1, 500'000), club.member);  // gold
  club.give("silver", std::nullopt, club.member);
  CHECK(club.state(club.member).tier == "gold");
  CHECK_FALSE(club.state(club.member).given.has_value());
  const CustomerRef other = club.enrol({}, "C-2");
  club.give("gold", std::nullopt, other);
  club.give("silver", std::nullopt, other);
  CHECK(club.state(other).tier == "silver");
  club.give("", std::nullopt, other);
  CHECK(club.state(other).tier == "");
  club.give("platinum", std::nullopt, other);  // of another programme
  CHECK(club.state(other).tier == "");
  CHECK(sound(club) == "");
}

TEST_CASE(
    "a level given to somebody who is merged is the person's, and the trail says who gave it") {
  Guests club;
  const CustomerRef other = club.enrol({}, "C-2");
  club.give("gold", std::nullopt, other);
  club.record(CustomerMerge{club.member, other, "phone", "anna", club.clock.local_now()});
  CHECK(club.state(club.member).tier == "gold");
  bool found = false;
  const auto trail = club.reader()->audit(other, 50);
  for (const AuditEntry& each : *trail)
    found = found || (each.action == AuditAction::changed && each.staff == "marit");
  CHECK(found);
  REQUIRE(club.book->erase(club.member, "request", "marit").ok());
  const auto after = club.book->record(LevelGranted{club.clock.local_now(), "marit", club.member,
                                                    "gold", std::nullopt, "opening guest"});
  CHECK(after.error().code == "customer.erased");
  CHECK(sound(club) == "");
}

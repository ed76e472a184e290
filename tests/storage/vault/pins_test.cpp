#include "storage/vault/pins.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "storage/engine/sqlite/open.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

namespace {

constexpr Instant midday{1795269600000};

/// A vault and the staff whose PINs it is asked about, as the records would have them.
struct StaffVault {
  TemporaryFolder folder;
  std::unique_ptr<Vault> vault = *Vault::create(folder.path());
  std::vector<SealedStaffMember> staff;

  Result<Done> put(const StaffMember& member, std::optional<std::string_view> pin) {
    auto sealed = vault->seal_staff(member, pin, staff);
    if (!sealed) return sealed.error();
    std::erase_if(staff, [&](const auto& each) { return each.id == member.id; });
    staff.push_back(*std::move(sealed));
    return Done{};
  }
  std::string put_code(const StaffMember& member, std::string_view pin) {
    const auto done = put(member, pin);
    return done ? "" : done.error().code;
  }
  Result<StaffMember> check(std::string_view pin, PinPlace place = PinPlace::stand,
                            Instant now = midday) {
    return vault->check_pin(staff, pin, place, now);
  }
  std::string owner(std::string_view pin) {
    const auto member = check(pin, PinPlace::stand);
    return member ? member->id : member.error().code;
  }
};

}  // namespace

TEST_CASE("a PIN names its owner") {
  StaffVault kept;
  REQUIRE(kept.put({"anna", "Anna", false}, "4711").ok());
  REQUIRE(kept.put({"ola", "Ola", true}, "0042").ok());
  CHECK(kept.put_code({"eva", "Eva", false}, "4711") == "pin.taken");
  CHECK(kept.put_code({"eva", "Eva", false}, "12") == "pin.syntax");
  CHECK(kept.put_code({"eva", "", false}, "5928") == "staff.name");
  for (const char* common : {"0000", "1234", "87654321", "4321", "1212", "1122", "131313", "2580"})
    CHECK(kept.put_code({"eva", "Eva", false}, common) == "pin.common");
  CHECK(*kept.check("0042") == StaffMember{"ola", "Ola", true});
  CHECK(kept.owner("4711") == "anna");
  REQUIRE(kept.put({"ola", "Ola", true}, "60912").ok());
  CHECK(kept.owner("0042") == "pin.wrong");
  CHECK(kept.owner("60912") == "ola");
  std::erase_if(kept.staff, [](const auto& each) { return each.id == "anna"; });
  CHECK(kept.owner("4711") == "pin.wrong");
}

TEST_CASE("a new name or role leaves the PIN as it is") {
  StaffVault kept;
  REQUIRE(kept.put({"anna", "Anna", false}, "4711").ok());
  REQUIRE(kept.put({"anna", "Anna Berg", true}, std::nullopt).ok());
  CHECK(*kept.check("4711") == StaffMember{"anna", "Anna Berg", true});
  REQUIRE(kept.put({"eva", "Eva", false}, std::nullopt).ok());
  CHECK(kept.staff.back().sealed_pin.empty());
}

TEST_CASE("what is kept of staff says neither name nor PIN without the key") {
  StaffVault kept;
  REQUIRE(kept.put({"anna", "Anna Berg", false}, "4711").ok());
  const SealedStaffMember& anna = kept.staff.front();
  CHECK(anna.sealed_name.find("Anna Berg") == std::string::npos);
  StaffVault elsewhere;
  CHECK(elsewhere.vault->open_staff(kept.staff)->front() == StaffMember{"anna", "anna", false});
  CHECK(elsewhere.vault->check_pin(kept.staff, "4711", PinPlace::stand, midday).error().code ==
        "pin.wrong");
  // With the key it is the same person there.
  const CustomerRef refs[] = {anna.key};
  const auto keys = kept.vault->seal_keys_for(refs, elsewhere.vault->box_public());
  REQUIRE(elsewhere.vault->accept_keys(*keys).ok());
  CHECK(elsewhere.vault->check_pin(kept.staff, "4711", PinPlace::stand, midday)->name ==
        "Anna Berg");
}

TEST_CASE("a PIN that two people were given at tills apart signs in neither") {
  StaffVault here, there;
  REQUIRE(here.put({"anna", "Anna", false}, "4711").ok());
  REQUIRE(there.put({"ola", "Ola", true}, "4711").ok());
  const CustomerRef refs[] = {there.staff.front().key};
  REQUIRE(
      here.vault->accept_keys(*there.vault->seal_keys_for(refs, here.vault->box_public())).ok());
  here.staff.push_back(there.staff.front());
  CHECK(here.owner("4711") == "pin.shared");
  CHECK(here.put_code({"eva", "Eva", false}, "4711") == "pin.taken");
  // One of them gets another, and both are themselves again.
  REQUIRE(here.put({"anna", "Anna", false}, "60912").ok());
  CHECK(here.owner("60912") == "anna");
  CHECK(here.owner("4711") == "ola");
}

TEST_CASE("five wrong PINs lock their place and each lock-out is twice as long") {
  StaffVault kept;
  REQUIRE(kept.put({"anna", "Anna", false}, "4711").ok());
  auto now = midday;
  // Too short to be anybody's: counted all the same, and not stretched.
  const auto wrong = [&] { return kept.check("99", PinPlace::stand, now).error(); };
  CHECK(wrong().where == "4");
  // A right one is no new count: whoever knows one PIN does not get five tries at another's.
  CHECK(kept.check("4711", PinPlace::stand, now).ok());
  for (int left = 3; left > 0; --left) CHECK(wrong().where == std::to_string(left));
  for (const int seconds : {60, 120, 240, 480, 960, 1920, 3600, 3600}) {
    CAPTURE(seconds);
    while (wrong().code == "pin.wrong") {
    }
    CHECK(kept.check("4711", PinPlace::stand, now).error().code == "pin.locked");
    CHECK(kept.check("4711", PinPlace::locked_till, now).ok());  // selling goes on
    kept.vault.reset();
    kept.vault = *Vault::open(kept.folder.path());
    now = now + std::chrono::seconds(seconds - 1);
    CHECK(kept.check("4711", PinPlace::stand, now).error().code == "pin.locked");
    now = now + std::chrono::seconds(2);
    CHECK(kept.check("4711", PinPlace::stand, now).ok());
  }
  now = now + std::chrono::hours(25);
  while (wrong().code == "pin.wrong") {
  }
  CHECK(kept.check("4711", PinPlace::stand, now + std::chrono::seconds(61)).ok());
}

TEST_CASE("a clock set back locks nobody out for longer than the rule") {
  StaffVault kept;
  REQUIRE(kept.put({"anna", "Anna", false}, "4711").ok());
  const auto later = midday + std::chrono::hours(24 * 400);
  while (kept.check("9999", PinPlace::stand, later).error().code == "pin.wrong") {
  }
  CHECK(kept.check("4711", PinPlace::stand, midday).error().code == "pin.locked");
  CHECK(kept.check("4711", PinPlace::stand, midday + std::chrono::seconds(61)).ok());
}

TEST_CASE("a try that cannot be counted is no try") {
  StaffVault kept;
  REQUIRE(kept.put({"anna", "Anna", false}, "4711").ok());
  {
    const auto other =
        sqlite::open(kept.folder.path() / "vault.db", {.log = sqlite::Log::rollback});
    REQUIRE(other.ok());
    (*other)->execute(
        "CREATE TRIGGER full BEFORE INSERT ON pin_try BEGIN SELECT RAISE(ABORT, 'full'); END");
  }
  CHECK_FALSE(kept.check("4711").ok());
  CHECK_FALSE(kept.check("9999").ok());
}

TEST_CASE("staff of a folder from before they were facts keep their PINs") {
  StaffVault kept;
  // As that folder had it: the mark in the vault, what it is mixed with in a file beside it.
  const std::string verifier = *pins::make_verifier("anna", "4711", {});
  const std::string salt = verifier.substr(1, 16), pepper = verifier.substr(17, 32);
  {
    const auto old = sqlite::open(kept.folder.path() / "vault.db", {.log = sqlite::Log::rollback});
    const auto put_salt = (*old)->query(Sql{"test.salt", "UPDATE secret SET pin_salt = $1"});
    put_salt->bind_blob(1, salt);
    put_salt->step();
    const auto put = (*old)->query(Sql{"test.staff",
                                       "INSERT INTO staff (id, name, manager, pin_hash, pin_mark)"
                                       " VALUES ('anna', 'Anna Berg', 1, '', $1)"});
    put->bind_blob(1, verifier.substr(49));
    put->step();
  }
  SUBCASE("with the file") {
    std::ofstream(kept.folder.path() / "pin.key", std::ios::binary) << pepper;
    kept.staff = *kept.vault->seal_old_staff();
    CHECK(*kept.check("4711") == StaffMember{"anna", "Anna Berg", true});
  }
  SUBCASE("without it they need new ones") {
    kept.staff = *kept.vault->seal_old_staff();
    CHECK(kept.owner("4711") == "pin.wrong");
    REQUIRE(kept.put({"anna", "Anna Berg", true}, "4711").ok());
    CHECK(kept.owner("4711") == "anna");
  }
  REQUIRE(kept.vault->forget_old_staff().ok());
  CHECK(kept.vault->seal_old_staff()->empty());
}

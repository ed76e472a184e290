#include "storage/vault/vault.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>
#include <sys/stat.h>

#include "storage/engine/sqlite/open.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::CrashDisk;
using keepsake::test::TemporaryFolder;

namespace {

std::unique_ptr<Vault> open(const std::filesystem::path& folder) {
  auto vault = Vault::create(folder);
  REQUIRE_MESSAGE(vault.ok(), (vault.ok() ? "" : to_line(vault.error())));
  return std::move(*vault);
}

constexpr auto owner_alone =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

Profile ingrid() {
  Profile profile;
  profile.name = "Ingrid Haugen";
  profile.phone = "+4791234417";
  profile.email = "ingrid@example.no";
  profile.address = "Storgata 1";
  profile.birthday = std::chrono::year(1961) / 2 / 28;
  return profile;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

constexpr Instant noon{1795269600000};

}  // namespace

TEST_CASE("a key is on the disk when it is given, whenever the power goes") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    CAPTURE(seed);
    TemporaryFolder folder;
    CrashDisk disk;
    auto vault = open(folder.path());
    const CustomerRef first = *vault->new_customer();
    const std::string sealed = *vault->seal_profile(first, ingrid());
    disk.cut_at_sync(1000, CrashDisk::Moment::before, seed);  // counts from here
    const CustomerRef second = *vault->new_customer();
    const std::string also_sealed = *vault->seal_profile(second, ingrid());
    // The log, the log's head, the file: fewer is not safe on every disk (SQLite's "synchronous").
    CHECK(disk.syncs() >= 3);
    disk.cut_now(seed);
    vault.reset();
    disk.power_on();
    vault = open(folder.path());
    CHECK(**vault->open_profile(first, sealed) == ingrid());
    CHECK(**vault->open_profile(second, also_sealed) == ingrid());
  }
}

TEST_CASE("a profile opens with its own key only and after a restart too") {
  TemporaryFolder folder;
  auto vault = open(folder.path());
  const CustomerRef one = *vault->new_customer();
  const CustomerRef other = *vault->new_customer();
  CHECK(one != other);
  std::string sealed = *vault->seal_profile(one, ingrid());
  CHECK(sealed.find("Ingrid") == std::string::npos);
  CHECK(*vault->seal_profile(one, ingrid()) != sealed);

  vault.reset();
  vault = open(folder.path());
  CHECK(**vault->open_profile(one, sealed) == ingrid());
  CHECK(vault->open_profile(other, sealed).error().code == "sealed.damaged");
  sealed[sealed.size() / 2] = static_cast<char>(sealed[sealed.size() / 2] ^ 1);
  CHECK(vault->open_profile(one, sealed).error().code == "sealed.damaged");
  CHECK(vault->open_profile(one, "").error().kind == Failure::bad_input);
  CHECK_FALSE(vault->open_profile(CustomerRef{}, sealed)->has_value());
  CHECK(*vault->seal_profile(one, Profile{}) != "");
}

TEST_CASE("a card is sealed with the profile and a profile without one has the old form") {
  TemporaryFolder folder;
  auto vault = open(folder.path());
  const CustomerRef one = *vault->new_customer();
  Profile profile = ingrid();
  profile.card = "KC4417123456789113";
  const std::string sealed = *vault->seal_profile(one, profile);
  CHECK(sealed.find("KC4417") == std::string::npos);
  CHECK(**vault->open_profile(one, sealed) == profile);
  profile.card = std::string(65, 'x');
  CHECK(vault->seal_profile(one, profile).error().code == "text.length");
  // Shops hold profiles of this form, made by the first version: 'I' without anything else.
  const std::string plain("\1\0\1I\0\0\0\0\0\0\x80\0\0\0", 14);
  Profile named;
  named.name = "I";
  CHECK(**vault->open_profile(one, *vault->seal(one, "", plain)) == named);
}

TEST_CASE("names of different length seal to the same length") {
  TemporaryFolder folder;
  auto vault = open(folder.path());
  const CustomerRef one = *vault->new_customer();
  Profile shorter;
  shorter.name = "Bo";
  Profile longer;
  longer.name = "Bartholomew Featherstone";
  CHECK(vault->seal_profile(one, shorter)->size() == vault->seal_profile(one, longer)->size());
}

TEST_CASE("a destroyed key is gone from the disk and no late copy brings it back") {
  TemporaryFolder folder;
  TemporaryFolder other_folder;
  auto vault = open(folder.path());
  auto centre = open(other_folder.path());
  const CustomerRef one = *vault->new_customer();
  const std::string sealed = *vault->seal_profile(one, ingrid());
  const auto for_centre = *vault->seal_keys_for(std::span(&one, 1), centre->box_public());
  REQUIRE(for_centre.size() == 1);
  const auto for_itself = *vault->seal_keys_for(std::span(&one, 1), vault->box_public());
  REQUIRE(centre->accept_keys(for_centre).ok());
  CHECK(**centre->open_profile(one, sealed) == ingrid());

  REQUIRE(vault->destroy_key(one).ok());
  CHECK_FALSE(vault->open_profile(one, sealed)->has_value());
  REQUIRE(vault->accept_keys(for_itself).ok());
  CHECK_FALSE(vault->open_profile(one, sealed)->has_value());
  CHECK(vault->seal_keys_for(std::span(&one, 1), centre->box_public())->empty());

  const auto boxed = seal_for("one record", centre->box_public());
  REQUIRE(boxed.ok());
  CHECK(boxed->find("record") == std::string::npos);
  CHECK(centre->open_sealed(*boxed).value() == "one record");
  CHECK(vault->open_sealed(*boxed).error().code == "vault.sealed");
  CHECK(centre->open_sealed("short").error().code == "vault.sealed");
  CHECK(seal_for("one record", "no key").error().code == "vault.recipient");
  CHECK(vault->seal_profile(one, ingrid()).error().code == "vault.no-key");
}

TEST_CASE("keys sealed for somebody else are refused whole") {
  TemporaryFolder a, b, c;
  auto sender = open(a.path());
  auto receiver = open(b.path());
  auto stranger = open(c.path());
  const auto refs = *sender->new_customers(2);
  auto keys = *sender->seal_keys_for(refs, receiver->box_public());
  keys[1] = sender->seal_keys_for(std::span(&refs[1], 1), stranger->box_public())->front();
  CHECK(receiver->accept_keys(keys).error().kind == Failure::bad_input);
  CHECK_FALSE(
      receiver->open_profile(refs[0], *sender->seal_profile(refs[0], ingrid()))->has_value());
  CHECK(sender->seal_keys_for(refs, "short").error().kind == Failure::bad_input);
}

TEST_CASE("look-up hashes tell kinds and folders apart") {
  TemporaryFolder a, b;
  auto vault = open(a.path());
  auto other = open(b.path());
  const std::string hash = vault->lookup_hash("phone", "+4791234417");
  CHECK(hash.size() == 32);
  CHECK(vault->lookup_hash("phone", "+4791234417") == hash);
  CHECK(vault->lookup_hash("email", "+4791234417") != hash);
  CHECK(other->lookup_hash("phone", "+4791234417") != hash);
}

TEST_CASE("signatures and receipt codes") {
  TemporaryFolder folder;
  auto vault = open(folder.path());
  const std::string signature = vault->sign("batch");
  CHECK(verify_signature("batch", signature, vault->sign_public()));
  CHECK_FALSE(verify_signature("batch.", signature, vault->sign_public()));
  CHECK_FALSE(verify_signature("batch", "short", vault->sign_public()));
  CHECK_FALSE(verify_signature("batch", signature, vault->box_public()));

  std::set<std::string> codes;
  for (Seq seq = 1; seq <= 200; ++seq) {
    const std::string code = vault->receipt_code(FactId::make({1}, {1}, {1}, seq));
    CHECK(code.size() == 10);
    CHECK(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
    codes.insert(code);
  }
  CHECK(codes.size() == 200);
}

TEST_CASE("the vault's file is for its owner alone and holds no personal data") {
  TemporaryFolder folder;
  auto vault = open(folder.path());
  REQUIRE(vault->seal_staff({"anna", "Anna", false}, "4711", {}).ok());
  const CustomerRef one = *vault->new_customer();
  REQUIRE(vault->seal_profile(one, ingrid()).ok());
  struct stat status {};
  REQUIRE(::stat((folder.path() / "vault.db").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const std::string bytes = bytes_of(folder.path() / "vault.db");
  CHECK(bytes.find("Ingrid") == std::string::npos);
  CHECK(bytes.find("4711") == std::string::npos);
}

TEST_CASE("a vault that is no database is corrupt") {
  TemporaryFolder folder;
  const auto file = folder.path() / "vault.db";
  std::ofstream(file) << std::string(4096, 'v');
  std::filesystem::permissions(file, owner_alone);
  const auto vault = Vault::open(folder.path());
  REQUIRE_FALSE(vault.ok());
  CHECK(vault.error().kind == Failure::corrupt);
}

TEST_CASE("a vault that is lost or emptied is never made anew over it") {
  TemporaryFolder folder;
  const auto file = folder.path() / "vault.db";
  CHECK(Vault::open(folder.path()).error().code == "vault.missing");
  CHECK_FALSE(std::filesystem::exists(file));
  {
    std::ofstream emptied(file);
    std::filesystem::permissions(file, owner_alone);
  }
  CHECK(Vault::open(folder.path()).error().code == "vault.empty");
  CHECK(std::filesystem::file_size(file) == 0);
  const std::string key = Vault::create(folder.path()).value()->sign_public();
  CHECK(Vault::open(folder.path()).value()->sign_public() == key);
  CHECK(Vault::create(folder.path()).value()->sign_public() == key);
}

TEST_CASE("a vault that others could read is refused") {
  TemporaryFolder folder;
  REQUIRE(Vault::create(folder.path()).ok());
  const auto file = folder.path() / "vault.db";
  for (const auto more :
       {std::filesystem::perms::group_read, std::filesystem::perms::others_read}) {
    std::filesystem::permissions(file, owner_alone | more);
    const auto refused = Vault::open(folder.path());
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "vault.mode");
  }
  std::filesystem::permissions(file, owner_alone);
  CHECK(Vault::open(folder.path()).ok());
}

TEST_CASE("sha256 is SHA-256") {
  // FIPS 180-4 example "abc".
  CHECK(to_hex(sha256("abc")).starts_with("ba7816bf"));
  CHECK(equal_constant_time("same", "same"));
  CHECK_FALSE(equal_constant_time("same", "sane"));
  CHECK_FALSE(equal_constant_time("same", "samed"));
  CHECK(random_bytes(16) != random_bytes(16));
}

TEST_CASE("a member's PIN is sealed under their key and common ones are refused") {
  TemporaryFolder folder;
  const auto vault = open(folder.path());
  const CustomerRef kari = *vault->new_customer();
  CHECK(vault->seal_member_pin(kari, "12").error().code == "pin.syntax");
  CHECK(vault->seal_member_pin(kari, "1234").error().code == "pin.common");
  const SealedPin kept{kari, *vault->seal_member_pin(kari, "4711")};
  CHECK(kept.sealed.find("4711") == std::string::npos);
  CHECK(kept.sealed.find("argon2") == std::string::npos);
  const auto check = [&](const SealedPin* pin, const char* typed) {
    return vault->check_member_pin("kari", pin, typed, PinPlace::stand, noon);
  };
  CHECK(check(&kept, "4711").ok());
  CHECK(check(&kept, "4712").error().where == "4");
  CHECK(check(nullptr, "4711").error().code == "pin.wrong");
  REQUIRE(vault->destroy_key(kari).ok());
  CHECK(check(&kept, "4711").error().code == "pin.wrong");
}

TEST_CASE("wrong PINs of members are counted for each of them and each place") {
  TemporaryFolder folder;
  auto vault = open(folder.path());
  const CustomerRef kari = *vault->new_customer();
  const SealedPin kept{kari, *vault->seal_member_pin(kari, "4711")};
  const auto check = [&](const char* who, const char* typed, PinPlace place) {
    const auto done = vault->check_member_pin(who, &kept, typed, place, noon);
    return done.ok() ? std::string("right") : done.error().code + " " + done.error().where;
  };
  for (const char* left : {"4", "3", "2", "1"})
    CHECK(check("kari", "9999", PinPlace::stand) == "pin.wrong " + std::string(left));
  CHECK(check("kari", "4711", PinPlace::stand) == "right");  // and gives nobody new tries
  CHECK(check("kari", "9999", PinPlace::stand) == "pin.locked 60 s");
  vault.reset();
  vault = open(folder.path());
  CHECK(check("kari", "4711", PinPlace::stand) == "pin.locked 60 s");
  CHECK(check("kari", "4711", PinPlace::locked_till) == "right");
  CHECK(check("ola", "4711", PinPlace::stand) == "right");
  // Staff are counted apart, and a place as a whole has an end, too.
  const std::vector staff{*vault->seal_staff({"anna", "Anna", false}, "60912", {})};
  CHECK(vault->check_pin(staff, "60912", PinPlace::stand, noon).ok());
  int tried = 0;
  while (check(("n" + std::to_string(tried / 4)).c_str(), "9999", PinPlace::stand)
             .starts_with("pin.wrong"))
    ++tried;
  CHECK(tried == 25 - 5 - 1);
  CHECK(vault->check_pin(staff, "60912", PinPlace::stand, noon).ok());
  CHECK(check("ola", "4711", PinPlace::locked_till) == "right");
}

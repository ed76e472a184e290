#include "storage/vault/key_backup.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "storage/vault/vault.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using keepsake::test::TemporaryFolder;

namespace {

constexpr std::string_view passphrase = "lamp orchard seven kettle";

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}
void put(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

struct Keys {
  TemporaryFolder folder;
  std::filesystem::path home = folder.path() / "home", away = folder.path() / "away",
                        file = folder.path() / "keys";
  CustomerRef customer;
  std::string sealed;
  std::vector<SealedStaffMember> staff;

  Keys() {
    std::filesystem::create_directory(home);
    std::filesystem::create_directory(away);
    auto vault = Vault::create(home);
    REQUIRE(vault.ok());
    customer = (*vault)->new_customers(3000)->at(1234);  // more than one piece of the stream
    sealed = *(*vault)->seal(customer, "note", "prefers lamps");
    staff = {*(*vault)->seal_staff({"anna", "Anna Berg", true}, "4711", {})};
    // While the vault is in use.
    REQUIRE(back_up_keys(home, file, passphrase).ok());
  }
};

}  // namespace

TEST_CASE("keys under a passphrase come back whole and show nothing") {
  const Keys keys;
  REQUIRE(restore_keys(keys.file, keys.away, passphrase).ok());
  CHECK(content_of(keys.away / "vault.db") == content_of(keys.home / "vault.db"));
  for (const char* name : {"keys", "away/vault.db"})
    CHECK(std::filesystem::status(keys.folder.path() / name).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  const auto vault = Vault::open(keys.away);
  REQUIRE(vault.ok());
  CHECK((*vault)->unseal(keys.customer, "note", keys.sealed)->value() == "prefers lamps");
  CHECK((*vault)->open_staff(keys.staff)->front().name == "Anna Berg");
  const std::string bytes = content_of(keys.file);
  CHECK(bytes.size() > 3 * 64 * 1024);
  CHECK(bytes.find("SQLite") == std::string::npos);
  CHECK(bytes.find("Anna") == std::string::npos);
  CHECK(restore_keys(keys.file, keys.away, passphrase).ok());  // repeated after a cut
  put(keys.away / "vault.db", content_of(keys.away / "vault.db") + "others");
  CHECK(restore_keys(keys.file, keys.away, passphrase).error().code == "vault.exists");
}

TEST_CASE("keys do not come back under another passphrase nor from a damaged file") {
  const Keys keys;
  const auto refused = [&](std::string_view with) {
    const auto done = restore_keys(keys.file, keys.away, with);
    REQUIRE_FALSE(done.ok());
    CHECK_FALSE(std::filesystem::exists(keys.away / "vault.db"));
    return done.error().code;
  };
  CHECK(refused("lamp orchard seven kettles") == "keys.passphrase");
  const std::string whole = content_of(keys.file);
  std::string changed = whole;
  changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
  put(keys.file, changed);
  CHECK(refused(passphrase) == "keys.passphrase");
  // After a whole number of pieces nothing but the missing end tells.
  constexpr std::size_t head = 8 + 16 + 24, piece = 64 * 1024 + 17;
  put(keys.file, whole.substr(0, head + piece));
  CHECK(refused(passphrase) == "keys.passphrase");
  put(keys.file, whole.substr(0, 20));
  CHECK(refused(passphrase) == "keys.syntax");
  put(keys.file, "SQLite format 3");
  CHECK(refused(passphrase) == "keys.syntax");
  std::filesystem::remove(keys.file);
  CHECK(refused(passphrase) == "file.none");
}

TEST_CASE("a short passphrase seals no keys") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "keys";
  CHECK(back_up_keys(folder.path(), file, "lamp").error().code == "passphrase.short");
  CHECK(back_up_keys(folder.path(), file, passphrase).error().code == "vault.none");
  CHECK_FALSE(std::filesystem::exists(file));
}

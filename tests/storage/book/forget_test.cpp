#include "storage/book/forget.hpp"

#include <doctest/doctest.h>

#include "storage/book/data_folder.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/services/customers.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/shop.hpp"
#include "tests/support/staff.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/traces.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// A database of some 30 MB in which a person's name was deleted and stands in free space, and who
/// gives the writing connection, for a counted moment.
struct Filled {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "a.db";
  std::unique_ptr<Vault> vault = std::move(*Vault::create(folder.path()));
  std::unique_ptr<Database> database = std::move(*sqlite::open(file));
  CustomerRef customer = *vault->new_customer();
  int times = 0;
  std::chrono::steady_clock::duration longest{};

  Filled() {
    database->execute(
        "CREATE TABLE cleaning (customer BLOB NOT NULL PRIMARY KEY) STRICT;"
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        "INSERT INTO t SELECT (i * 7919) % 100003, 'Kunigunde Sommer ' || i || ' ' ||"
        " hex(zeroblob(100)) FROM n;"
        "UPDATE t SET b = 'Olufine' || a || ' ' || hex(zeroblob(40 + a % 60))");
  }
  Exclusively exclusively() {
    return [this](const std::function<Result<Done>(Database&)>& work) {
      const auto begun = std::chrono::steady_clock::now();
      ++times;
      auto done = work(*database);
      longest = std::max(longest, std::chrono::steady_clock::now() - begun);
      return done;
    };
  }
  void erase(Forgetting& forgetting, std::vector<std::string> values) {
    Transaction transaction(*database);
    forgetting.add(*database, {&customer, 1}, std::move(values));
    transaction.commit();
  }
};

}  // namespace

TEST_CASE("what is left of a person goes a few pages at a time, and the writer is free between") {
  Filled filled;
  REQUIRE(sqlite::empty_log(*filled.database).ok());
  REQUIRE(holders(filled.folder.path(), "Kunigunde Sommer") != "");
  Forgetting forgetting(filled.file, *filled.vault, false);
  filled.erase(forgetting, {"Kunigunde Sommer"});
  CHECK(forgetting.due());
  const auto pages = std::filesystem::file_size(filled.file) / 4096;
  REQUIRE_MESSAGE(forgetting.run(filled.exclusively()).ok(), "it could not");
  CHECK(holders(filled.folder.path(), "Kunigunde Sommer") == "");
  CHECK_FALSE(forgetting.due());
  CHECK_FALSE(has_pending(*filled.database));
  CHECK(sqlite::complaints(*filled.database).empty());
  CHECK(filled.vault->seal_keys_for({&filled.customer, 1}, filled.vault->box_public())->empty());
  // The file is as large as it was: it was not written anew.
  CHECK(std::filesystem::file_size(filled.file) / 4096 >= pages);
  CHECK(filled.times >= 4);
  MESSAGE(pages, " pages, the writer was needed ", filled.times, " times, at most ",
          std::chrono::duration_cast<std::chrono::milliseconds>(filled.longest).count(), " ms");
}

TEST_CASE("where the values are not known everything that is left over goes") {
  Filled filled;
  Forgetting forgetting(filled.file, *filled.vault, true);
  CHECK(forgetting.due());
  filled.erase(forgetting, {"Kunigunde Sommer"});
  REQUIRE(forgetting.run(filled.exclusively()).ok());
  CHECK(holders(filled.folder.path(), "Kunigunde Sommer") == "");
  CHECK(sqlite::complaints(*filled.database).empty());
  // What is known from here on is looked for by itself again.
  filled.customer = *filled.vault->new_customer();
  filled.times = 0;
  filled.erase(forgetting, {"Nowhere at all"});
  REQUIRE(forgetting.run(filled.exclusively()).ok());
  CHECK(filled.times < 10);
}

TEST_CASE("a reader in the way keeps nobody waiting, and the rest is done by the next run") {
  Filled filled;
  Forgetting forgetting(filled.file, *filled.vault, false);
  {
    const auto reader = sqlite::open(filled.file, {.mode = sqlite::Mode::reader});
    const Transaction moment(**reader);
    (*reader)->execute("SELECT count(*) FROM t");
    filled.erase(forgetting, {"Kunigunde Sommer"});
    const auto busy = forgetting.run(filled.exclusively());
    REQUIRE_FALSE(busy.ok());
    CHECK(busy.error().code == "erase.readers");
    CHECK(forgetting.due());
    CHECK(has_pending(*filled.database));
    // It tried again and again for seconds; each time the writer was free at once.
    CHECK(filled.times > 20);
    CHECK(filled.vault->seal_keys_for({&filled.customer, 1}, filled.vault->box_public())->empty());
  }
  REQUIRE(forgetting.run(filled.exclusively()).ok());
  CHECK(holders(filled.folder.path(), "Kunigunde Sommer") == "");
}

TEST_CASE("a run that is stopped leaves the rest pending") {
  Filled filled;
  Forgetting forgetting(filled.file, *filled.vault, false);
  filled.erase(forgetting, {"Kunigunde Sommer"});
  forgetting.stop();
  CHECK_FALSE(forgetting.run(filled.exclusively()).ok());
  CHECK(has_pending(*filled.database));
  Forgetting next(filled.file, *filled.vault, has_pending(*filled.database));
  REQUIRE(next.run(filled.exclusively()).ok());
  CHECK_FALSE(has_pending(*filled.database));
  CHECK(holders(filled.folder.path(), "Kunigunde Sommer") == "");
}

TEST_CASE("an erasure says what stays, why and until when, and so do the records") {
  Shop shop;
  const CustomerRef ref = shop.enrol(person("Kunigunde", 1));
  WarrantyRegistration registration;
  registration.article = "1002";
  registration.article_name = "Lamp";
  const LineWarranty lamp = item("SN100");
  registration.maker = lamp.maker;
  registration.serial = registration.serial_typed = lamp.serial;
  registration.covers = lamp.covers;
  registration.covers.front().dates.end = std::chrono::year(2040) / 1 / 1;
  registration.customer = ref;
  registration.at = shop.clock.local_now();
  shop.record(registration);
  const std::vector<Restriction> kept{{KeptFor::cover, registration.covers.front().dates.end}};
  CHECK(*shop.reader()->would_stay(ref, {}, shop.clock.local_now().date()) == kept);
  CHECK((*shop.reader()->customer_profile(ref))->kept.empty());
  REQUIRE(shop.book->erase(ref, "request", "marit").ok());
  CHECK((*shop.reader()->customer_profile(ref))->kept == kept);
  CHECK(holders(shop.data(), "Kunigunde") == "");
  CHECK(rebuilt(shop) == "");
  CHECK(findings_of(shop.data()) == "");
}

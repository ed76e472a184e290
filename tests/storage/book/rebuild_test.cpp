// I11: records are a pure function of facts.
#include "storage/book/rebuild.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/stored_value.hpp"
#include "storage/domain/values/quantity.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/older_records.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

TEST_CASE("rebuilding the records from any journal gives the same content") {
  int accepted = 0;
  int refused = 0;
  const bool holds = rc::check([&] {
    const CrashDisk disk;  // for its speed only: it does not wait for the real disk
    Shop shop;
    Day day{shop};
    for (int n = 0; n < 25; ++n) day.step();
    accepted += day.accepted;
    refused += day.refused;
    RC_ASSERT(findings_of(shop.data()) == "");
    RC_ASSERT(rebuilt(shop) == "");
    RC_ASSERT(migrated_otherwise(shop.data() / "keepsake.db") == "");
    RC_ASSERT(shop.reader()->head()->seq == static_cast<Seq>(day.accepted));
  });
  CHECK(holds);
  MESSAGE("facts accepted: ", accepted, " refused: ", refused);
  CHECK(refused > 0);
}

TEST_CASE("a record changed behind the journal's back is found") {
  Shop shop;
  shop.record(purchase(shop.clock, {line("1001", 2, 9900)}));
  shop.record(CatalogueChange{{article("1001", "Blå kopp")}, {}});
  CHECK(rebuilt(shop) == "");
  const auto data = shop.data();
  shop.book.reset();
  {
    auto database = sqlite::open(data / "keepsake.db");
    REQUIRE(database.ok());
    (*database)->execute("UPDATE purchase SET total_minor = total_minor + 1");
    (*database)->execute("DELETE FROM article_word WHERE word = 'bla'");
  }
  CHECK(findings_of(data).find("I5: a purchase is not the sum of its lines") != std::string::npos);
  const std::string differences = rebuilt(shop);
  CHECK(differences.find("1 rows of purchase are not what the journal gives") != std::string::npos);
  CHECK(differences.find("1 rows of article_word that the journal gives are missing") !=
        std::string::npos);
  CHECK_FALSE(std::filesystem::exists(shop.folder.path() / "scratch.db"));
}

TEST_CASE("a fact changed on the disk breaks the chain") {
  Shop shop;
  for (int n = 0; n < 3; ++n) shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const auto data = shop.data();
  shop.book.reset();
  {
    auto database = sqlite::open(data / "keepsake.db");
    REQUIRE(database.ok());
    (*database)->execute("UPDATE journal SET body = x'00' WHERE seq = 2");
  }
  CHECK(findings_of(data).find("I1: A fact was changed: its hash differs (seq 2)") !=
        std::string::npos);
}

TEST_CASE("a fact of a later version is kept and changes no record") {
  Shop shop;
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const auto data = shop.data();
  shop.book.reset();
  {
    auto database = sqlite::open(data / "keepsake.db");
    REQUIRE(database.ok());
    const journal::Head head = journal::head(**database);
    const auto before = journal::read(**database, 1, 1, 1000).front();
    Record unknown;
    unknown.seq = head.seq + 1;
    unknown.id = FactId::make({head.time.bits + 1}, before.id.terminal(), before.id.epoch(), 2);
    unknown.type = 999;
    unknown.body = "from the future";
    unknown.hash = chain(head.hash, unknown);
    journal::append(**database, unknown);
  }
  CHECK(findings_of(data) == "");
  CHECK(rebuilt(shop) == "");
  CHECK((*open_reader(data))->totals()->facts == 2);
}

TEST_CASE("damaged records are put right from the journal and nothing else is touched") {
  Shop shop;
  const auto id = shop.book->record(purchase(shop.clock, {line("A-1", 2, 1000)}));
  REQUIRE(id.ok());
  CHECK(rebuild(shop.data(), {}).error().code == "book.locked");
  shop.book.reset();
  {
    const auto writer = sqlite::open(shop.data() / "keepsake.db");
    REQUIRE(writer.ok());
    (*writer)->execute(
        "PRAGMA foreign_keys = OFF; DELETE FROM purchase_line;"
        "UPDATE purchase SET total_minor = 1");
  }
  CHECK(rebuilt(shop) != "");
  const auto findings = rebuild(shop.data(), {});
  REQUIRE_MESSAGE(findings.ok(), (findings.ok() ? "" : to_line(findings.error())));
  CHECK(findings->empty());
  CHECK(rebuilt(shop) == "");
  shop.book = Book::open(shop.data(), shop.clock).value();
  CHECK(
      shop.book
          ->record(bring_back(shop.clock, purchase(shop.clock, {line("A-1", 2, 1000)}), *id, 0, 1))
          .ok());
  for (const auto& each : std::filesystem::directory_iterator(shop.data()))
    CHECK(each.path().filename().string().find("rebuil") == std::string::npos);
}

// A till that begins with its store's records as head office has them: it has what one has that pulled
// everything; whatever is cut, damaged or erased on the way.
#include "storage/book/snapshot_intake.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/backup.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/feed/base.hpp"
#include "storage/records/schema.hpp"
#include "tests/support/office_records.hpp"
#include "tests/support/same_records.hpp"
#include "tests/support/traces.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

namespace fs = std::filesystem;

/// Every row of every table but keyed hashes, which are each till's own.
std::string all_rows(const fs::path& data) {
  static constexpr Sql columns{"test.columns",
                               "SELECT 'SELECT ' || group_concat('quote(' || name || ')', '||')"
                               " || ' FROM ' || $1 || ' ORDER BY 1' FROM pragma_table_info($1)"
                               " WHERE name NOT IN ('phone_hash', 'email_hash', 'look_up')"};
  const auto database = sqlite::open(data / "keepsake.db", {.mode = sqlite::Mode::reader}).value();
  std::string text;
  std::deque<std::string> questions;  // known by their address
  for (const std::string& table : records::tables()) {
    const auto row = database->query(columns);
    row->bind_text(1, table);
    REQUIRE(row->step());
    questions.emplace_back(row->text(0));
    text += table + "\n";
    for (auto each = database->query({"test.rows", questions.back()}); each->step();)
      text += std::string(each->text(0)) + "\n";
  }
  return text;
}

struct Chain {
  Chain() {
    for (std::uint32_t number = 1; number <= 3; ++number) tills.emplace_back(number);
    Till& seller = tills[0];
    seller.shop.record(programme());
    Profile profile;
    profile.name = "Kari Nordmann";
    profile.phone = "+4791234567";
    profile.email = "kari@example.com";
    kari = seller.shop.enrol(profile, "C-1");
    profile.name = "Ola Hansen";
    profile.phone = "+4798765432";
    profile.email.clear();
    ola = seller.shop.enrol(profile, "C-2");
    sell(seller, kari);
    order.push(seller, everything);
  }

  static void sell(Till& till, const CustomerRef& customer) {
    Purchase bought = purchase(till.shop.clock, {line("1001", 1, 10000)});
    bought.customer = customer;
    bought.programme_version = 1;
    bought.points_earned = {100000};
    till.shop.record(bought);
  }
  OfficeRecords::Offer offer_to(Till& till) {
    office.follow(order, static_cast<FeedPosition>(order.facts.size()));
    return office.offer(order, till);
  }

  std::deque<Till> tills{};
  Order order{tills};
  OfficeRecords office;
  CustomerRef kari, ola;
};

std::set<std::string> files_of_snapshots(const fs::path& data) {
  std::set<std::string> found;
  for (const auto& each : fs::directory_iterator(data)) {
    const std::string name = each.path().filename().string();
    // SQLite leaves its journal behind, empty.
    if (name.ends_with("-journal")) CHECK(each.file_size() == 0);
    if (name.ends_with("-journal")) continue;
    if (name.starts_with("base-") || name.starts_with("snapshot-")) found.insert(name);
  }
  return found;
}

}  // namespace

TEST_CASE("a till that began with a snapshot has every row that one has which pulled everything") {
  Chain chain;
  Till& pulled = chain.tills[1];
  Till& begun = chain.tills[2];
  REQUIRE(why(chain.office.give(begun, chain.offer_to(begun))) == "");
  Chain::sell(chain.tills[0], chain.ola);
  chain.tills[0].shop.record(CatalogueChange{{article("1001", "Kopp")}, {}});
  chain.order.push(chain.tills[0], everything);
  for (Till* each : {&pulled, &begun}) {
    REQUIRE(why(pull(*each, chain.order)) == "");
    CHECK(rebuilt(each->shop) == "");
    CHECK(findings_of(each->shop.data()) == "");
    CHECK(each->shop.reader()->customer_by_phone("+4791234567").value() == chain.kari);
    CHECK(each->shop.reader()->customer_profile(chain.kari).value()->ref == chain.kari);
  }
  CHECK(all_rows(begun.shop.data()) == all_rows(pulled.shop.data()));
}

TEST_CASE(
    "what the till did meanwhile lies on top, and what head office has of it is not doubled") {
  Chain chain;
  Till& till = chain.tills[2];
  till.shop.record(programme());
  till.shop.record(purchase(till.shop.clock, {line("1001", 1, 9900)}));
  chain.order.push(till, everything);
  const auto offer = chain.offer_to(till);
  till.shop.record(purchase(till.shop.clock, {line("1002", 1, 5000)}));
  CHECK(offer.base.placed == 2);
  REQUIRE(why(chain.office.give(till, offer)) == "");
  CHECK(till.shop.reader()->totals()->purchases == 3);
  CHECK(rebuilt(till.shop) == "");
  CHECK(findings_of(till.shop.data()) == "");
  chain.order.push(till, everything);
  Chain::sell(chain.tills[0], chain.kari);
  chain.order.push(chain.tills[0], everything);
  REQUIRE(why(pull(till, chain.order)) == "");
  CHECK(till.shop.reader()->totals()->purchases == 4);
  CHECK(rebuilt(till.shop) == "");
}

TEST_CASE("a snapshot that was cut short is gone on with, by another start too") {
  Chain chain;
  Till& till = chain.tills[2];
  const auto offer = chain.offer_to(till);
  const std::string_view rows = offer.rows;
  const auto bytes = static_cast<std::int64_t>(rows.size());
  chain.office.give_keys(till);
  REQUIRE(till.shop.book->snapshots()->begin(offer.base.id, bytes).value() == 0);
  REQUIRE(till.shop.book->snapshots()
              ->put(offer.base.id, 0, rows.substr(0, OfficeRecords::part_bytes))
              .ok());
  till.shop.book.reset();
  till.shop.book = Book::open(till.shop.data(), till.shop.clock).value();
  const auto arriving = till.shop.reader()->snapshot_arriving().value();
  REQUIRE(arriving.has_value());
  CHECK(*arriving == SnapshotArriving{OfficeRecords::part_bytes, bytes});
  OfficeRecords::fetch(till, offer);
  REQUIRE(why(till.shop.book->snapshots()->take(offer.base, OfficeRecords::hash_of(offer),
                                                OfficeRecords::part_bytes, {})) == "");
  CHECK(!till.shop.reader()->snapshot_arriving().value());
  CHECK(till.shop.reader()->customer_by_phone("+4791234567").value() == chain.kari);
  CHECK(files_of_snapshots(till.shop.data()) == std::set{"base-" + to_hex(offer.base.id) + ".db"});
}

TEST_CASE("a snapshot under way is forgotten when the till is enrolled as another") {
  Chain chain;
  Till& till = chain.tills[2];
  const auto offer = chain.offer_to(till);
  OfficeRecords::fetch(till, offer);
  REQUIRE(till.shop.book->set_enrolment(enrolled_as(3)).ok());  // the same again
  CHECK(till.shop.reader()->snapshot_arriving().value().has_value());
  REQUIRE(till.shop.book->set_enrolment(enrolled_as(4)).ok());
  CHECK(!till.shop.reader()->snapshot_arriving().value());
  CHECK(files_of_snapshots(till.shop.data()).empty());
  CHECK(till.shop.book->snapshots()->put(offer.base.id, 0, "x").error().code == "snapshot.dropped");
  CHECK(findings_of(till.shop.data()) == "");
}

TEST_CASE("a damaged snapshot changes nothing and is dropped") {
  Chain chain;
  Till& till = chain.tills[2];
  auto offer = chain.offer_to(till);
  const Hash hash = OfficeRecords::hash_of(offer);
  offer.rows[offer.rows.size() / 2] ^= 1;
  OfficeRecords::fetch(till, offer);
  const auto taken =
      till.shop.book->snapshots()->take(offer.base, hash, OfficeRecords::part_bytes, {});
  CHECK(taken.error().code == "snapshot.damaged");
  CHECK(files_of_snapshots(till.shop.data()).empty());
  CHECK(till.shop.book->feed_cursor().value() == FeedCursor{});
  CHECK(till.shop.reader()->totals()->customers == 0);
}

TEST_CASE("what is no database of ours, though head office signed it, changes nothing") {
  Chain chain;
  Till& till = chain.tills[2];
  auto offer = chain.offer_to(till);
  for (std::size_t at = 4096; at < offer.rows.size(); at += 512) offer.rows[at] ^= 1;
  OfficeRecords::fetch(till, offer);
  const auto taken = till.shop.book->snapshots()->take(offer.base, OfficeRecords::hash_of(offer),
                                                       OfficeRecords::part_bytes, {});
  CHECK(!taken.ok());
  CHECK(files_of_snapshots(till.shop.data()).empty());
  CHECK(till.shop.reader()->totals()->customers == 0);
  CHECK(findings_of(till.shop.data()) == "");
}

TEST_CASE("an older snapshot than the records, or one of facts that are not here, is refused") {
  Chain chain;
  Till& till = chain.tills[2];
  auto offer = chain.offer_to(till);
  offer.base.placed = 5;
  CHECK(chain.office.give(till, offer).error().code == "feed.base-not-ours");
  offer.base.placed = 0;
  Chain::sell(chain.tills[0], chain.kari);
  chain.order.push(chain.tills[0], everything);
  REQUIRE(why(pull(till, chain.order)) == "");
  CHECK(chain.office.give(till, offer).error().code == "feed.base-older");
  CHECK(files_of_snapshots(till.shop.data()).empty());
  CHECK(rebuilt(till.shop) == "");
}

TEST_CASE(
    "of an erased customer nothing is left in what the records began with, nor anew from it") {
  Chain chain;
  Till& till = chain.tills[2];
  REQUIRE(why(chain.office.give(till, chain.offer_to(till))) == "");
  const auto file = till.shop.data() / *files_of_snapshots(till.shop.data()).begin();
  const auto whole = [&] { return read_whole(file, 1U << 30U).value(); };
  CHECK(whole().find("Kari Nordmann") != std::string::npos);
  REQUIRE(why(till.shop.book->erase(chain.kari, "asked", "anna")) == "");
  for (const char* value : {"Kari Nordmann", "+4791234567", "kari@example.com", "nordmann"})
    CHECK_MESSAGE(whole().find(value) == std::string::npos, value);
  CHECK(whole().find("Ola Hansen") != std::string::npos);
  CHECK(rebuilt(till.shop) == "");
  // Others' news comes under the erasure: the records are made anew.
  Chain::sell(chain.tills[0], chain.ola);
  chain.order.push(chain.tills[0], everything);
  REQUIRE(why(pull(till, chain.order)) == "");
  CHECK(till.shop.reader()->customer_by_phone("+4798765432").value() == chain.ola);
  CHECK(!till.shop.reader()->customer_by_phone("+4791234567").value());
  CHECK(rebuilt(till.shop) == "");
  CHECK(findings_of(till.shop.data()) == "");
  CHECK(whole().find("Kari Nordmann") == std::string::npos);
}

TEST_CASE("who was erased here does not come back with a snapshot made before") {
  Chain chain;
  Till& till = chain.tills[2];
  REQUIRE(why(pull(till, chain.order)) == "");
  const auto offer = chain.offer_to(till);
  OfficeRecords::fetch(till, offer);
  REQUIRE(why(till.shop.book->erase(chain.kari, "asked", "anna")) == "");
  // What was under way is gone: it holds the person's values.
  CHECK(files_of_snapshots(till.shop.data()).empty());
  CHECK(till.shop.book->snapshots()->put(offer.base.id, 0, "x").error().code == "snapshot.dropped");
  REQUIRE(why(chain.office.give(till, offer)) == "");
  CHECK(!till.shop.reader()->customer_by_phone("+4791234567").value());
  CHECK(till.shop.reader()->customer_by_phone("+4798765432").value() == chain.ola);
  CHECK(rebuilt(till.shop) == "");
  CHECK(findings_of(till.shop.data()) == "");
  const auto file = till.shop.data() / *files_of_snapshots(till.shop.data()).begin();
  CHECK(read_whole(file, 1U << 30U).value().find("Kari") == std::string::npos);
}

TEST_CASE("a snapshot in which somebody is who is erased while it is taken in is dropped") {
  Chain chain;
  Till& till = chain.tills[2];
  const auto offer = chain.offer_to(till);
  chain.office.give_keys(till);
  OfficeRecords::fetch(till, offer);
  const auto data = till.shop.data();
  till.shop.book.reset();
  {
    const auto database = sqlite::open(data / "keepsake.db").value();
    const auto vault = Vault::open(data).value();
    std::unique_ptr<SnapshotIntake> intake;
    int times = 0;
    intake = std::make_unique<SnapshotIntake>(
        data, *vault, [&](const std::function<Result<Done>(Database&)>& work) {
          // Rows are ready; the next time they are copied.
          if (++times == 2) REQUIRE(why(intake->strip()) == "");
          return work(*database);
        });
    const auto taken =
        intake->take(offer.base, OfficeRecords::hash_of(offer), OfficeRecords::part_bytes, {});
    CHECK(taken.error().code == "snapshot.dropped");
    CHECK(times >= 2);
  }
  CHECK(files_of_snapshots(data).empty());
  till.shop.book = Book::open(data, till.shop.clock).value();
  CHECK(till.shop.book->feed_cursor().value() == FeedCursor{});
  REQUIRE(why(chain.office.give(till, offer)) == "");
  CHECK(till.shop.reader()->totals()->customers == 2);
}

TEST_CASE("a kill while rows are made ready costs the snapshot, and nothing else") {
  Chain chain;
  Till& till = chain.tills[2];
  const auto offer = chain.offer_to(till);
  chain.office.give_keys(till);
  OfficeRecords::fetch(till, offer);
  const auto data = till.shop.data();
  const auto file = data / *files_of_snapshots(data).begin();
  till.shop.book.reset();
  // As it stands when they are half done.
  sqlite::open(file, {.log = sqlite::Log::none})
      .value()
      ->execute("UPDATE customer_contact SET look_up = zeroblob(32) WHERE kind = 1");
  till.shop.book = Book::open(data, till.shop.clock).value();
  SnapshotIntake& intake = *till.shop.book->snapshots();
  const auto bytes = static_cast<std::int64_t>(offer.rows.size());
  REQUIRE(intake.begin(offer.base.id, bytes).value() == bytes);
  const Hash hash = OfficeRecords::hash_of(offer);
  CHECK(intake.take(offer.base, hash, OfficeRecords::part_bytes, {}).error().code ==
        "snapshot.damaged");
  CHECK(files_of_snapshots(data).empty());
  REQUIRE(why(chain.office.give(till, offer)) == "");
  CHECK(till.shop.reader()->customer_by_phone("+4791234567").value() == chain.kari);
}

TEST_CASE("the records are made anew of the base, and without it only head office can") {
  Chain chain;
  Till& till = chain.tills[2];
  REQUIRE(why(chain.office.give(till, chain.offer_to(till))) == "");
  till.shop.record(purchase(till.shop.clock, {line("1001", 1, 9900)}));
  const auto data = till.shop.data();
  const std::string before = all_rows(data);
  CHECK(!till.shop.book->snapshots()->lacks_base().value());
  till.shop.book.reset();
  sqlite::open(data / "keepsake.db").value()->execute("UPDATE customer SET name = 'Wrong'");
  CHECK(rebuilt(till.shop).find("customer") != std::string::npos);
  REQUIRE(rebuild(data, {}).value().empty());
  CHECK(all_rows(data) == before);
  fs::remove(data / *files_of_snapshots(data).begin());
  CHECK(rebuild(data, {}).error().code == "feed.base-missing");
  CHECK(findings_of(data).find("is missing") != std::string::npos);
  CHECK(all_rows(data) == before);
  till.shop.book = Book::open(data, till.shop.clock).value();
  CHECK(till.shop.book->snapshots()->lacks_base().value());
  REQUIRE(why(chain.office.give(till, chain.offer_to(till))) == "");
  CHECK(all_rows(data) == before);
  CHECK(rebuilt(till.shop) == "");
}

TEST_CASE("a chain that was changed after the base is found") {
  Chain chain;
  Till& till = chain.tills[2];
  REQUIRE(why(chain.office.give(till, chain.offer_to(till))) == "");
  Chain::sell(chain.tills[0], chain.kari);
  chain.order.push(chain.tills[0], everything);
  REQUIRE(why(pull(till, chain.order)) == "");
  const auto data = till.shop.data();
  CHECK(findings_of(data) == "");
  till.shop.book.reset();
  sqlite::open(data / "keepsake.db").value()->execute("UPDATE feed_base SET hash = zeroblob(32)");
  CHECK(findings_of(data).find("What head office sent down was changed") != std::string::npos);
}

TEST_CASE("a backup brings along what the records began with") {
  Chain chain;
  Till& till = chain.tills[2];
  REQUIRE(why(chain.office.give(till, chain.offer_to(till))) == "");
  const TemporaryFolder elsewhere;
  const auto file = elsewhere.path() / "copy", folder = elsewhere.path() / "data";
  for (int n = 0; n < 2; ++n) REQUIRE(why(back_up(till.shop.data(), file, {})) == "");
  REQUIRE(why(restore(file, folder)) == "");
  fs::copy_file(till.shop.data() / "vault.db", folder / "vault.db");
  CHECK(findings_of(folder) == "");
  CHECK(rebuild_check(folder, {}).value().empty());
}

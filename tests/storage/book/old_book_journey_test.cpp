// A data folder as the very first version left it: it opens, with everything that was in it.
//
// tests/data/book_0001 is what that version's own code made of its facts: every table of
// migration 0001, rows in all that facts fill, dumped as SQL. It is never changed; the names in it
// are nobody's.
#include <doctest/doctest.h>
#include <fstream>
#include <set>
#include <sstream>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/customer/calling_code.hpp"
#include "storage/domain/customer/duplicates.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/customer/search.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/points_story.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/gtin.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/services/staff.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

const std::filesystem::path fixture =
    std::filesystem::path(KEEPSAKE_SOURCE_DIR) / "tests" / "data" / "book_0001";

CustomerRef ref_of(std::string_view hex) { return *parse_customer_ref(hex); }
const CustomerRef long_known = ref_of("33261a5e20bb8cc7e24baabe517a1078");
const CustomerRef oksana = ref_of("95854892f91e89e976ee204078397a64");
const CustomerRef unnamed = ref_of("83b63dfa22928b007da2dde5164b9123");

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  REQUIRE_MESSAGE(!text.str().empty(), file.string());
  return text.str();
}

std::unique_ptr<Database> load(const std::filesystem::path& file, const std::string& script,
                               sqlite::Log log) {
  auto database = sqlite::open(file, {.log = log});
  REQUIRE_MESSAGE(database.ok(), why(database));
  (*database)->execute("PRAGMA foreign_keys = OFF");
  (*database)->execute(script);
  return std::move(*database);
}

struct OldFolder {
  TemporaryFolder folder;
  FakeClock clock;

  OldFolder() {
    load(folder.path() / "keepsake.db", text_of(fixture / "keepsake.sql"), sqlite::Log::wal);
    load(folder.path() / "vault.db", text_of(fixture / "vault.sql"), sqlite::Log::rollback);
    std::filesystem::permissions(
        folder.path() / "vault.db",
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::copy_file(fixture / "keepsake.toml", folder.path() / "keepsake.toml");
    clock.advance(std::chrono::hours(1));
  }
  std::unique_ptr<Book> open() {
    auto book = Book::open(folder.path(), clock);
    REQUIRE_MESSAGE(book.ok(), why(book));
    return std::move(*book);
  }
  std::string rebuilt() const {
    const auto findings = rebuild_check(folder.path(), {});
    if (!findings) return to_line(findings.error());
    std::string words;
    for (const Finding& finding : *findings) words += finding.what + "\n";
    return words;
  }
};

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows schema_of(Database& database) {
  static constexpr Sql all{"test.schema",
                           "SELECT name, coalesce(sql, '') FROM sqlite_schema"
                           " WHERE name <> 'schema_part' AND sql IS NOT NULL ORDER BY name"};
  Rows rows;
  for (auto row = database.query(all); row->step();)
    rows.emplace_back(std::string(row->text(0)), std::string(row->text(1)));
  return rows;
}

}  // namespace

TEST_CASE("the first migration is what it was") {
  const TemporaryFolder folder;
  const auto old =
      load(folder.path() / "old.db", text_of(fixture / "keepsake.sql"), sqlite::Log::wal);
  const auto storage = std::filesystem::path(KEEPSAKE_SOURCE_DIR) / "storage";
  const auto now = load(folder.path() / "now.db",
                        text_of(storage / "records" / "migrations" / "0001_records.sql") +
                            text_of(storage / "book" / "migrations" / "0001_terminal.sql"),
                        sqlite::Log::wal);
  CHECK(schema_of(*now) == schema_of(*old));
}

TEST_CASE("what was said of a wallet is said of everybody its member was then") {
  const TemporaryFolder folder;
  const auto records =
      std::filesystem::path(KEEPSAKE_SOURCE_DIR) / "storage" / "records" / "migrations";
  std::set<std::filesystem::path> files;
  for (const auto& each : std::filesystem::directory_iterator(records)) files.insert(each.path());
  std::string until_eight;
  for (const auto& file : files)
    if (file.filename() < "0009") until_eight += text_of(file);
  const auto database = load(folder.path() / "old.db", until_eight, sqlite::Log::wal);
  const auto id = [](int n) { return "x'" + std::string(30, '0') + std::to_string(n) + "'"; };
  // 51 is made one with 50 by 20 and parted by 60; 52 with 51 by 30; 53 is nobody else.
  const auto merge = [&](int fact, int kept, int merged, const std::string& undone) {
    return "INSERT INTO customer_merge VALUES (" + id(fact) + ", " + id(kept) + ", " + id(merged) +
           ", '', '', 0, 0, 0, " + undone + ", NULL, NULL, NULL);";
  };
  const auto change = [&](int fact, int customer, int blocked) {
    return "INSERT INTO wallet_change VALUES (" + id(fact) + ", " + id(customer) + ", " +
           std::to_string(blocked) + ", '', '', 0, 0);";
  };
  database->execute(merge(20, 50, 51, id(60)) + merge(30, 51, 52, "NULL") + change(10, 50, 1) +
                    change(25, 50, 0) + change(40, 50, 1) + change(45, 53, 1) + change(70, 51, 0) +
                    text_of(records / "0009_wallet_words.sql"));
  static constexpr Sql all{"test.words",
                           "SELECT hex(customer), hex(fact), blocked FROM wallet_word"
                           " ORDER BY customer, fact"};
  std::string words;
  for (auto row = database->query(all); row->step();)
    words += std::string(row->text(0).substr(30)) + ":" + std::string(row->text(1).substr(30)) +
             (row->integer(2) != 0 ? "b " : "- ");
  CHECK(words == "50:10b 50:25- 50:40b 51:25- 51:40b 51:70- 52:40b 52:70- 53:45b ");
}

TEST_CASE("a folder of the first version opens with every customer and sale that was in it") {
  OldFolder old;
  const auto book = old.open();
  const auto reader = *book->reader();
  const Totals totals = *reader->totals();
  CHECK(totals.facts == 20);  // and one of staff, who were none then
  CHECK(totals.purchases == 5);
  CHECK(totals.purchase_minor == 207'438);
  CHECK(totals.returns == 3);
  CHECK(totals.return_minor == 79'600);
  CHECK(totals.customers == 3);
  CHECK(totals.warranties == 4);
  CHECK(totals.points_outstanding == Points{10'800});

  const auto found = **reader->customer(long_known);
  CHECK(found.profile.name == "Ingrid Ødegård Haugen");
  CHECK(found.profile.phone == "+4791234417");
  CHECK(found.profile.email == "ingrid@example.no");
  CHECK(found.profile.address == "Storgata 12, 6789 Lysvik");
  CHECK(found.profile.birthday == std::chrono::year(1984) / 2 / 29);
  CHECK(found.card == "C-100");
  CHECK(found.balance == Points{7'900});
  CHECK(found.last_purchases.size() == 2);
  CHECK((*reader->customer(oksana))->balance == Points{2'900});
  CHECK((*reader->customer(unnamed))->card == "C-300");
  CHECK(**reader->customer_by_phone("+380501234567") == oksana);
  CHECK(**reader->customer_by_card("C-300") == unnamed);
  CHECK(**reader->customer_by_origin("online-retail:17850") == oksana);
  REQUIRE(reader->imported("online-retail")->size() == 1);
  CHECK(reader->imported("online-retail")->front().origin == "online-retail:536365");
  CHECK((*reader->article_by_gtin(*Gtin::parse("7038010000065")))->name == "Bordlampe Ørn");
  CHECK_FALSE(reader->article_by_code("3001")->has_value());
  CHECK((*reader->article_by_code("2001"))->sold_by == SoldBy::weight);
  CHECK(reader->programme()->version == 1);
  CHECK((*reader->open_shift())->expected == kroner(50'000));
  CHECK(reader->acknowledged()->seq == 10);
  REQUIRE(reader->outcomes(10)->size() == 1);
  CHECK(reader->outcomes(10)->front().code == "warranty.disputed");
  CHECK(book->terminal() == TerminalNumber{42});
  CHECK(book->enrolment()->store == "Lysvik");
  CHECK(sign_in(*reader, book->vault(), "4711", PinPlace::stand, old.clock.now())->name ==
        "Anna Berg");
}

TEST_CASE("what came later knows the customers of the first version too") {
  OldFolder old;
  const auto book = old.open();
  const auto reader = *book->reader();
  for (const char* typed : {"odegard", "haugen ing", "4417", "c-100"}) {
    const auto hits = reader->search_customers(typed, 10);
    REQUIRE(hits.ok());
    REQUIRE_MESSAGE(hits->size() == 1, typed);
    CHECK(hits->front().ref == long_known);
  }
  CHECK(reader->search_customers("shevchenko", 10)->size() == 1);
  const auto profile = **reader->customer_profile(long_known);
  CHECK(profile.value(customer_field::name) == "Ingrid Ødegård Haugen");
  CHECK(profile.value(customer_field::birthday) == "1984-02-29");
  CHECK(profile.contacts.size() == 4);
  CHECK(profile.consents.size() == 1);
  CHECK(reader->timeline(long_known, {}, 100)->size() == 9);
  CustomerProfile again;
  again.contacts = profile.contacts;
  CHECK(reader->similar_customers(again, 5)->front().ref == long_known);
  const auto story = *reader->points_story(long_known, {}, 100);
  Points sum;
  for (const PointsEntry& each : story) sum.hundredths += each.change.hundredths;
  CHECK(sum == Points{7'900});
}

TEST_CASE("a folder of the first version verifies and its records equal its journal anew") {
  OldFolder old;
  old.open().reset();
  CHECK(findings_of(old.folder.path()) == "");
  CHECK(old.rebuilt() == "");
}

TEST_CASE("a folder of the first version goes on selling") {
  OldFolder old;
  {
    const auto book = old.open();
    Purchase bought = purchase(old.clock, {line("3002", 1, 9900)});
    bought.customer = long_known;
    bought.programme_version = 1;
    bought.points_earned = {900};
    const auto id = book->record(bought);
    REQUIRE_MESSAGE(id.ok(), why(id));
    CHECK(id->terminal() == TerminalNumber{42});
    REQUIRE(book->erase(oksana, "request", "anna").ok());
  }
  const auto book = old.open();
  CHECK((*(*book->reader())->customer(long_known))->balance == Points{8'800});
  CHECK((*book->reader())->search_customers("shevchenko", 10)->empty());
  CHECK(findings_of(old.folder.path()) == "");
  CHECK(old.rebuilt() == "");
}

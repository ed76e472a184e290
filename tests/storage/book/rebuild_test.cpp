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
#include "tests/support/crash_vfs.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

std::string rebuilt(const Shop& shop) {
  const auto findings = rebuild_check(shop.data(), {});
  if (!findings) return to_line(findings.error());
  std::string words;
  for (const Finding& finding : *findings) words += finding.what + "\n";
  return words;
}

/// A day at the shop by chance: every kind of fact, among them ones the book must refuse.
struct Day {
  CrashDisk disk;  // for its speed only: it does not wait for the real disk
  Shop shop;
  std::vector<CustomerRef> customers{{}};
  std::vector<std::pair<FactId, Purchase>> sold;
  std::vector<FactId> merges;
  std::int32_t programme_version = 0;
  int accepted = 0;
  int refused = 0;

  void record(const Fact& fact, const std::function<void(FactId)>& done = {}) {
    shop.clock.advance(std::chrono::milliseconds(*rc::gen::inRange(-1000, 5000)));
    const auto id = shop.book->record(fact);
    id ? ++accepted : ++refused;
    if (!id) RC_ASSERT(id.error().kind == Failure::refused);
    if (id && done) done(*id);
  }

  CustomerRef someone() { return customers[*rc::gen::inRange<std::size_t>(0, customers.size())]; }

  void sell() {
    std::vector<PurchaseLine> lines;
    for (int n = *rc::gen::inRange(1, 4); n > 0; --n)
      lines.push_back(line("10" + std::to_string(*rc::gen::inRange(0, 9)), *rc::gen::inRange(1, 4),
                           *rc::gen::inRange(0, 100000)));
    if (*rc::gen::inRange(0, 3) == 0 && lines[0].quantity == Quantity::pieces(1))
      lines[0].warranty = item("SN" + std::to_string(*rc::gen::inRange(100, 105)));
    Purchase bought = purchase(shop.clock, std::move(lines));
    bought.customer = someone();
    bought.programme_version = programme_version;
    if (*rc::gen::inRange(0, 3) == 0)
      bought.origin = "old:" + std::to_string(*rc::gen::inRange(0, 9));
    if (programme_version > 0 && !bought.customer.nobody())
      bought.points_earned = {bought.total.minor / 100 * 10};
    record(bought, [&](FactId id) { sold.emplace_back(id, bought); });
  }

  void take_back() {
    if (sold.empty()) return;
    const auto& [id, from] = sold[*rc::gen::inRange<std::size_t>(0, sold.size())];
    const auto line_no = *rc::gen::inRange<std::size_t>(0, from.lines.size());
    Return back = bring_back(shop.clock, from, id, static_cast<std::uint32_t>(line_no),
                             *rc::gen::inRange(1, 4));
    if (!back.customer.nobody()) back.points_reversed = {*rc::gen::inRange(0, 20000)};
    record(back);
  }

  void change_catalogue() {
    CatalogueChange change;
    const std::string code = "10" + std::to_string(*rc::gen::inRange(0, 9));
    if (*rc::gen::inRange(0, 4) == 0)
      change.removed = {code};
    else
      change.put = {article(code, "Kopp nr " + std::to_string(*rc::gen::inRange(0, 99)))};
    record(change);
  }

  void shift() {
    const auto open = *shop.reader()->open_shift();
    if (open)
      record(ShiftClosing{shop.clock.local_now(), "anna", open->id, open->expected, kroner(100)});
    else
      record(ShiftOpening{shop.clock.local_now(), "anna", kroner(50000)});
  }

  void register_item() {
    WarrantyRegistration registration;
    registration.article = "1002";
    registration.article_name = "Lamp";
    const LineWarranty by_hand = item("SN" + std::to_string(*rc::gen::inRange(100, 105)));
    registration.maker = by_hand.maker;
    registration.serial = by_hand.serial;
    registration.serial_typed = by_hand.serial_typed;
    registration.cover = by_hand.cover;
    registration.customer = someone();
    registration.at = shop.clock.local_now();
    record(registration);
  }

  void publish() {
    record(programme(*rc::gen::inRange(1, 5)),
           [&](FactId) { programme_version = shop.reader()->programme()->version; });
  }

  void change_wallet() {
    const CustomerRef who = someone();
    if (who.nobody()) return;
    record(WalletChange{shop.clock.local_now(), "anna", who,
                        *rc::gen::element(WalletState::active, WalletState::blocked), "lost"});
  }

  void merge() {
    const CustomerRef kept = someone(), merged = someone();
    if (kept.nobody() || merged.nobody() || kept == merged) return;
    record(CustomerMerge{kept, merged, "phone", "anna", shop.clock.local_now()},
           [&](FactId id) { merges.push_back(id); });
  }

  void undo_merge() {
    if (merges.empty()) return;
    const FactId any = merges[*rc::gen::inRange<std::size_t>(0, merges.size())];
    record(MergeUndoing{any, "anna", shop.clock.local_now()});
  }

  void step() {
    switch (*rc::gen::inRange(0, 13)) {
      case 8:
        merge();
        break;
      case 9:
        undo_merge();
        break;
      case 7:
        change_wallet();
        break;
      case 0: {
        Profile profile;
        profile.name = "Kunde " + std::to_string(customers.size());
        customers.push_back(shop.enrol(profile, "C-" + std::to_string(customers.size())));
        ++accepted;
        break;
      }
      case 1:
        change_catalogue();
        break;
      case 2:
        shift();
        break;
      case 3:
        register_item();
        break;
      case 4:
        publish();
        break;
      case 5:
      case 6:
        take_back();
        break;
      default:
        sell();
    }
  }
};

}  // namespace

TEST_CASE("rebuilding the records from any journal gives the same content") {
  int accepted = 0;
  int refused = 0;
  const bool holds = rc::check([&] {
    Day day;
    for (int n = 0; n < 25; ++n) day.step();
    accepted += day.accepted;
    refused += day.refused;
    RC_ASSERT(findings_of(day.shop.data()) == "");
    RC_ASSERT(rebuilt(day.shop) == "");
    RC_ASSERT(day.shop.reader()->head()->seq == static_cast<Seq>(day.accepted));
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

#include <doctest/doctest.h>
#include <fstream>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/programme.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/sale/tender.hpp"
#include "storage/domain/staff/settlement.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Profile ingrid() {
  Profile profile;
  profile.name = "Ingrid Haugen";
  profile.phone = "+4791234417";
  return profile;
}

}  // namespace

TEST_CASE("a purchase is in journal and records at once and reads back as it was") {
  Shop shop;
  shop.record(programme());
  const CustomerRef customer = shop.enrol(ingrid(), "C-100");
  PurchaseLine lamp = line("1002", 1, 129900);
  lamp.warranty = item("SN12345");
  PurchaseLine mug = line("1001", 3, 9900);
  mug.discounts = {{"third mug", kroner(4950)}};
  mug.amount.minor -= 4950;
  mug.tax = *tax_included(mug.amount, mug.tax_rate);
  Purchase bought = purchase(shop.clock, {mug, lamp});
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {15500};
  bought.tenders = {{TenderKind::card, kroner(100000), kroner(100000), "A1"},
                    {TenderKind::cash, kroner(bought.total.minor - 100000), kroner(60000), ""}};
  const FactId id = shop.record(bought);

  auto reader = shop.reader();
  auto stored = reader->purchase(id);
  REQUIRE(stored.ok());
  REQUIRE(stored->has_value());
  CHECK(**stored == bought);

  const Totals totals = *reader->totals();
  CHECK(totals.purchases == 1);
  CHECK(totals.purchase_minor == bought.total.minor);
  CHECK(totals.customers == 1);
  CHECK(totals.warranties == 1);
  CHECK(totals.points_outstanding == Points{15500});
  CHECK(totals.facts == 3);
  CHECK(reader->head()->seq == 3);

  const auto view = *reader->customer(customer);
  REQUIRE(view.has_value());
  CHECK(view->profile.name == "Ingrid Haugen");
  CHECK(view->card == "C-100");
  CHECK(view->balance == Points{15500});
  REQUIRE(view->last_purchases.size() == 1);
  CHECK(view->last_purchases[0].first_article == "Article 1002");
  CHECK(view->last_purchases[0].pieces == 4);
  REQUIRE(view->warranties.size() == 1);
  CHECK(view->warranties[0].serial_typed == "SN12345");
  CHECK(*reader->customer_by_phone("+4791234417") == std::optional(customer));
  CHECK(*reader->customer_by_card("C-100") == std::optional(customer));
  CHECK(findings_of(shop.data()) == "");
}

TEST_CASE("last purchases: newest first, of one person or of everybody, and no more than asked") {
  Shop shop;
  const CustomerRef customer = shop.enrol(ingrid(), "C-100");
  std::vector<FactId> ids;
  for (int n = 0; n < 5; ++n) {
    Purchase bought = purchase(shop.clock, {line("1001", n + 1, 9900)});
    if (n % 2 == 0) bought.customer = customer;
    ids.push_back(shop.record(bought));
  }
  const auto ids_of = [](const std::vector<PurchaseSummary>& found) {
    std::vector<FactId> all;
    for (const PurchaseSummary& each : found) all.push_back(each.id);
    return all;
  };
  auto reader = shop.reader();
  CHECK(ids_of(*reader->last_purchases(customer, 10)) == std::vector{ids[4], ids[2], ids[0]});
  CHECK(ids_of(*reader->last_purchases({}, 2)) == std::vector{ids[4], ids[3]});
  Purchase imported = purchase(shop.clock, {line("1001", 1, 9900)});
  imported.origin = "old:1";  // of another till: its receipt has another number
  shop.record(imported);
  CHECK(reader->last_purchases({}, 1)->front().id == ids[4]);
  CHECK(reader->last_purchases(customer, 1)->front().pieces == 5);
}

TEST_CASE("contradictions are refused by name and leave nothing behind") {
  Shop shop;
  shop.record(programme());
  const CustomerRef customer = shop.enrol(ingrid(), "C-100", "old:1");
  const Purchase bought = purchase(shop.clock, {line("1001", 2, 9900)});
  const FactId sold = shop.record(bought);
  const FactId shift = shop.record(ShiftOpening{shop.clock.local_now(), "anna", kroner(50000)});
  Purchase imported = bought;
  imported.origin = "old:536365";
  shop.record(imported);
  const Seq before = shop.reader()->head()->seq;
  const auto code_of = [&](const Fact& fact) {
    const auto result = shop.book->record(fact);
    return result.ok() ? std::string("recorded") : result.error().code;
  };

  CHECK(code_of(ShiftOpening{shop.clock.local_now(), "ola", kroner(0)}) == "shift.already-open");
  CHECK(code_of(imported) == "origin.duplicate");
  Purchase of_stranger = bought;
  of_stranger.customer.bytes[0] = 7;
  CHECK(code_of(of_stranger) == "customer.unknown");
  Purchase of_other_programme = bought;
  of_other_programme.programme_version = 9;
  CHECK(code_of(of_other_programme) == "programme.unknown");
  CHECK(code_of(programme(1)) == "programme.version");
  Purchase in_other_shift = bought;
  in_other_shift.shift = sold;
  CHECK(code_of(in_other_shift) == "shift.not-open");
  CHECK(code_of(ShiftClosing{shop.clock.local_now(), "anna", sold, kroner(0), kroner(0)}) ==
        "shift.not-open");
  CHECK(code_of(ShiftClosing{shop.clock.local_now(), "anna", shift, kroner(1), kroner(1)}) ==
        "shift.expected");
  CHECK(code_of(bring_back(shop.clock, bought, sold, 0, 3)) == "return.beyond-sold");
  CHECK(code_of(bring_back(shop.clock, bought, shift, 0, 1)) == "return.unknown-purchase");
  CustomerEnrolment again;
  again.customer = customer;
  CHECK(code_of(again) == "customer.twice");
  again.customer = *shop.book->vault().new_customer();
  Profile same_card;
  same_card.card = "C-100";
  again.sealed_profile = *shop.book->vault().seal_profile(again.customer, same_card);
  CHECK(code_of(again) == "card.taken");
  again.sealed_profile.clear();
  again.card = "C-200";
  CHECK(code_of(again) == "fact.clear-card");
  again.card.clear();
  again.origin = "old:1";
  CHECK(code_of(again) == "origin.duplicate");
  Programme euros = programme(2);
  euros.currency = *Currency::parse("EUR");
  CHECK(code_of(euros) == "currency.other");
  Purchase wrong_sum = bought;
  wrong_sum.total.minor += 1;
  CHECK(shop.book->record(wrong_sum).error().kind == Failure::bad_input);

  CHECK(shop.reader()->head()->seq == before);
  CHECK(findings_of(shop.data()) == "");
}

TEST_CASE("all of a batch is recorded or none of it") {
  Shop shop;
  Purchase good = purchase(shop.clock, {line("1001", 1, 9900)});
  Purchase bad = good;
  bad.customer.bytes[3] = 1;
  const std::vector<Fact> batch{good, good, bad};
  const auto refused = shop.book->record_all(batch);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().where == "fact 3");
  CHECK(shop.reader()->totals()->facts == 0);
  const auto recorded = shop.book->record_all(std::span(batch).first(2));
  REQUIRE_MESSAGE(recorded.ok(), why(recorded));
  REQUIRE(recorded->size() == 2);
  CHECK((*recorded)[0].seq() == 1);
  CHECK((*recorded)[1].seq() == 2);
  CHECK((*recorded)[0] < (*recorded)[1]);
}

TEST_CASE("ids go on rising after a restart and when the clock falls back") {
  Shop shop;
  const FactId first = shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const auto data = shop.data();
  shop.book.reset();
  shop.clock.advance(std::chrono::hours(-5));
  auto book = Book::open(data, shop.clock);
  REQUIRE_MESSAGE(book.ok(), why(book));
  const auto second = (*book)->record(purchase(shop.clock, {line("1001", 1, 9900)}));
  REQUIRE_MESSAGE(second.ok(), why(second));
  CHECK(*second > first);
  CHECK(second->seq() == 2);
  CHECK(findings_of(data) == "");
}

TEST_CASE("a shift counts its cash") {
  Shop shop;
  const FactId id = shop.record(ShiftOpening{shop.clock.local_now(), "anna", kroner(50000)});
  Purchase bought = purchase(shop.clock, {line("1001", 2, 9900)});
  bought.shift = id;
  bought.tenders[0].tendered = kroner(20000);
  const FactId sold = shop.record(bought);
  Return back = bring_back(shop.clock, bought, sold, 0, 1);
  back.shift = id;
  shop.record(back);
  auto shift = *shop.reader()->open_shift();
  REQUIRE(shift.has_value());
  CHECK(shift->purchases == 1);
  CHECK(shift->cash_taken == kroner(19800));
  CHECK(shift->cash_returned == kroner(9900));
  CHECK(shift->expected == kroner(59900));
  shop.record(ShiftClosing{shop.clock.local_now(), "anna", id, shift->expected, kroner(59800)});
  CHECK_FALSE(shop.reader()->open_shift()->has_value());
}

TEST_CASE("a shift counts those of its records that a person has to settle, each once") {
  Shop shop;
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));  // before it was opened
  const FactId id = shop.record(ShiftOpening{shop.clock.local_now(), "anna", kroner(50000)});
  const FactId sold = shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  CHECK(shop.reader()->open_shift()->value().exceptions == 0);
  const Enrolment given{
      {42}, {1}, "Bergen", "https://127.0.0.1:1", std::string(32, 'a'), std::string(32, 'b')};
  REQUIRE(shop.book->set_enrolment(given).ok());
  const auto records = *shop.reader()->read(1, 10, 1 << 20);
  const std::vector<FactOutcome> unusual{{1, "warranty.disputed", "w"},
                                         {3, "warranty.disputed", "w"},
                                         {3, "points.short", "w"},
                                         {4, "warranty.disputed", "w"}};
  REQUIRE(shop.book->acknowledge({4, records[3].hash}, unusual, "signed").ok());
  CHECK(shop.reader()->count_open_exceptions().value() == 4);
  CHECK(shop.reader()->open_shift()->value().exceptions == 2);
  const auto settle = [&](const char* code) {
    shop.record(ExceptionSettled{
        {sold, code}, Decision::noted, {}, {}, "seen", "anna", shop.clock.local_now()});
    return shop.reader()->open_shift()->value().exceptions;
  };
  CHECK(settle("warranty.disputed") == 2);  // the sale has another
  CHECK(settle("points.short") == 1);
  CHECK(shop.reader()->open_shift()->value().id == id);
}

TEST_CASE("enrolment gives later facts the centre's number and acknowledgement never falls") {
  Shop shop;
  const FactId before = shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  CHECK(before.terminal().provisional());
  const Enrolment given{
      {42}, {1}, "Bergen", "https://127.0.0.1:1", std::string(32, 'a'), std::string(32, 'b')};
  REQUIRE(shop.book->set_enrolment(given).ok());
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const FactId after = shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  CHECK(after.terminal().value == 42);
  CHECK(after.seq() == 3);

  const auto records = *shop.reader()->read(1, 10, 1 << 20);
  REQUIRE(records.size() == 3);
  const std::vector<FactOutcome> unusual{{1, "warranty.disputed", "registered before"}};
  REQUIRE(shop.book->acknowledge({2, records[1].hash}, unusual, "signed").ok());
  REQUIRE(shop.book->acknowledge({2, records[1].hash}, unusual, "signed").ok());
  CHECK(shop.book->acknowledge({1, records[0].hash}, {}, "").error().code == "ack.falls");
  CHECK(shop.book->acknowledge({3, records[1].hash}, {}, "").error().code == "ack.hash");
  CHECK(shop.book->acknowledge({9, records[1].hash}, {}, "").error().code == "ack.beyond");
  CHECK(shop.reader()->acknowledged()->seq == 2);

  // Why head office refuses it outlives the program, and an enrolment.
  const LineRefusal refusal{{Failure::refused, "terminal.revoked", "w", "p", "r"}, {1234}};
  CHECK(shop.reader()->line_refusal().value() == std::nullopt);
  REQUIRE(shop.book->put_line_refusal(refusal).ok());
  REQUIRE(shop.book->put_line_refusal(refusal).ok());
  CHECK(shop.reader()->line_refusal().value() == refusal);
  REQUIRE(shop.book->put_line_refusal(std::nullopt).ok());
  CHECK(shop.reader()->line_refusal().value() == std::nullopt);
  REQUIRE(shop.book->put_line_refusal(refusal).ok());
  REQUIRE(shop.book->set_enrolment(given).ok());
  CHECK(shop.reader()->line_refusal().value() == std::nullopt);
  CHECK(*shop.reader()->outcomes(10) == unusual);
  CHECK(*shop.reader()->oldest_waiting() == std::optional(after.time().instant()));

  const auto data = shop.data();
  shop.book.reset();
  auto book = Book::open(data, shop.clock);
  REQUIRE_MESSAGE(book.ok(), why(book));
  CHECK((*book)->enrolment() == std::optional(given));
  CHECK((*book)->terminal().value == 42);
  CHECK(findings_of(data) == "");
}

TEST_CASE("a backup is the book as it was while the till goes on") {
  Shop shop;
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const auto copy = shop.folder.path() / "copy";
  std::filesystem::create_directories(copy);
  int last_percent = -1;
  const auto done = shop.book->backup(copy / "keepsake.db", [&](int p) { last_percent = p; });
  REQUIRE_MESSAGE(done.ok(), why(done));
  CHECK(last_percent == 100);
  CHECK(std::filesystem::status(copy / "keepsake.db").permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK(shop.book->backup(shop.folder.path() / "none" / "copy.db", {}).error().kind ==
        Failure::unavailable);
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  auto reader = open_reader(copy);
  REQUIRE_MESSAGE(reader.ok(), why(reader));
  CHECK((*reader)->totals()->purchases == 1);
  reader->reset();
  CHECK(findings_of(copy) == "");
  CHECK_FALSE(std::filesystem::exists(copy / "keepsake.db.part"));
}

TEST_CASE("a folder that is no book or is damaged or newer is refused by name") {
  TemporaryFolder folder;
  FakeClock clock;
  CHECK(Book::open(folder.path(), clock).error().code == "book.none");
  CHECK(open_reader(folder.path()).error().code == "book.none");

  Shop shop;
  CHECK(Book::create(shop.data(), shop_settings(), clock).error().code == "book.locked");
  shop.record(purchase(shop.clock, {line("1001", 1, 9900)}));
  const auto data = shop.data();
  shop.book.reset();
  CHECK(Book::create(data, shop_settings(), clock).error().code == "book.exists");

  SUBCASE("newer") {
    {
      auto database = sqlite::open(data / "keepsake.db");
      REQUIRE(database.ok());
      (*database)->execute("UPDATE schema_part SET version = 99 WHERE part = 'records'");
    }
    const auto opened = Book::open(data, clock);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == "schema.newer");
    CHECK(opened.error().kind == Failure::refused);
    CHECK(open_reader(data).error().code == "schema.newer");
    CHECK(verify(data, {}).error().code == "schema.newer");
  }
  SUBCASE("without its keys") {
    std::filesystem::remove(data / "vault.db");
    CHECK(Book::open(data, clock).error().code == "vault.missing");
    CHECK(rebuild_check(data, {}).error().code == "vault.missing");
    CHECK_FALSE(std::filesystem::exists(data / "vault.db"));
    CHECK((*open_reader(data))->totals()->purchases == 1);
  }
  SUBCASE("not a database") {
    std::ofstream(data / "keepsake.db", std::ios::trunc) << std::string(8192, 'x');
    CHECK(Book::open(data, clock).error().kind == Failure::corrupt);
    CHECK(open_reader(data).error().kind == Failure::corrupt);
  }
  SUBCASE("a page overwritten") {
    const auto size = std::filesystem::file_size(data / "keepsake.db");
    std::fstream file(data / "keepsake.db", std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t page = 1; page < size / 4096; ++page) {
      file.seekp(static_cast<std::streamoff>(page * 4096));
      file << std::string(64, '\xff');
    }
    file.close();
    const auto opened = Book::open(data, clock);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().kind == Failure::corrupt);
  }
}

TEST_CASE("settings on a disk that cannot be read are no defect of the program") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/proc/self/mem",
                                  folder.path() / "keepsake.toml");  // answers EIO
  const auto read = read_settings(folder.path());
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().kind == Failure::unavailable);
  CHECK(read.error().code == "disk.io");
}

TEST_CASE("settings come back as written") {
  TemporaryFolder folder;
  Settings settings = shop_settings();
  settings.shop = "Kj\u00f8kken \"& Co\"";
  settings.cash_step = {100};
  settings.px_per_mm = 5.91;
  settings.printer = "tcp:10.0.0.5:9100";
  settings.paper_mm = 58;
  settings.printer_columns = 42;
  settings.receipt_lines = {"Storgata 12, 6789 Lysvik", "Org.nr. 912 345 678 MVA"};
  settings.retention = {36, 90, {30, 5}};
  settings.stored_value = {24, 12};
  settings.consent_texts = {{ConsentPurpose::marketing,
                             "marketing-2",
                             {"Send me offers.", {{"nb", "Send meg tilbud."}}}}};
  CustomerField shoe;
  shoe.key = "shoe_size";
  shoe.label = {"Shoe size", {{"nb", "Skost\u00f8rrelse"}}};
  shoe.kind = FieldKind::number;
  shoe.least = 15'000;
  shoe.most = 55'000;
  shoe.seen_by = SeenBy::managers;
  CustomerField colour;
  colour.key = "colour";
  colour.kind = FieldKind::choice;
  colour.choices = {"red", "blue"};
  settings.customer_fields = {shoe, colour};
  REQUIRE(write_settings(folder.path(), settings).ok());
  const auto back = read_settings(folder.path());
  REQUIRE_MESSAGE(back.ok(), why(back));
  CHECK(*back == settings);
}

TEST_CASE("settings: names are tidied") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "keepsake.toml", std::ios::trunc)
      << "shop = ' Ly\u202esvik\u00a0'\nreceipt_lines = ['Storg\u200bata 12']\n";
  CHECK(read_settings(folder.path())->shop == "Lysvik");
  CHECK(read_settings(folder.path())->receipt_lines.front() == "Storgata 12");
}

TEST_CASE("settings: a wrong line is named") {
  TemporaryFolder folder;
  const auto error_for = [&](const std::string& text) {
    std::ofstream(folder.path() / "keepsake.toml", std::ios::trunc) << text;
    const auto read = read_settings(folder.path());
    return read.ok() ? Error{} : read.error();
  };
  CHECK(
      error_for("shop = 'a'\ncurrency = 'XYZ'\n").where.ends_with("keepsake.toml:2:12 (currency)"));
  CHECK(error_for("shop = 'a'\n\nshpo = 'b'\n").where.ends_with(":3:1 (shpo)"));
  CHECK(error_for("[retention]\naudit_dayz = 3\n").where.ends_with(":2:1 (retention.audit_dayz)"));
  CHECK(error_for("[retention]\naudit_days = -1\n").code == "settings.value");
  CHECK(error_for("gift_card_months = 601\n").code == "settings.value");
  const std::string consent = "[[consent]]\npurpose = 'marketing'\nversion = 'm-2'\n";
  CHECK(error_for("[[consent]]\npurpose = 'spam'\nversion = 'm-2'\ntext.default = 'Yes'\n").code ==
        "settings.value");
  CHECK(error_for(consent).code == "settings.value");  // no text
  CHECK(error_for(consent + "text.default = '" + std::string(91, 'a') + "'\n").code ==
        "settings.value");
  const Error twice =
      error_for(consent + "text.default = 'A'\n" + consent + "text.default = 'B'\n");
  CHECK(twice.where.ends_with(":7:11 (consent.version)"));
  CHECK(error_for("[[customer_field]]\nkey = \"Shoe size\"\n").code == "settings.value");
  CHECK(error_for("[[customer_field]]\nkey = \"a\"\ntype = \"colour\"\n").code == "settings.value");
  CHECK(error_for("[[customer_field]]\nkey = \"a\"\ntype = \"choice\"\n").code == "settings.value");
  CHECK(error_for("[[customer_field]]\nkey = \"a\"\n[[customer_field]]\nkey = \"a\"\n")
            .where.ends_with(":4:7 (customer_field.key)"));
  CHECK(error_for("shop = \n").code == "settings.syntax");
  CHECK(error_for("receipt_lines = ['1', '2', '3', '4', '5', '6', '7']\n").code ==
        "settings.value");
  CHECK(error_for("shop = \"a\\u0007b\"\n").code == "settings.value");
  CHECK(error_for("receipt_lines = [\"a\\u001b[2J\"]\n").code == "settings.value");
  CHECK(error_for("paper_mm = 57\n").code == "settings.value");
  CHECK(error_for("paper_mm = 60\n").where.ends_with(":1:12 (paper_mm)"));
  CHECK(error_for("printer_columns = 31\n").code == "settings.value");
  CHECK(error_for("printer_columns = 65\n").code == "settings.value");
  CHECK(error_for("cash_step_minor = 0\n").kind == Failure::bad_input);
  std::filesystem::remove(folder.path() / "keepsake.toml");
  CHECK(read_settings(folder.path()).error().code == "settings.none");
}

TEST_CASE("settings: every mistake is told at once, in the order of the lines") {
  const auto read = parse_settings(
      "shop = 7\n"
      "currency = 'XYZ'\n"
      "cash_step_minor = 0\n"
      "shpo = 'a'\n"
      "[retention]\n"
      "audit_days = 'many'\n"
      "[[customer_field]]\n"
      "key = 'Shoe size'\n"
      "type = 'colour'\n"
      "label.xx_ = 'Size'\n",
      "keepsake.toml");
  std::vector<std::string> places;
  for (const Error& each : read.mistakes) {
    CHECK(each.kind == Failure::bad_input);
    CHECK(each.code == "settings.value");
    CHECK_FALSE(each.remedy.empty());
    places.push_back(each.where);
  }
  CHECK(places ==
        std::vector<std::string>{"keepsake.toml:1:8 (shop)", "keepsake.toml:2:12 (currency)",
                                 "keepsake.toml:3:19 (cash_step_minor)", "keepsake.toml:4:1 (shpo)",
                                 "keepsake.toml:6:14 (retention.audit_days)",
                                 "keepsake.toml:8:7 (customer_field.key)",
                                 "keepsake.toml:9:8 (customer_field.type)",
                                 "keepsake.toml:10:13 (customer_field.label.xx_)"});
}

TEST_CASE("settings: the keyboard of the scanner is one of those there are") {
  const auto wrong = parse_settings("scanner_layout = 'klingon'\n", "keepsake.toml");
  REQUIRE(wrong.mistakes.size() == 1);
  CHECK(wrong.mistakes[0].where == "keepsake.toml:1:18 (scanner_layout)");
  CHECK(parse_settings("scanner_layout = 'fr'\n", "").settings.scanner_layout == KeyLayout::fr);
}

TEST_CASE("settings: texts are kept as the owner writes them") {
  const auto read = parse_settings(
      "currency = ''\n"
      "printer = ''\n"
      "receipt_lines = []\n"
      "px_per_mm = 4\n"
      "[[consent]]\n"
      "purpose = 'sharing'\n"
      "version = 's-2'\n"
      "text.default = \"One line.\\nAnother.\"\n",
      "keepsake.toml");
  CHECK(read.mistakes.empty());
  CHECK(read.settings.consent_texts.at(0).text.usual == "One line.\nAnother.");
  CHECK(read.settings.px_per_mm == 4);
}

TEST_CASE("another currency in the settings does not relabel what was sold") {
  Shop shop;
  shop.record(purchase(shop.clock, {line("A-1", 1, 100)}));
  shop.book.reset();
  Settings settings = read_settings(shop.data()).value();
  const Currency sold = settings.currency;
  settings.currency = *Currency::parse(sold.code() == "EUR" ? "USD" : "EUR");
  REQUIRE(write_settings(shop.data(), settings).ok());
  CHECK(Book::open(shop.data(), shop.clock).error().code == "settings.currency");
  CHECK(open_reader(shop.data()).error().code == "settings.currency");
  settings.currency = sold;
  REQUIRE(write_settings(shop.data(), settings).ok());
  CHECK(Book::open(shop.data(), shop.clock).ok());
  CHECK(open_reader(shop.data()).ok());
}

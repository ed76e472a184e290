#include "kiosk/app/receipts.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "kiosk/devices/paper.hpp"
#include "kiosk/input/scanner.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/sale/return.hpp"
#include "storage/programme/programme_file.hpp"
#include "storage/services/customers.hpp"
#include "storage/services/receipt_code.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;

namespace {

/// A shop whose printer is a folder.
struct PrintingTill {
  test::TemporaryFolder folder;
  test::FakeClock clock;
  std::unique_ptr<Book> book;
  std::optional<CurrentProgramme> programme;
  std::optional<app::Devices> devices;

  explicit PrintingTill(std::int64_t paper_mm = 80) {
    Settings settings = test::shop_settings();
    settings.paper_mm = paper_mm;
    settings.printer = "file:" + (folder.path() / "receipts").string();
    book = *Book::create(folder.path() / "till", settings, clock);
    programme.emplace(*book);
    devices = *app::devices_of(*book, *programme, folder.path());
  }

  std::vector<devices::PaperItem> print(const FactId& id, Language language = Language::en) {
    std::filesystem::remove_all(folder.path() / "receipts");
    REQUIRE(devices->print({id, language, "Marit"}).ok());
    std::string bytes;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "receipts")) {
      if (entry.path().extension() != ".bin") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    return *devices::interpret(bytes);
  }
};

}  // namespace

TEST_CASE("the code on a printed receipt is what the scanner takes for a receipt") {
  PrintingTill counter;
  const auto id =
      counter.book->record(test::purchase(counter.clock, {test::line("KETTLE", 1, 49900)}));
  REQUIRE(id.ok());
  std::string payload;
  for (const auto& piece : counter.print(*id))
    if (const auto* qr = std::get_if<devices::PaperQr>(&piece)) payload = qr->payload;
  CHECK(input::shape_of_scan(payload) == input::ScanShape::receipt);
  const auto reader = *counter.book->reader();
  CHECK(*fact_of_receipt(counter.book->vault(), *reader, payload) == *id);
}

TEST_CASE("a receipt is as wide as the paper that the settings name") {
  for (const auto& [paper_mm, columns] : {std::pair{58, 32}, std::pair{80, 48}}) {
    PrintingTill counter(paper_mm);
    const auto id =
        counter.book->record(test::purchase(counter.clock, {test::line("KETTLE", 1, 49900)}));
    REQUIRE(id.ok());
    int widest = 0;
    for (const auto& piece : counter.print(*id)) {
      const auto* row = std::get_if<devices::PaperRow>(&piece);
      int wide = 0;
      for (std::size_t i = 0; row != nullptr && i < row->glyphs.size(); ++i)
        wide += row->glyphs[i].wide;
      widest = std::max(widest, wide);
    }
    CHECK(widest == columns);
  }
}

TEST_CASE("a return's receipt says what came back and why, and has no code to scan") {
  PrintingTill counter;
  const auto sold =
      counter.book->record(test::purchase(counter.clock, {test::line("KETTLE", 2, 49900)}));
  REQUIRE(sold.ok());
  Return back;
  back.at = counter.clock.local_now();
  back.staff = "marit";
  back.currency = test::kroner(0).currency;
  back.reason = "faulty";
  back.lines = {{"KETTLE", "Kettle", Quantity::pieces(1), test::kroner(49900), test::kroner(9980),
                 *sold, 0U}};
  back.total = test::kroner(49900);
  back.tax = test::kroner(9980);
  back.tenders = {{TenderKind::card, back.total, back.total, "R-1"}};
  const auto id = counter.book->record(back);
  REQUIRE_MESSAGE(id.ok(), id.error().what);
  const auto paper = counter.print(*id);
  const std::string text = devices::text_of(paper);
  CHECK(text.find("Return " + std::to_string(id->seq())) != std::string::npos);
  CHECK(text.find("Kettle") != std::string::npos);
  CHECK(text.find("Faulty") != std::string::npos);
  CHECK(text.find("Card R-1") != std::string::npos);
  CHECK(std::ranges::none_of(paper, [](const devices::PaperItem& item) {
    return std::holds_alternative<devices::PaperQr>(item);
  }));
}

TEST_CASE("what is sold by weight reads as a weight, whole kilograms too, sold or returned") {
  PrintingTill counter;
  PurchaseLine apples = test::line("APPLE", 2, 3990);
  apples.name = "Apples";
  apples.sold_by = SoldBy::weight;
  PurchaseLine pears = test::line("PEAR", 1, 2990);
  pears.name = "Pears";
  pears.sold_by = SoldBy::weight;
  const Purchase bought =
      test::purchase(counter.clock, {apples, pears, test::line("KETTLE", 2, 49900)});
  const auto sold = counter.book->record(bought);
  REQUIRE(sold.ok());
  const std::string receipt = devices::text_of(counter.print(*sold));
  CHECK(receipt.find("2 kg \u00D7 39.90") != std::string::npos);
  CHECK(receipt.find("1 kg \u00D7 29.90") != std::string::npos);
  CHECK(receipt.find("2 \u00D7 499.00") != std::string::npos);
  Return back = test::bring_back(counter.clock, bought, *sold, 0, 2);
  const Return pear = test::bring_back(counter.clock, bought, *sold, 1, 1);
  const Return kettle = test::bring_back(counter.clock, bought, *sold, 2, 2);
  for (const Return& more : {pear, kettle}) {
    back.lines.push_back(more.lines.front());
    back.total.minor += more.total.minor;
    back.tax.minor += more.tax.minor;
  }
  back.tenders = {{TenderKind::cash, back.total, back.total, ""}};
  const auto id = counter.book->record(back);
  REQUIRE_MESSAGE(id.ok(), id.error().what);
  const std::string returned = devices::text_of(counter.print(*id));
  CHECK(returned.find("Apples \u00D7 2 kg") != std::string::npos);
  CHECK(returned.find("Pears \u00D7 1 kg") != std::string::npos);
  CHECK(returned.find("KETTLE \u00D7 2 ") != std::string::npos);
}

namespace {

const std::string named = R"(
name = "Lysvik Bonus"
currency = "NOK"
[earn]
points = 1
for_each = "10.00"
[[rule]]
id = "visit"
name.default = "Every visit"
name.nb = "Hvert bes\u00f8k"
kind = "per order"
points = 5
[[reward]]
id = "fifty"
name.default = "50 off"
name.nb = "50 avslag"
kind = "money off"
value = 50
cost = 500
)";

/// One kettle with a reward's 50 off, by a member; the visit and the money earned points.
Purchase rewarded(PrintingTill& counter) {
  const auto ref = *counter.book->vault().new_customer();
  const auto joined = enrolment_facts(*counter.book, ref, {}, {"marit", counter.clock.local_now()});
  REQUIRE(joined.ok());
  REQUIRE(counter.book->record_all(*joined).ok());
  Purchase purchase = test::purchase(counter.clock, {test::line("KETTLE", 1, 44900)});
  PurchaseLine& line = purchase.lines[0];
  line.unit_price = UnitPrice::from_minor(49900);
  line.discounts = {{"50 off", test::kroner(5000)}};
  purchase.customer = ref;
  purchase.programme_version = 1;
  purchase.points_earned = {4900};
  LoyaltyResult outcome;
  outcome.rules = {{"base", {4400}}, {"visit", {500}}};
  outcome.issued = {{{4900}, std::nullopt}};
  outcome.lines = {{line.amount, {4900}, {}}};
  outcome.to_wallet = outcome.paid_out = test::kroner(0);
  purchase.loyalty = outcome;
  return purchase;
}

}  // namespace

TEST_CASE("a receipt names rules and rewards in its reader's language") {
  PrintingTill counter;
  ProgrammeFile file = parse_programme(named, "p.toml");
  REQUIRE(file.mistakes.empty());
  file.programme.version = 1;
  REQUIRE(counter.book->record(file.programme).ok());
  const auto id = counter.book->record(rewarded(counter));
  REQUIRE_MESSAGE(id.ok(), to_line(id.error()));
  const std::string english = devices::text_of(counter.print(*id));
  CHECK(english.find("50 off") != std::string::npos);
  CHECK(english.find("Every visit") != std::string::npos);
  CHECK(english.find("Lysvik Bonus") != std::string::npos);
  const std::string norwegian = devices::text_of(counter.print(*id, Language::nb));
  CHECK(norwegian.find("50 avslag") != std::string::npos);
  CHECK(norwegian.find("Hvert bes\u00f8k") != std::string::npos);
  CHECK(norwegian.find("50 off") == std::string::npos);
}

TEST_CASE("a receipt leaves a name that several rewards share as it was recorded") {
  PrintingTill counter;
  ProgrammeFile file = parse_programme(
      named +
          "[[reward]]\nid = \"other\"\nname.default = \"50 off\"\nname.nb = \"Noe annet\"\n"
          "kind = \"money off\"\nvalue = 50\ncost = 400\n",
      "p.toml");
  REQUIRE(file.mistakes.empty());
  file.programme.version = 1;
  REQUIRE(counter.book->record(file.programme).ok());
  Purchase purchase = rewarded(counter);
  purchase.customer = {};
  purchase.loyalty.reset();
  purchase.points_earned = {};
  const auto id = counter.book->record(purchase);
  REQUIRE_MESSAGE(id.ok(), to_line(id.error()));
  const std::string text = devices::text_of(counter.print(*id, Language::nb));
  CHECK(text.find("50 off") != std::string::npos);
  CHECK(text.find("Noe annet") == std::string::npos);
}

TEST_CASE(
    "a receipt has the names of the newest programme, and what it no longer knows as recorded") {
  PrintingTill counter;
  ProgrammeFile file = parse_programme(named, "p.toml");
  REQUIRE(file.mistakes.empty());
  file.programme.version = 1;
  REQUIRE(counter.book->record(file.programme).ok());
  const auto id = counter.book->record(rewarded(counter));
  REQUIRE_MESSAGE(id.ok(), to_line(id.error()));
  CHECK(devices::text_of(counter.print(*id)).find("Every visit") != std::string::npos);
  std::string renamed = named;
  renamed.replace(renamed.find("Every visit"), 11, "Each visit!");
  renamed.replace(renamed.find("50 off"), 6, "Fifty!");
  file = parse_programme(renamed, "p.toml");
  REQUIRE(file.mistakes.empty());
  file.programme.version = 2;
  REQUIRE(counter.book->record(file.programme).ok());
  const std::string text = devices::text_of(counter.print(*id));
  CHECK(text.find("Each visit!") != std::string::npos);
  CHECK(text.find("50 off") != std::string::npos);
}

TEST_CASE("rewards without a sale have a receipt with what was given and the codes") {
  PrintingTill counter;
  ProgrammeFile file =
      parse_programme(named +
                          "[[reward]]\nid = \"ferry\"\nname.default = \"Ferry ticket\"\nname.nb = "
                          "\"Fergebillett\"\n"
                          "kind = \"voucher\"\ncost = 40\npool = [\"FJORD-7K2M\"]\n",
                      "p.toml");
  REQUIRE_MESSAGE(file.mistakes.empty(), file.mistakes.front().what);
  file.programme.version = 1;
  REQUIRE(counter.book->record(file.programme).ok());
  const Purchase purchase = rewarded(counter);  // which brings 49 points
  const CustomerRef ref = purchase.customer;
  REQUIRE(counter.book->record(purchase).ok());
  SaleRequest request;
  request.claims = {{"ferry", 1, {}}};
  const LocalTime now = counter.clock.local_now();
  const auto reader = *counter.book->reader();
  const auto member = reader->member(ref, file.rules, now);
  REQUIRE(member.ok());
  const auto event =
      to_event({now, "marit", {}, ref, file.programme, {100}}, request, "", file.rules, *member);
  REQUIRE_MESSAGE(event.ok(), to_line(event.error()));
  const auto id = counter.book->record(*event);
  REQUIRE_MESSAGE(id.ok(), to_line(id.error()));
  const auto paper = counter.print(*id, Language::nb);
  const std::string text = devices::text_of(paper);
  CHECK(text.find("Fergebillett") != std::string::npos);
  CHECK(text.find("FJORD-7K2M") != std::string::npos);
  CHECK(text.find("40") != std::string::npos);
  CHECK(std::ranges::none_of(paper, [](const devices::PaperItem& item) {
    return std::holds_alternative<devices::PaperQr>(item);
  }));
}

TEST_CASE("what hands nothing over has no receipt") {
  PrintingTill counter;
  const auto shift =
      counter.book->record(ShiftOpening{counter.clock.local_now(), "marit", test::kroner(100000)});
  REQUIRE(shift.ok());
  const auto printed = counter.devices->print({*shift, Language::en, "Marit"});
  REQUIRE_FALSE(printed.ok());
  CHECK(printed.error().code == "print.no-receipt");
}

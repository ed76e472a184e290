#include "kiosk/app/receipts.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "kiosk/app/receipt_code.hpp"
#include "kiosk/devices/paper.hpp"
#include "kiosk/input/scanner.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;

namespace {

/// A shop whose printer is a folder.
struct Counter {
  test::TemporaryFolder folder;
  test::FakeClock clock;
  std::unique_ptr<Book> book;
  std::optional<app::Devices> devices;

  Counter() {
    Settings settings = test::shop_settings();
    settings.printer = "file:" + (folder.path() / "receipts").string();
    book = *Book::create(folder.path() / "till", settings, clock);
    devices = *app::devices_of(*book, folder.path());
  }

  std::vector<devices::PaperItem> print(const FactId& id) {
    std::filesystem::remove_all(folder.path() / "receipts");
    REQUIRE(devices->print({id, flow::Language::english, "Marit"}).ok());
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
  Counter counter;
  const auto id =
      counter.book->record(test::purchase(counter.clock, {test::line("KETTLE", 1, 49900)}));
  REQUIRE(id.ok());
  std::string payload;
  for (const auto& piece : counter.print(*id))
    if (const auto* qr = std::get_if<devices::PaperQr>(&piece)) payload = qr->payload;
  CHECK(input::shape_of_scan(payload) == input::ScanShape::receipt);
  const auto reader = *counter.book->reader();
  CHECK(*app::fact_of_receipt(counter.book->vault(), *reader, payload) == *id);
}

TEST_CASE("a return's receipt says what came back and why, and has no code to scan") {
  Counter counter;
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

TEST_CASE("what is neither a sale nor a return has no receipt") {
  Counter counter;
  const auto shift =
      counter.book->record(ShiftOpening{counter.clock.local_now(), "marit", test::kroner(100000)});
  REQUIRE(shift.ok());
  const auto printed = counter.devices->print({*shift, flow::Language::english, "Marit"});
  REQUIRE_FALSE(printed.ok());
  CHECK(printed.error().code == "print.no-receipt");
}

#include "kiosk/app/receipts.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "kiosk/devices/paper.hpp"
#include "kiosk/input/scanner.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;

TEST_CASE("the code on a printed receipt is what the scanner takes for a receipt") {
  const test::TemporaryFolder folder;
  const test::FakeClock clock;
  Settings settings = test::shop_settings();
  settings.printer = "file:" + (folder.path() / "receipts").string();
  auto book = Book::create(folder.path() / "till", settings, clock);
  REQUIRE(book.ok());
  const auto id = (*book)->record(test::purchase(clock, {test::line("KETTLE", 1, 49900)}));
  REQUIRE(id.ok());

  const auto devices = app::devices_of(**book, folder.path());
  REQUIRE(devices.ok());
  REQUIRE(devices->print({*id, flow::Language::english, "Marit"}).ok());

  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "receipts")) {
    if (entry.path().extension() != ".bin") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  const auto paper = devices::interpret(bytes);
  REQUIRE(paper.ok());
  std::string payload;
  for (const auto& piece : *paper)
    if (const auto* qr = std::get_if<devices::PaperQr>(&piece)) payload = qr->payload;
  CHECK(input::shape_of_scan(payload) == input::ScanShape::receipt);
  CHECK(payload.ends_with((*book)->vault().receipt_code(*id)));
}

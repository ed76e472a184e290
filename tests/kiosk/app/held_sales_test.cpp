#include "kiosk/app/held_sales.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

const Currency nok = *Currency::parse("NOK");

flow::HeldSale basket(const char* first) {
  flow::HeldSale made;
  made.at = {{1795269600000}, 60};
  made.staff = "Marit";
  made.total = {49900, nok};
  made.lines = {{"KOK17", first, Quantity::pieces(2), "KK-17-0042", {}}};
  made.lines.push_back({"GIFT-CARD", "Gift card", Quantity::pieces(1), "", {}});
  made.lines.back().top_up =
      TopUp{0, StoredValue::gift_card, "GC4417000012345678", {50000, nok}, {}};
  return made;
}

}  // namespace

TEST_CASE("sales on hold are there again after a restart") {
  const test::TemporaryFolder folder;
  CHECK(HeldSales(folder.path(), nok).all().empty());
  REQUIRE(HeldSales(folder.path(), nok).put(basket("Kettle \"Kok\" 1.7 l")).ok());
  REQUIRE(HeldSales(folder.path(), nok).put(basket("Чайник")).ok());
  const HeldSales again(folder.path(), nok);
  const auto all = again.all();
  REQUIRE(all.size() == 2);
  CHECK(all[0].id != all[1].id);
  CHECK(all[0].lines == basket("Kettle \"Kok\" 1.7 l").lines);
  CHECK(all[1].lines[0].name == "Чайник");
  CHECK(all[0].at == basket("").at);
  CHECK(all[0].staff == "Marit");
  const auto taken = again.take(all[0].id);
  REQUIRE(taken.ok());
  CHECK(taken->lines == all[0].lines);
  CHECK(again.take(all[0].id).error().code == "hold.gone");
  CHECK(again.all().size() == 1);
}

TEST_CASE("only so many sales are held") {
  const test::TemporaryFolder folder;
  const HeldSales held_sales(folder.path(), nok);
  for (std::size_t i = 0; i < flow::held_at_once; ++i)
    REQUIRE(held_sales.put(basket("Kettle")).ok());
  CHECK(held_sales.put(basket("Kettle")).error().code == "hold.full");
  CHECK(views_of(held_sales.all()).size() == flow::held_at_once);
}

TEST_CASE("a damaged file is put aside and holding goes on") {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "parked.toml") << "basket = [ what is this";
  const HeldSales held_sales(folder.path(), nok);
  CHECK(held_sales.all().empty());
  CHECK(std::filesystem::exists(folder.path() / "parked.toml.unreadable"));
  CHECK(held_sales.put(basket("Kettle")).ok());
  CHECK(held_sales.all().size() == 1);
}

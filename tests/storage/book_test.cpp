#include <doctest/doctest.h>
#include <thread>

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

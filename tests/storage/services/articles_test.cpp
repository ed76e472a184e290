#include "storage/services/articles.hpp"

#include <doctest/doctest.h>
#include <limits>

#include "storage/domain/feed.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/facts/codec.hpp"
#include "tests/support/any_day.hpp"

using namespace keepsake;
using keepsake::test::article;
using keepsake::test::Shop;

namespace {

UnitPrice kr(std::int64_t kroner) { return UnitPrice::from_minor(kroner * 100); }

std::string fault(const Result<FactId>& result) {
  return result ? std::string() : result.error().code;
}

struct Goods : Shop {
  Goods() {
    Article lamp = article("1001", "Lamp");
    lamp.gtin = *Gtin::parse("7038010055720");
    lamp.more_codes = {"ABC-1234"};
    record(CatalogueChange{{lamp, article("1002", "Cup")}, {}});
  }
  Result<FactId> price(std::string_view code, UnitPrice price) {
    return change_price(*book, code, price, "marit", clock.local_now());
  }
  Result<FactId> add(Article added) {
    return add_article(*book, std::move(added), "marit", clock.local_now());
  }
  UnitPrice now(std::string_view code) { return article_named(*reader(), code)->price; }
};

}  // namespace

TEST_CASE("a manager changes a price by whatever the label says, and a till alone asks nobody") {
  Goods shop;
  CHECK(fault(shop.price("1001", kr(120))).empty());
  CHECK(shop.now("1001") == kr(120));
  CHECK(fault(shop.price("7038010055720", kr(130))).empty());
  CHECK(shop.now("abc-1234") == kr(130));
  const auto asked = shop.reader()->article_requests(9);
  REQUIRE(asked->size() == 2);
  CHECK(asked->front().state == RequestState::settled);
  CHECK(asked->front().staff == "marit");
  CHECK(asked->front().former == kr(120));
  CHECK(test::rebuilt(shop) == "");
  CHECK(test::findings_of(shop.data()) == "");
}

TEST_CASE("prices that make no sense change nothing") {
  Goods shop;
  CHECK(fault(shop.price("1001", kr(0))) == "price.zero");
  CHECK(fault(shop.price("1001", kr(-5))) == "price.zero");
  CHECK(fault(shop.price("1001", kr(99))) == "price.same");
  CHECK(fault(shop.price("9999", kr(5))) == "article.unknown");
  CHECK(!fault(shop.price("1001", {std::numeric_limits<std::int64_t>::max()})).empty());
  CHECK(shop.now("1001") == kr(99));
  CHECK(shop.reader()->article_requests(9)->empty());
}

TEST_CASE("a new article is found by its code, its barcode and its name") {
  Goods shop;
  CHECK(fault(shop.add(article("96385074", "Candle"))).empty());
  CHECK(article_named(*shop.reader(), "96385074")->gtin == *Gtin::parse("96385074"));
  CHECK(shop.reader()->article_by_gtin(*Gtin::parse("96385074"))->has_value());
  CHECK(shop.reader()->search_articles("cand", 5)->size() == 1);
  CHECK(test::rebuilt(shop) == "");
}

TEST_CASE("what labels say already is nobody else's code") {
  Goods shop;
  for (const char* code : {"1001", "7038010055720", "abc-1234"})
    CHECK(fault(shop.add(article(code, "Vase"))) == "article.exists");
  CHECK(!fault(shop.add(article("", "Vase"))).empty());
  CHECK(!fault(shop.add(article("V-1", ""))).empty());
  CHECK(fault(shop.add(article("V-1", "Vase", 0))) == "price.zero");
  CHECK(shop.reader()->article_requests(9)->empty());
}

// opensourcepos #2521, #1747 and profitGuruPOS #172: one label, two articles.
TEST_CASE("a code written another way is the same code") {
  Goods shop;
  Article soap = article("SOAP", "Soap");
  soap.gtin = *Gtin::parse("036000291452");
  shop.record(CatalogueChange{{soap, article("KET-01", "Kettle")}, {}});
  for (const char* code : {"0036000291452", "036000291452", "00036000291452", "ket-01", "Ket-01"}) {
    CAPTURE(code);
    CHECK(fault(shop.add(article(code, "Vase"))) == "article.exists");
  }
  CHECK(fault(shop.add(article("KET-011", "Kettle lid"))).empty());
}

// opensourcepos #1818, openfoodnetwork #3057: what is typed is what is kept.
TEST_CASE("a price is kept to the minor unit, and a small one is not rounded away") {
  Goods shop;
  for (const std::int64_t minor : {1, 99, 105, 999'999'999}) {
    CHECK(fault(shop.price("1002", UnitPrice::from_minor(minor))).empty());
    CHECK(shop.now("1002") == UnitPrice::from_minor(minor));
  }
}

TEST_CASE("an enrolled till asks, and does not what head office keeps for itself") {
  Goods shop;
  const Enrolment given{
      {17}, {1}, "Lysvik", "https://localhost", std::string(32, 's'), std::string(32, 'b')};
  REQUIRE(shop.book->set_enrolment(given).ok());
  CHECK(fault(shop.price("1001", kr(120))).empty());
  CHECK(shop.reader()->newest_request("1001")->value().state == RequestState::waiting);
  FeedPage page;
  for (const Matter matter : {Matter::prices, Matter::new_articles}) {
    const CatalogueRequest said{Permission{matter, false}, "", shop.clock.local_now()};
    const auto seq = static_cast<Seq>(++page.head);
    page.entries.push_back({page.head, FactId::make({}, {0}, {0}, seq),
                            static_cast<std::uint16_t>(FactType::catalogue_request), false,
                            *encode(said)});
  }
  CHECK(*shop.book->take_in(page));
  CHECK(fault(shop.price("1001", kr(130))) == "catalogue.head-office");
  CHECK(fault(shop.add(article("V-1", "Vase"))) == "catalogue.head-office");
  // What was asked before head office has it comes after its word, and is refused by the rule.
  CHECK(shop.now("1001") == kr(99));
  CHECK(shop.reader()->newest_request("1001")->value().state == RequestState::refused);
  CHECK(test::rebuilt(shop) == "");
}

TEST_CASE("tax rates on offer are those of the shop's own articles") {
  Goods shop;
  Article bread = article("B-1", "Bread");
  bread.tax = {1500};
  shop.record(CatalogueChange{{bread}, {}});
  CHECK(*shop.reader()->tax_rates() == std::vector<TaxRate>{{1500}, {2500}});
}

// Managers look articles up, change their prices and add new ones.
#include <doctest/doctest.h>

#include "tests/kiosk/flow/shop.hpp"

using namespace keepsake;
using namespace keepsake::flow;

namespace {

Shop at_the_articles() {
  Shop shop;
  shop.desk.alone = false;
  shop.open_till();
  shop.act(Go{Place::articles});
  REQUIRE(shop.screen<ArticlePage>() != nullptr);
  REQUIRE(shop.screen<ArticlePage>()->desk);
  return shop;
}

const std::optional<ArticleForm>& article_form(Shop& shop) {
  return shop.screen<ArticlePage>()->form;
}

std::string kettle_code(Shop& shop) {
  shop.act(Scan{kettle_gtin});
  REQUIRE(article_form(shop));
  return article_form(shop)->priced->code;
}

}  // namespace

TEST_CASE("a scanned label opens the price, and a new one is saved, sent and said") {
  Shop shop = at_the_articles();
  const std::string code = kettle_code(shop);
  shop.type("549.5");
  shop.act(Submit{});
  CHECK(shop.last<ChangePrice>().code == code);
  CHECK(shop.last<ChangePrice>().price == UnitPrice::from_minor(54950));
  CHECK(shop.last<ChangePrice>().requester.staff == "marit");
  CHECK_FALSE(article_form(shop));
  CHECK(shop.notice() == "request.sent");
  CHECK(request_about(*shop.screen<ArticlePage>(), code)->price == UnitPrice::from_minor(54950));
}

TEST_CASE("a till without a head office says that it is saved, and no more") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::articles});
  kettle_code(shop);
  shop.type("549");
  shop.act(Submit{});
  CHECK(shop.notice() == "profile.saved");
}

TEST_CASE("what is no price is said, and nothing is asked") {
  Shop shop = at_the_articles();
  const std::string code = kettle_code(shop);
  shop.act(Submit{});
  CHECK(shop.notice() == "money.syntax");
  shop.type("0");
  shop.act(Submit{});
  CHECK(shop.notice() == "price.zero");
  shop.act(ClearField{});
  shop.type(to_decimal(shop.articles[code].price, shop.ctx.currency).c_str());
  shop.act(Submit{});
  CHECK(shop.notice() == "price.same");
  CHECK(shop.emitted<ChangePrice>() == 0);
}

TEST_CASE("a price ten times what it was is asked about once") {
  Shop shop = at_the_articles();
  kettle_code(shop);
  for (const char* slip : {"54900", "5.49"}) {
    shop.act(ClearField{});
    shop.type(slip);
    shop.act(Submit{});
    CHECK(shop.notice() == "figure.much");
    CHECK(shop.emitted<ChangePrice>() == 0);
  }
  shop.wait(2s);
  shop.act(Submit{});
  CHECK(shop.emitted<ChangePrice>() == 1);
}

TEST_CASE("a code that the scanner typed into the price is no price") {
  Shop shop = at_the_articles();
  kettle_code(shop);
  shop.act(Scan{kettle_gtin});
  CHECK(shop.notice() == "scan.not-here");
  shop.type("7038010055720");
  shop.act(Submit{Hand::keyboard, "7038010055720"});
  CHECK(shop.notice() == "figure.code");
  CHECK(article_form(shop)->price.empty());
  CHECK(shop.emitted<ChangePrice>() == 0);
}

TEST_CASE("a label that nobody knows begins a new article, step by step") {
  Shop shop = at_the_articles();
  shop.act(Scan{"96385074"});
  REQUIRE(article_form(shop));
  CHECK(article_form(shop)->code == "96385074");
  CHECK(article_form(shop)->step == ArticleForm::Step::name);
  shop.act(Submit{});
  CHECK(shop.notice() == "text.missing");
  shop.type("  Stearinlys ");
  shop.act(Submit{});
  shop.type("49");
  shop.act(Submit{});
  CHECK(article_form(shop)->step == ArticleForm::Step::tax);
  shop.act(PickTax{7});
  shop.act(Submit{});
  CHECK(shop.emitted<AddArticle>() == 0);
  shop.act(PickTax{1});
  const Article added = shop.last<AddArticle>().article;
  CHECK(added.code == "96385074");
  CHECK(added.name == "Stearinlys");
  CHECK(added.price == UnitPrice::from_minor(4900));
  CHECK(added.tax == TaxRate{2500});
  CHECK_FALSE(article_form(shop));
}

TEST_CASE("where the shop has no rates yet, one is typed") {
  Shop shop;
  shop.desk.rates.clear();
  shop.open_till();
  shop.act(Go{Place::articles});
  shop.act(Scan{"96385074"});
  shop.type("Lys");
  shop.act(Submit{});
  shop.type("49");
  shop.act(Submit{});
  for (const char* wrong : {"", "101", "7.755"}) {
    shop.act(ClearField{});
    if (*wrong != '\0') shop.type(wrong);
    shop.act(Submit{});
    CHECK(shop.notice() == "tax.syntax");
  }
  shop.act(ClearField{});
  shop.type("7.75");
  shop.act(Submit{});
  CHECK(shop.last<AddArticle>().article.tax == TaxRate{775});
}

TEST_CASE("a code that another article has is said before anything else is typed") {
  Shop shop = at_the_articles();
  shop.act(NewArticle{});
  shop.act(Submit{});
  CHECK(shop.notice() == "text.missing");
  shop.type(kettle_gtin);
  shop.act(Submit{});
  CHECK(shop.notice() == "article.exists");
  CHECK(article_form(shop)->step == ArticleForm::Step::code);
  shop.act(Scan{ingrid_card});
  CHECK(shop.notice() == "scan.not-here");
  CHECK(article_form(shop)->step == ArticleForm::Step::code);
}

// opensourcepos #1818: a third decimal was rounded in silence.
TEST_CASE("a price with more decimals than the currency has is said to be none") {
  Shop shop = at_the_articles();
  kettle_code(shop);
  shop.type("499.005");
  shop.act(Submit{});
  CHECK(shop.notice() == "money.syntax");
  CHECK(shop.emitted<ChangePrice>() == 0);
}

// OCA pos #767: a product that is disabled meanwhile takes the till down.
TEST_CASE("an article that is gone when its price is saved is said to be gone") {
  Shop shop = at_the_articles();
  const std::string code = kettle_code(shop);
  shop.articles.erase(code);
  shop.type("549");
  shop.act(Submit{});
  CHECK(shop.notice() == "article.unknown");
  CHECK_FALSE(article_form(shop));
}

TEST_CASE("what could not be saved stays in the form") {
  Shop shop = at_the_articles();
  kettle_code(shop);
  shop.type("549");
  shop.disk_fault = Error{Failure::unavailable, "disk.full", "", "", ""};
  shop.act(Submit{});
  CHECK(shop.notice() == "disk.full");
  REQUIRE(article_form(shop));
  CHECK(article_form(shop)->price == "549");
}

TEST_CASE("back goes one step, and what was typed is still there") {
  Shop shop = at_the_articles();
  shop.act(Scan{"96385074"});
  shop.type("Lys");
  shop.act(Submit{});
  shop.type("49");
  shop.act(Back{});
  CHECK(article_form(shop)->step == ArticleForm::Step::name);
  CHECK(article_form(shop)->name == "Lys");
  shop.act(Back{});
  shop.act(Back{});
  CHECK_FALSE(article_form(shop));
  shop.act(Back{});
  CHECK(shop.screen<ArticlePage>() == nullptr);
}

TEST_CASE("what head office keeps to itself is said before anybody types") {
  Shop shop;
  shop.desk.alone = false;
  shop.desk.allowance = {false, false};
  shop.open_till();
  shop.act(Go{Place::articles});
  shop.act(Scan{kettle_gtin});
  CHECK(shop.notice() == "catalogue.head-office");
  shop.act(NewArticle{});
  CHECK(shop.notice() == "catalogue.head-office");
  CHECK_FALSE(article_form(shop));
}

TEST_CASE("articles are searched as somebody types, and a change is opened again") {
  Shop shop = at_the_articles();
  const std::string code = kettle_code(shop);
  shop.type("549");
  shop.act(Submit{});
  shop.act(OpenRequest{0});
  REQUIRE(article_form(shop));
  CHECK(article_form(shop)->priced->price == UnitPrice::from_minor(54900));
  shop.act(Back{});
  shop.type(shop.articles[code].name.substr(0, 4).c_str());
  REQUIRE_FALSE(shop.screen<ArticlePage>()->found.empty());
  shop.act(OpenArticle{0});
  CHECK(article_form(shop));
}

TEST_CASE("articles are the managers' page") {
  Shop shop;
  shop.staff = {{"ola", "Ola", false}};
  shop.pins["ola"] = "1357";
  shop.act(Go{Place::staff});
  shop.type("1357");
  shop.act(Submit{});
  shop.act(Go{Place::articles});
  CHECK(shop.screen<ArticlePage>() == nullptr);
  CHECK(shop.emitted<LoadCatalogue>() == 0);
}

TEST_CASE("a price changed beside an open sale is for the next line, not for those in the basket") {
  Shop shop = at_the_articles();
  shop.act(Go{Place::sale});
  shop.act(Scan{kettle_gtin});
  REQUIRE(shop.s.till.basket.lines.size() == 1);
  const UnitPrice before = shop.s.till.basket.lines.front().article.price;
  shop.act(Go{Place::articles});
  kettle_code(shop);
  shop.type("549");
  shop.act(Submit{});
  shop.act(Go{Place::sale});
  CHECK(shop.s.till.basket.lines.front().article.price == before);
  shop.act(Scan{kettle_gtin});
  REQUIRE(shop.s.till.basket.lines.size() == 2);
  CHECK(shop.s.till.basket.lines.front().article.price == before);
  CHECK(shop.s.till.basket.lines.back().article.price == UnitPrice::from_minor(54900));
}

TEST_CASE("the programme is the managers' to read") {
  Shop shop;
  shop.open_till();
  shop.act(Go{Place::programme});
  CHECK(shop.screen<ProgrammePage>() != nullptr);
  shop.act(Scan{kettle_gtin});
  CHECK(shop.notice() == "scan.not-here");
  shop.act(Back{});
  CHECK(shop.screen<ProgrammePage>() == nullptr);
  shop.s.visit.staff->manager = false;
  shop.act(Go{Place::programme});
  CHECK(shop.screen<ProgrammePage>() == nullptr);
}

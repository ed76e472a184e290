#include "kiosk/app/article_jobs.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

struct StockRoom {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};

  template <class Q>
  typename Q::Answer ask(Q question, const char* who = "marit", Viewer as = Viewer::manager) {
    return test::ask(*shop.book, *reader, programme, std::move(question),
                     {as, who, clock.local_now()});
  }
  std::string code_of(const flow::ArticleChanged& answer) {
    return answer.outcome.ok() ? std::string() : answer.outcome.error().code;
  }
  Article vase() const {
    Article article;
    article.code = "VASE-1";
    article.name = "Vase";
    article.price = UnitPrice::from_minor(19900);
    article.tax = {2500};
    return article;
  }
};

}  // namespace

TEST_CASE("an article is added and priced by a manager, and the page tells what became of it") {
  StockRoom room;
  CHECK(room.code_of(room.ask(flow::AddArticle{room.vase()})).empty());
  CHECK(room.code_of(room.ask(flow::ChangePrice{"VASE-1", UnitPrice::from_minor(24900)})).empty());
  const auto desk = room.ask(flow::LoadCatalogue{}).desk;
  REQUIRE(desk.ok());
  CHECK(desk->alone);
  CHECK(desk->allowance == Allowance{});
  CHECK(std::ranges::count(desk->rates, TaxRate{2500}) == 1);
  REQUIRE(desk->requests.size() == 2);
  CHECK(desk->requests[0].price == UnitPrice::from_minor(24900));
  CHECK(desk->requests[0].former == UnitPrice::from_minor(19900));
  CHECK(desk->requests[0].staff == "marit");
  CHECK_FALSE(desk->requests[1].former);
}

TEST_CASE("what is scanned next has the new price") {
  StockRoom room;
  REQUIRE(room.code_of(room.ask(flow::AddArticle{room.vase()})).empty());
  const auto price = [&] {
    const auto found = room.ask(flow::ResolveScan{"VASE-1"});
    return std::get<Article>(*found.scanned).price;
  };
  CHECK(price() == UnitPrice::from_minor(19900));
  REQUIRE(
      room.code_of(room.ask(flow::ChangePrice{"VASE-1", UnitPrice::from_minor(24900)})).empty());
  CHECK(price() == UnitPrice::from_minor(24900));
}

TEST_CASE("a cashier changes nothing, whatever the screen believes") {
  StockRoom room;
  CHECK(room.code_of(room.ask(flow::AddArticle{room.vase()}, "ola", Viewer::staff)) ==
        "role.managers");
  CHECK(room.code_of(room.ask(flow::AddArticle{room.vase()}, "ola")) == "role.managers");
  CHECK(room.code_of(room.ask(flow::ChangePrice{"VASE-1", {1000}}, "ola")) == "role.managers");
  CHECK_FALSE(room.reader->article_by_code("VASE-1")->has_value());
}

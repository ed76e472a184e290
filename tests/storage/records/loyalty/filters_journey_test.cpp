// Which sales a rule finds, from the catalogue and the customer's file to the points.
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/fact.hpp"
#include "storage/services/customers.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

struct Filtered : Club {
  loyalty::Filter& filter;

  Filtered() : filter(rules.earning.rules.front().filter) {
    CatalogueChange catalogue;
    Article soap = article("SOAP", "Soap", 10'000);
    soap.labels = {"eco", "new this spring"};
    soap.category = "Bath";
    soap.maker = "Havn";
    catalogue.put = {soap, article("BOLT", "Bolt", 10'000)};
    record(catalogue);
  }
  /// Sells one of it as the catalogue has it, and tells what that earned.
  Points earned(const char* code, const std::string& store = "") {
    const auto found = reader()->article_by_code(code);
    REQUIRE(found.ok());
    Basket basket;
    basket.currency = nok();
    basket = *with_article(basket, **found, Quantity::pieces(1));
    SaleRequest request;
    request.store = store;
    return reader()->purchase(sell(basket, member, request))->value().points_earned;
  }
};

}  // namespace

TEST_CASE("labels of the catalogue choose lines and keep others out") {
  Filtered club;
  CHECK(club.reader()->article_by_code("SOAP")->value().labels ==
        std::vector<std::string>{"eco", "new this spring"});
  club.filter.lines.labels = {"new this spring"};
  CHECK(club.earned("SOAP") == p(10));
  CHECK(club.earned("BOLT") == p(0));
  club.filter.lines = {};
  club.filter.lines.not_labels = {"eco"};
  CHECK(club.earned("SOAP") == p(0));
  CHECK(club.earned("BOLT") == p(10));
  club.filter.lines = {};
  club.rules.earning.never.not_labels = {"eco"};
  CHECK(club.earned("SOAP") == p(0));
  const auto findings = rebuild_check(club.data(), {});
  REQUIRE(findings.ok());
  CHECK(findings->empty());
}

TEST_CASE("labels change with the article and twice the same is refused") {
  Filtered club;
  Article soap = **club.reader()->article_by_code("SOAP");
  soap.labels = {"sale"};
  club.record(CatalogueChange{{soap}, {}});
  CHECK(club.reader()->article_by_code("SOAP")->value().labels == std::vector<std::string>{"sale"});
  soap.labels = {"sale", "sale"};
  CHECK(club.book->record(CatalogueChange{{soap}, {}}).error().code == "article.labels");
  soap.labels.assign(limits::article_labels + 1, "x");
  CHECK(club.book->record(CatalogueChange{{soap}, {}}).error().kind == Failure::limit);
}

TEST_CASE("category and brand choose lines") {
  Filtered club;
  club.filter.lines.categories = {"Bath"};
  CHECK(club.earned("SOAP") == p(10));
  CHECK(club.earned("BOLT") == p(0));
  club.filter.lines = {};
  club.filter.lines.brands = {"Havn"};
  CHECK(club.earned("SOAP") == p(10));
  CHECK(club.earned("BOLT") == p(0));
}

TEST_CASE("a store chooses its own sales") {
  Filtered club;
  club.filter.order.stores = {"Lysvik"};
  CHECK(club.earned("SOAP", "Lysvik") == p(10));
  CHECK(club.earned("SOAP", "Bergen") == p(0));
  CHECK(club.earned("SOAP") == p(0));
}

TEST_CASE("tags of a customer are the segments under all their references") {
  Filtered club;
  club.filter.order.segments = {"pensioner"};
  CHECK(club.earned("SOAP") == p(0));
  const Actor actor{"anna", club.clock.local_now()};
  ProfileChange tag;
  tag.added = {{ContactKind::label, "pensioner", ""}};
  const auto added = change_customer(*club.book, club.member, tag, actor);
  REQUIRE(added.ok());
  CHECK(club.state(club.member).segments == std::vector<std::string>{"pensioner"});
  CHECK(club.earned("SOAP") == p(10));
  ProfileChange gone;
  gone.removed = {{**added, 0}};
  REQUIRE(change_customer(*club.book, club.member, gone, actor).ok());
  CHECK(club.earned("SOAP") == p(0));

  const CustomerRef twin = club.enrol({}, "C-2");
  REQUIRE(change_customer(*club.book, twin, tag, actor).ok());
  REQUIRE(merge_customers(*club.book, club.member, twin, "", actor).ok());
  CHECK(club.earned("SOAP") == p(10));
}

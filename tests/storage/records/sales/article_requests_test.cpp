#include "storage/records/sales/article_requests.hpp"

#include <doctest/doctest.h>

#include "storage/records/sales/articles.hpp"
#include "tests/storage/records/centre.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// A store of the centre with one article for 100 kr, and requests about it.
struct Requests : Centre {
  Requests() { take("Lysvik", 0, CatalogueChange{{article("1001", "Lamp", 10'000)}, {}}); }

  FactId ask(std::uint32_t till, decltype(CatalogueRequest::step) step) {
    const FactId id = next_id(till);
    noted = take("Lysvik", id, CatalogueRequest{std::move(step), "marit", clock.local_now()});
    return id;
  }
  FactId price(std::uint32_t till, std::int64_t minor) {
    return ask(till, PriceWish{"1001", UnitPrice::from_minor(minor)});
  }
  void accept(FactId request) { ask(0, RequestAnswer{request, Ruling::accepted, ""}); }
  void refuse(FactId request) { ask(0, RequestAnswer{request, Ruling::refused, "No"}); }

  std::int64_t now(std::string_view code = "1001") {
    const auto found = records::article_by_code(*database, "Lysvik", code);
    return found ? found->price.milli_minor / 1000 : -1;
  }
  RequestState state(FactId request) { return records::article_request(*database, request)->state; }

  Codes noted;
};

}  // namespace

TEST_CASE("a price that a manager set holds at once, and waits for head office") {
  Requests store;
  const FactId request = store.price(7, 12'000);
  CHECK(store.now() == 12'000);
  const auto kept = records::newest_request(*store.database, "Lysvik", "1001");
  REQUIRE(kept);
  CHECK(kept->fact == request);
  CHECK(kept->name == "Lamp");
  CHECK(kept->price == UnitPrice::from_minor(12'000));
  CHECK(kept->former == UnitPrice::from_minor(10'000));
  CHECK(kept->state == RequestState::waiting);
  CHECK(kept->staff == "marit");
  SUBCASE("accepted, it stays") {
    store.accept(request);
    CHECK(store.now() == 12'000);
    CHECK(store.state(request) == RequestState::accepted);
    store.refuse(request);  // what was answered is answered
    CHECK(store.now() == 12'000);
  }
  SUBCASE("refused, the former price is back, with the reason") {
    store.refuse(request);
    CHECK(store.now() == 10'000);
    CHECK(records::article_request(*store.database, request)->reason == "No");
    CHECK(store.state(request) == RequestState::refused);
  }
  SUBCASE("another store does not hear of it") {
    CHECK(!records::newest_request(*store.database, "Bergen", "1001"));
  }
}

TEST_CASE("of two prices the later stands, and a refusal takes out its own alone") {
  Requests store;
  const FactId first = store.price(7, 12'000), second = store.price(8, 14'000);
  CHECK(store.now() == 14'000);
  SUBCASE("the first is refused: the second stands on what was before both") {
    store.refuse(first);
    CHECK(store.now() == 14'000);
    store.refuse(second);
    CHECK(store.now() == 10'000);
  }
  SUBCASE("the second is refused: the first stands") {
    store.refuse(second);
    CHECK(store.now() == 12'000);
    store.refuse(first);
    CHECK(store.now() == 10'000);
  }
  SUBCASE("one is accepted, the other refused, in either order") {
    store.accept(second);
    store.refuse(first);
    CHECK(store.now() == 14'000);
  }
}

TEST_CASE("what is published later wins, and answers what waits") {
  Requests store;
  const FactId request = store.price(7, 12'000);
  store.take("Lysvik", 0, CatalogueChange{{article("1001", "Lamp", 11'000)}, {}});
  CHECK(store.now() == 11'000);
  CHECK(store.state(request) == RequestState::overtaken);
  store.refuse(request);
  CHECK(store.now() == 11'000);
  // And what a store asks later holds there again.
  const FactId later = store.price(7, 13'000);
  store.refuse(later);
  CHECK(store.now() == 11'000);
}

TEST_CASE("a price says nothing of the rest of an article") {
  Requests store;
  store.take("Lysvik", 0, CatalogueChange{{article("1001", "Desk lamp", 10'000)}, {}});
  store.price(7, 12'000);
  CHECK(records::article_by_code(*store.database, "Lysvik", "1001")->name == "Desk lamp");
  CHECK(records::search_articles(*store.database, "Lysvik", "desk", 5).size() == 1);
}

TEST_CASE("a new article is sold at once, and is gone when it is refused") {
  Requests store;
  const FactId added = store.ask(7, article("X-1", "Candle", 4900));
  CHECK(store.now("X-1") == 4900);
  CHECK(records::search_articles(*store.database, "Lysvik", "cand", 5).size() == 1);
  CHECK(!records::article_request(*store.database, added)->former);
  SUBCASE("refused") {
    const FactId dearer = store.ask(7, PriceWish{"X-1", UnitPrice::from_minor(5900)});
    store.refuse(added);
    CHECK(store.now("X-1") == -1);
    CHECK(records::search_articles(*store.database, "Lysvik", "cand", 5).empty());
    CHECK(store.state(dearer) == RequestState::overtaken);
    CHECK(store.ask(7, article("X-1", "Candle", 4900)) != added);  // and may be asked again
    CHECK(store.now("X-1") == 4900);
  }
  SUBCASE("two tills gave two articles one code: a person is told, the later price stands") {
    const FactId other = store.ask(8, article("X-1", "Vase", 7900));
    CHECK(store.noted == Codes{"article.exists"});
    CHECK(records::article_by_code(*store.database, "Lysvik", "X-1")->name == "Candle");
    CHECK(store.now("X-1") == 7900);
    store.refuse(other);
    CHECK(store.now("X-1") == 4900);
  }
}

TEST_CASE("a price for an article that is gone changes nothing and is told") {
  Requests store;
  store.take("Lysvik", 0, CatalogueChange{{}, {"1001"}});
  const FactId late = store.price(7, 12'000);
  CHECK(store.noted == Codes{"article.unknown"});
  CHECK(store.now() == -1);
  CHECK(store.state(late) == RequestState::overtaken);
}

TEST_CASE("of a till that was its own centre nothing waits, and an answer to nothing is nothing") {
  Requests store;
  const FactId own = store.price(TerminalNumber::provisional_from + 5, 9000);
  CHECK(store.state(own) == RequestState::settled);
  CHECK(records::article_requests(*store.database, "Lysvik", records::Wanted::waiting, 9).empty());
  store.refuse(own);
  CHECK(store.now() == 9000);
  store.refuse(store.next_id(7));
  CHECK(store.noted.empty());
}

TEST_CASE("what head office does not leave to the stores is refused by its rule") {
  Requests store;
  CHECK(records::allowance(*store.database, "Lysvik") == Allowance{});
  const FactId before = store.price(7, 12'000);
  store.ask(0, Permission{Matter::prices, false});
  const FactId after = store.price(7, 13'000);
  CHECK(store.now() == 12'000);  // what was asked in time waits on
  CHECK(store.state(before) == RequestState::waiting);
  CHECK(store.state(after) == RequestState::refused);
  CHECK(records::article_request(*store.database, after)->reason.empty());
  CHECK(store.noted.empty());
  store.refuse(before);
  CHECK(store.now() == 10'000);
  store.ask(7, article("X-1", "Candle", 4900));
  CHECK(store.now("X-1") == 4900);
  store.ask(0, Permission{Matter::new_articles, false});
  store.ask(0, Permission{Matter::prices, true});
  CHECK(records::allowance(*store.database, "Lysvik") == Allowance{true, false});
  const FactId vase = store.ask(7, article("X-2", "Vase", 4900));
  CHECK(store.now("X-2") == -1);
  CHECK(store.state(vase) == RequestState::refused);
  store.price(7, 13'000);
  CHECK(store.now() == 13'000);
  CHECK(records::allowance(*store.database, "Bergen") == Allowance{});  // each store for itself
}

TEST_CASE("a till gives itself neither an answer nor a permission") {
  Requests store;
  store.ask(0, Permission{Matter::new_articles, false});
  const FactId request = store.price(7, 12'000);
  store.ask(7, RequestAnswer{request, Ruling::accepted, ""});
  CHECK(store.noted == Codes{"request.foreign"});
  CHECK(store.state(request) == RequestState::waiting);
  store.ask(7, Permission{Matter::new_articles, true});
  CHECK(store.noted == Codes{"request.foreign"});
  CHECK(!records::allowance(*store.database, "Lysvik").new_articles);
}

TEST_CASE("requests are listed newest first, of one store or of all") {
  Requests store;
  const FactId first = store.price(7, 12'000);
  const FactId second = store.price(7, 13'000);
  store.accept(first);
  const auto numbers = [&](std::optional<std::string_view> of, records::Wanted wanted) {
    std::vector<FactId> facts;
    for (const auto& each : records::article_requests(*store.database, of, wanted, 9))
      facts.push_back(each.fact);
    return facts;
  };
  CHECK(numbers("Lysvik", records::Wanted::all) == std::vector{second, first});
  CHECK(numbers({}, records::Wanted::waiting) == std::vector{second});
  CHECK(numbers("Bergen", records::Wanted::all).empty());
  const auto listed = records::article_requests(*store.database, {}, records::Wanted::all, 1);
  CHECK(records::article_request(*store.database, listed.front().number) == listed.front());
}

TEST_CASE("what a request must say") {
  const auto fault = [](CatalogueRequest request) {
    const auto ok = check(request);
    return ok ? std::string() : ok.error().code;
  };
  CHECK(fault({PriceWish{"1001", {1}}, "marit", {}}).empty());
  CHECK(!fault({PriceWish{"", {1}}, "marit", {}}).empty());
  CHECK(!fault({PriceWish{"1001", {-1}}, "marit", {}}).empty());
  CHECK(!fault({Article{}, "marit", {}}).empty());
  CHECK(fault({RequestAnswer{{}, Ruling::accepted, "because"}, "", {}}) == "request.answer");
}

// What a manager changes at one till is in force there, then at the next, until head office says
// otherwise: both ends in one process, over real TLS.

#include <doctest/doctest.h>

#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/services/articles.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

using keepsake::test::article;

constexpr const char* lamp = "LAMP";

struct AskingChain {
  HeadOffice office;
  Till first, second, elsewhere;

  AskingChain() {
    first.enrol_at(office, "Lysvik");
    second.enrol_at(office, "Lysvik");
    elsewhere.enrol_at(office, "Sunne");
    say(CatalogueChange{{article(lamp, "Lamp", 10'000)}, {}});
    exchange();
  }
  void exchange() {
    for (Till* each : {&first, &second, &elsewhere, &first}) each->sync();
  }
  void say(const Fact& fact, const std::string& store = "") {
    central::Publication publication;
    publication.what = "test";
    publication.store = store;
    publication.made_by = "shell:anna";
    publication.at = office.clock.now();
    const auto number = central::ask_to_publish(office.data(), publication, {fact});
    REQUIRE_MESSAGE(number.ok(), (number.ok() ? "" : to_line(number.error())));
  }
  void refuse(const FactId& request) {
    say(CatalogueRequest{RequestAnswer{request, Ruling::refused, "Campaign"}, "",
                         first.clock.local_now()},
        "Lysvik");
  }
  FactId price(Till& till, std::int64_t minor) {
    const auto id = change_price(*till.book, lamp, UnitPrice::from_minor(minor), "marit",
                                 till.clock.local_now());
    REQUIRE_MESSAGE(id.ok(), (id.ok() ? "" : to_line(id.error())));
    return *id;
  }
  static std::int64_t now(Till& till, const char* code = lamp) {
    const auto found = article_named(*till.reader(), code);
    return found ? found->price.milli_minor / 1000 : -1;
  }
  static RequestState state(Till& till) {
    return till.reader()->newest_request(lamp)->value().state;
  }
  void check_whole() {
    for (Till* each : {&first, &second, &elsewhere}) {
      CHECK(keepsake::test::rebuilt(*each) == "");
      CHECK(keepsake::test::findings_of(each->data()) == "");
    }
  }
};

}  // namespace

TEST_CASE("a price set at one till is seen at the store's next, refused, and back at both") {
  AskingChain chain;
  const FactId request = chain.price(chain.first, 12'000);
  CHECK(AskingChain::now(chain.first) == 12'000);
  CHECK(AskingChain::now(chain.second) == 10'000);
  chain.exchange();
  CHECK(AskingChain::now(chain.second) == 12'000);
  CHECK(AskingChain::now(chain.elsewhere) == 10'000);
  chain.refuse(request);
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) {
    CHECK(AskingChain::now(*each) == 10'000);
    CHECK(AskingChain::state(*each) == RequestState::refused);
    CHECK(each->reader()->newest_request(lamp)->value().reason == "Campaign");
  }
  chain.check_whole();
}

TEST_CASE("two managers at two tills: the later in head office's order stands, at both") {
  AskingChain chain;
  const FactId first = chain.price(chain.first, 12'000);
  const FactId second = chain.price(chain.second, 14'000);
  chain.second.sync();  // whoever is first on line is first in the order
  chain.exchange();
  CHECK(AskingChain::now(chain.first) == 12'000);
  CHECK(AskingChain::now(chain.second) == 12'000);
  chain.refuse(first);
  chain.exchange();
  CHECK(AskingChain::now(chain.first) == 14'000);
  chain.refuse(second);
  chain.exchange();
  CHECK(AskingChain::now(chain.first) == 10'000);
  CHECK(AskingChain::now(chain.second) == 10'000);
  chain.check_whole();
}

TEST_CASE("a price set off line is taken back where head office keeps prices to itself") {
  AskingChain chain;
  chain.say(CatalogueRequest{Permission{Matter::prices, false}, "", chain.first.clock.local_now()});
  chain.price(chain.first, 12'000);  // it has not heard yet
  CHECK(AskingChain::now(chain.first) == 12'000);
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second}) {
    CHECK(AskingChain::now(*each) == 10'000);
    CHECK(AskingChain::state(*each) == RequestState::refused);
  }
  CHECK(change_price(*chain.first.book, lamp, {11'000'000}, "marit", chain.first.clock.local_now())
            .error()
            .code == "catalogue.head-office");
  // A store that joins later hears the rule, too.
  Till late;
  late.enrol_at(chain.office, "Arvika");
  late.sync();
  CHECK(!late.reader()->allowance()->prices);
  chain.check_whole();
}

TEST_CASE("what head office publishes later over a store's price wins") {
  AskingChain chain;
  chain.price(chain.first, 12'000);
  chain.exchange();
  chain.say(CatalogueChange{{article(lamp, "Lamp", 11'000)}, {}});
  chain.exchange();
  for (Till* each : {&chain.first, &chain.second, &chain.elsewhere})
    CHECK(AskingChain::now(*each) == 11'000);
  CHECK(AskingChain::state(chain.second) == RequestState::overtaken);
  chain.check_whole();
}

TEST_CASE("an article added at one till is sold at the next") {
  AskingChain chain;
  const auto added = add_article(*chain.first.book, article("96385074", "Candle", 4900), "marit",
                                 chain.first.clock.local_now());
  REQUIRE(added.ok());
  chain.exchange();
  CHECK(AskingChain::now(chain.second, "96385074") == 4900);
  CHECK(AskingChain::now(chain.elsewhere, "96385074") == -1);
  chain.refuse(*added);
  chain.exchange();
  CHECK(AskingChain::now(chain.first, "96385074") == -1);
  CHECK(AskingChain::now(chain.second, "96385074") == -1);
  chain.check_whole();
}

TEST_CASE("a till that was alone brings its prices along when it joins a chain, and asks nothing") {
  HeadOffice office;
  Till alone, other;
  alone.record(CatalogueChange{{article(lamp, "Lamp", 10'000)}, {}});
  REQUIRE(change_price(*alone.book, lamp, UnitPrice::from_minor(12'000), "marit",
                       alone.clock.local_now())
              .ok());
  alone.enrol_at(office, "Lysvik");
  alone.sync();
  other.enrol_at(office, "Lysvik");
  other.sync();
  CHECK(AskingChain::now(other) == 12'000);
  CHECK(AskingChain::state(other) == RequestState::settled);
}

}  // namespace keepsake::sync::test

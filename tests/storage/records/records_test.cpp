// Records as the centre keeps them: facts of several terminals and stores, contradictions noted.
#include <doctest/doctest.h>
#include <map>

#include "storage/engine/sqlite/open.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/reports/totals.hpp"
#include "storage/records/core/tokenize.hpp"
#include "storage/records/customers/customers.hpp"
#include "storage/records/loyalty/programmes.hpp"
#include "storage/records/sales/articles.hpp"
#include "storage/records/sales/purchases.hpp"
#include "storage/records/sales/returns.hpp"
#include "storage/records/schema.hpp"
#include "storage/records/till/shifts.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

struct Centre {
  TemporaryFolder folder;
  FakeClock clock;
  std::unique_ptr<Database> database;
  std::unique_ptr<Vault> vault;
  HybridClock hybrid;
  std::map<std::uint32_t, Seq> seqs;

  Centre() {
    auto opened = sqlite::open(folder.path() / "central.db");
    REQUIRE(opened.ok());
    database = std::move(*opened);
    REQUIRE(records::migrate(*database).ok());
    auto opened_vault = Vault::open(folder.path());
    REQUIRE(opened_vault.ok());
    vault = std::move(*opened_vault);
  }

  FactId next_id(std::uint32_t terminal) {
    return FactId::make(hybrid.tick(clock.now()), {terminal}, {1}, ++seqs[terminal]);
  }

  /// The codes of what was noted, in order.
  std::vector<std::string> take(std::string_view store, FactId id, const Fact& fact) {
    Transaction transaction(*database);
    const auto noted =
        records::apply(*database, {id, store}, fact, vault.get(), records::Contradiction::note);
    REQUIRE_MESSAGE(noted.ok(), why(noted));
    transaction.commit();
    std::vector<std::string> codes;
    for (const auto& each : *noted) codes.push_back(each.code);
    return codes;
  }
  std::vector<std::string> take(std::string_view store, std::uint32_t terminal, const Fact& fact) {
    return take(store, next_id(terminal), fact);
  }

  CustomerRef enrol(std::string_view store, std::uint32_t terminal) {
    CustomerEnrolment enrolment;
    enrolment.customer = *vault->new_customer();
    enrolment.at = clock.local_now();
    CHECK(take(store, terminal, enrolment).empty());
    return enrolment.customer;
  }

  Purchase sale(std::int64_t pieces = 1) { return purchase(clock, {line("1001", pieces, 9900)}); }

  std::int64_t number(std::string_view sql) {
    const Sql question{"test", sql};
    auto row = database->query(question);
    return row->step() ? row->integer(0) : -1;
  }
};

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("each store's totals count its own terminals") {
  Centre centre;
  centre.take("Bergen", 1, centre.sale(2));
  centre.take("Bergen", 2, centre.sale(1));
  const Purchase in_oslo = centre.sale(5);
  const FactId id = centre.next_id(3);
  centre.take("Oslo", id, in_oslo);
  centre.take("Oslo", 3, bring_back(centre.clock, in_oslo, id, 0, 1));
  centre.take("Oslo", 3, CatalogueChange{{article("1001", "Mug"), article("1002", "Lamp")}, {}});
  centre.enrol("Bergen", 2);

  const Totals bergen = records::totals(*centre.database, "Bergen");
  CHECK(bergen.purchases == 2);
  CHECK(bergen.purchase_minor == 29700);
  CHECK(bergen.customers == 1);
  CHECK(bergen.articles == 0);
  const Totals oslo = records::totals(*centre.database, "Oslo");
  CHECK(oslo.purchases == 1);
  CHECK(oslo.returns == 1);
  CHECK(oslo.return_minor == 9900);
  CHECK(oslo.articles == 2);
  const Totals all = records::totals(*centre.database, std::nullopt);
  CHECK(all.purchases == 3);
  CHECK(all.purchase_minor == 29700 + 49500);
  CHECK(records::currency(*centre.database, "Oslo") == nok());
  CHECK_FALSE(records::currency(*centre.database, "Tromsø").has_value());
}

TEST_CASE("the first registration of an item stands and the later is kept as a dispute") {
  Centre centre;
  PurchaseLine lamp = line("1002", 1, 129900);
  lamp.warranty = item("SN12345");
  const Purchase first = purchase(centre.clock, {lamp});
  const FactId sold = centre.next_id(1);
  CHECK(centre.take("Bergen", sold, first).empty());
  CHECK(centre.take("Oslo", 2, first) == Codes{"warranty.disputed"});
  CHECK(centre.number("SELECT count(*) FROM warranty WHERE disputed = 0") == 1);
  CHECK(centre.number("SELECT count(*) FROM warranty") == 2);
  CHECK(centre.number("SELECT count(*) FROM exception WHERE store = 'Oslo'") == 1);

  // Another maker's item may carry the same serial.
  lamp.warranty = item("SN12345", "Sydpol");
  CHECK(centre.take("Oslo", 2, purchase(centre.clock, {lamp})).empty());
  // The item went back: its next owner's cover is no dispute.
  CHECK(centre.take("Bergen", 1, bring_back(centre.clock, first, sold, 0, 1)).empty());
  CHECK(centre.take("Oslo", 2, first).empty());
}

TEST_CASE("points are double entry and a customer never falls below zero") {
  Centre centre;
  centre.take("Bergen", 1, programme());
  const CustomerRef customer = centre.enrol("Bergen", 1);
  Purchase bought = centre.sale(2);
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {1900};
  const FactId sold = centre.next_id(1);
  CHECK(centre.take("Bergen", sold, bought).empty());
  CHECK(records::balance(*centre.database, customer) == Points{1900});

  Return back = bring_back(centre.clock, bought, sold, 0, 1);
  back.points_reversed = {950};
  CHECK(centre.take("Bergen", 1, back).empty());
  CHECK(records::balance(*centre.database, customer) == Points{950});

  back.points_reversed = {1500};
  CHECK(centre.take("Bergen", 1, back) == Codes{"points.shortfall"});
  CHECK(records::balance(*centre.database, customer) == Points{0});
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 3") == -550);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 2") == 550);
}

TEST_CASE("a physical sale or return is never refused at the centre") {
  Centre centre;
  Purchase of_stranger = centre.sale();
  of_stranger.customer.bytes[0] = 1;
  of_stranger.programme_version = 3;
  of_stranger.points_earned = {100};
  of_stranger.shift = to_hex(FactId{1, 2});
  CHECK(centre.take("Bergen", 1, of_stranger) ==
        Codes{"customer.unknown", "programme.unknown", "shift.not-open"});
  CHECK(records::balance(*centre.database, of_stranger.customer) == Points{100});

  const Purchase two = centre.sale(2);
  const FactId sold = centre.next_id(1);
  centre.take("Bergen", sold, two);
  CHECK(centre.take("Bergen", 1, bring_back(centre.clock, two, sold, 0, 1)).empty());
  CHECK(centre.take("Oslo", 2, bring_back(centre.clock, two, sold, 0, 2)) ==
        Codes{"return.beyond-sold"});
  CHECK(centre.take("Oslo", 2, bring_back(centre.clock, two, FactId{9, 9}, 0, 1)) ==
        Codes{"return.unknown-purchase"});
  CHECK(records::totals(*centre.database, std::nullopt).returns == 3);
  CHECK(records::returned_so_far(*centre.database, sold) == std::vector{Quantity::pieces(3)});

  CHECK(centre.take("Bergen", 1, ShiftOpening{centre.clock.local_now(), "a", kroner(0)}).empty());
  CHECK(centre.take("Bergen", 2, ShiftOpening{centre.clock.local_now(), "b", kroner(0)}).empty());
  CHECK(centre.take("Bergen", 2, ShiftOpening{centre.clock.local_now(), "b", kroner(0)}) ==
        Codes{"shift.already-open"});
}

TEST_CASE("the same import on two terminals of a store is counted once") {
  Centre centre;
  Purchase imported = centre.sale();
  imported.origin = "old:536365";
  CHECK(centre.take("Bergen", 1, imported).empty());
  CHECK(centre.take("Bergen", 2, imported) == Codes{"origin.duplicate"});
  CHECK(centre.take("Oslo", 3, imported).empty());
  CHECK(records::totals(*centre.database, std::nullopt).purchases == 2);
}

TEST_CASE("a fact applied twice is refused by the database") {
  Centre centre;
  const FactId id = centre.next_id(1);
  centre.take("Bergen", id, centre.sale());
  Transaction transaction(*centre.database);
  CHECK_THROWS_AS((void)records::apply(*centre.database, {id, "Bergen"}, centre.sale(), nullptr,
                                       records::Contradiction::note),
                  DatabaseError);
}

TEST_CASE("a profile opens when its key arrives later") {
  Shop shop;
  Profile profile;
  profile.name = "Ingrid Haugen";
  profile.phone = "+4791234417";
  profile.card = "C-1";
  CustomerEnrolment enrolment;
  enrolment.customer = *shop.book->vault().new_customer();
  enrolment.sealed_profile = *shop.book->vault().seal_profile(enrolment.customer, profile);
  enrolment.at = shop.clock.local_now();

  Centre centre;
  CHECK(centre.take("Bergen", 1, enrolment).empty());
  CHECK(records::customer(*centre.database, enrolment.customer)->profile == Profile{});
  const auto keys = *shop.book->vault().seal_keys_for(std::span(&enrolment.customer, 1),
                                                      centre.vault->box_public());
  REQUIRE(centre.vault->accept_keys(keys).ok());
  CHECK_FALSE(records::customer_by_card(*centre.database, "C-1"));
  REQUIRE(records::reveal(*centre.database, *centre.vault, enrolment.customer).ok());
  CHECK(records::customer(*centre.database, enrolment.customer)->card == "C-1");
  CHECK(records::customer_by_card(*centre.database, "C-1") == std::optional(enrolment.customer));
  profile.card.clear();
  CHECK(records::customer(*centre.database, enrolment.customer)->profile == profile);
  CHECK(records::customer_by_phone_hash(*centre.database,
                                        centre.vault->lookup_hash("phone", profile.phone)) ==
        std::optional(enrolment.customer));
}

TEST_CASE("a card counts the same sealed and as old facts have it in clear") {
  Centre centre;
  const auto enrolment = [&](std::string_view clear, std::string_view sealed) {
    CustomerEnrolment made;
    made.customer = *centre.vault->new_customer();
    made.card = clear;
    Profile profile;
    profile.card = sealed;
    made.sealed_profile = *centre.vault->seal_profile(made.customer, profile);
    made.at = centre.clock.local_now();
    return made;
  };
  const auto old = enrolment("C-1", ""), now = enrolment("", "C-2");
  CHECK(centre.take("Bergen", 1, old).empty());
  CHECK(centre.take("Bergen", 1, now).empty());
  for (const auto& [card, who] : {std::pair("C-1", old.customer), std::pair("C-2", now.customer)}) {
    CAPTURE(card);
    CHECK(records::customer(*centre.database, who)->card == card);
    CHECK(records::customer_by_card(*centre.database, card) == std::optional(who));
    const auto contacts = records::customer_profile(*centre.database, who)->contacts;
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0].kind == ContactKind::card);
    CHECK(contacts[0].tag.n == 3);
    for (const auto& again : {enrolment(card, ""), enrolment("", card)}) {
      CHECK(centre.take("Oslo", 2, again) == Codes{"card.taken"});
      CHECK(records::customer(*centre.database, again.customer)->card == "");
      CHECK(records::customer_by_card(*centre.database, card) == std::optional(who));
    }
  }
}

TEST_CASE("articles are found by the beginnings of words whatever the accents and case") {
  Centre centre;
  Article kettle = article("A-17", "Vannkoker rød 1,7 l");
  kettle.gtin = *Gtin::parse("7038010055720");
  CatalogueChange change{{kettle, article("A-18", "Crème brûlée form"),
                          article("B-1", "Гарячий чайник"), article("B-2", "Rødvinsglass 4 stk")},
                         {}};
  centre.take("", 1, change);
  const auto codes = [&](std::string_view words, std::size_t limit = 10) {
    std::vector<std::string> found;
    for (const Article& each : records::search_articles(*centre.database, "", words, limit))
      found.push_back(each.code);
    return found;
  };
  CHECK(codes("ROD") == Codes{"B-2", "A-17"});
  CHECK(codes("rød vann") == Codes{"A-17"});
  CHECK(codes("brulee CREME") == Codes{"A-18"});
  CHECK(codes("чай") == Codes{"B-1"});
  CHECK(codes("a-17") == Codes{"A-17"});
  CHECK(codes("glass").empty());  // no beginning of a word
  CHECK(codes("  ").empty());
  CHECK(codes("rod", 1) == Codes{"B-2"});
  CHECK(records::article_by_gtin(*centre.database, "", *kettle.gtin) == std::optional(kettle));
  CHECK(records::article_by_code(*centre.database, "", "A-17") == std::optional(kettle));

  kettle.name = "Blå kjele";
  centre.take("", 1, CatalogueChange{{kettle}, {"B-2"}});
  CHECK(codes("rod").empty());
  CHECK(codes("bla") == Codes{"A-17"});
  CHECK(centre.number("SELECT count(*) FROM article_word WHERE code = 'B-2'") == 0);
}

TEST_CASE("words are folded") {
  CHECK(records::words_of("Ærlig Øl, ÅL & Straße ﬁn Łódź") ==
        Codes{"aerlig", "al", "fin", "lodz", "ol", "strasse"});
  CHECK(records::words_of("one ONE one") == Codes{"one"});
  CHECK(records::words_of("").empty());
}

TEST_CASE(
    "points spent twice before the centre heard of it cost the programme and never the customer") {
  Centre centre;
  centre.take("Bergen", 1, programme());
  const CustomerRef customer = centre.enrol("Bergen", 1);
  Purchase bought = centre.sale(2);
  bought.customer = customer;
  bought.programme_version = 1;
  bought.points_earned = {1900};
  const FactId sold = centre.next_id(1);
  CHECK(centre.take("Bergen", sold, bought).empty());

  LoyaltyEvent claim;
  claim.at = centre.clock.local_now();
  claim.customer = customer;
  claim.currency = nok();
  claim.programme_version = 1;
  claim.loyalty.to_wallet = claim.loyalty.paid_out = kroner(0);
  claim.loyalty.used = {{{sold, 0}, {1500}}};
  CHECK(centre.take("Bergen", 1, claim).empty());
  CHECK(records::balance(*centre.database, customer) == Points{400});
  CHECK(centre.take("Bergen", 2, claim) == Codes{"points.short"});
  CHECK(records::balance(*centre.database, customer) == Points{0});
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 3") == -1100);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 4") == 3000);
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
  CHECK(centre.number("SELECT remaining FROM lot") == 0);

  // The same run of expiry from two terminals takes what is there, once.
  const PointsExpired run{centre.clock.local_now(),
                          centre.clock.local_now().date(),
                          nok(),
                          {{customer, {sold, 0}, {400}}},
                          {}};
  CHECK(centre.take("Bergen", 2, run).empty());
  CHECK(centre.number("SELECT sum(amount) FROM posting") == 0);
}

TEST_CASE("a gift card of another store pays less than it names and the programme loses the rest") {
  Centre centre;
  Purchase sale = centre.sale(1);
  sale.tenders = {{TenderKind::gift_card, sale.total, sale.total, "GIFT0001"}};
  CHECK(centre.take("Oslo", 2, sale) == Codes{"gift-card.unknown", "gift-card.short"});
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 16") == -9900);
  CHECK(centre.number("SELECT amount FROM account WHERE kind = 14") == 9900);
  CHECK(centre.number("SELECT count(*) FROM account WHERE kind = 12 AND amount <> 0") == 0);
}

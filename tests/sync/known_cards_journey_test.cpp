// Gift cards of other stores: both ends in one process, over real TLS on loopback.

#include <doctest/doctest.h>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/code_list.hpp"
#include "storage/domain/sale/gift_card_statement.hpp"
#include "storage/services/spending.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/agent/reservations.hpp"
#include "sync/central/look_ups.hpp"
#include "sync/central/publication_log.hpp"
#include "tests/support/any_day.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

constexpr const char* gift = "GC417001";
const ContactKey by_number{ContactKind::card, "gc41 7001"};  // as somebody types it

/// A till of each of two stores, and a gift card of 500.00 that was sold at the first.
struct CardChain {
  HeadOffice office;
  Till lysvik, sunne;
  FactId sold;

  CardChain() {
    lysvik.enrol_at(office, "Lysvik");
    sunne.enrol_at(office, "Sunne");
    Purchase card =
        keepsake::test::purchase(lysvik.clock, {keepsake::test::line("GIFT", 1, 50000)});
    card.top_ups = {{0, StoredValue::gift_card, gift, card.total, std::nullopt}};
    sold = lysvik.record(card);
    exchange();
  }
  void exchange() {
    for (int round = 0; round < 2; ++round)
      for (Till* each : {&lysvik, &sunne}) each->sync();
  }
  Result<bool> look_up(Till& till) { return LookUps(*till.book).ask(by_number); }
  void make_known() {
    const auto found = look_up(sunne);
    REQUIRE_MESSAGE(found.ok(), keepsake::test::why(found));
    REQUIRE(*found);
    exchange();
  }
  void check_sound() {
    exchange();
    for (Till* each : {&lysvik, &sunne}) {
      CHECK(keepsake::test::rebuilt(*each) == "");
      CHECK(keepsake::test::findings_of(each->data()) == "");
    }
  }
};

std::optional<GiftCardView> gift_at(Till& till) {
  return till.reader()->gift_card(gift, till.clock.local_now().date()).value();
}

Fact bought_with_gift(Till& till, std::int64_t minor) {
  Purchase bought = keepsake::test::purchase(till.clock, {keepsake::test::line("1001", 1, minor)});
  const Money paid{minor, bought.currency};
  bought.tenders = {{TenderKind::gift_card, paid, paid, gift, {}}};
  return bought;
}

FactId pay_on_line(Till& till, std::int64_t minor) {
  Fact fact = bought_with_gift(till, minor);
  const Resource card = card_of(gift, *Currency::parse("NOK"));
  const auto held = Holds(*till.book, till.clock).ask({{card, minor}});
  REQUIRE_MESSAGE(held.ok(), keepsake::test::why(held));
  REQUIRE_FALSE(held->shortage);
  REQUIRE_FALSE(cover(*till.reader(), fact, till.clock.now()).value());
  return till.record(fact);
}

}  // namespace

TEST_CASE("a gift card sold at one store is known at another once looked up, and pays there") {
  CardChain chain;
  CHECK_FALSE(gift_at(chain.sunne));
  chain.make_known();
  REQUIRE(gift_at(chain.sunne));
  CHECK(gift_at(chain.sunne)->balance.minor == 50000);
  CHECK(gift_at(chain.sunne)->sold_on == gift_at(chain.lysvik)->sold_on);
  // It is the other store's sale.
  CHECK(chain.sunne.totals().purchases == 0);
  CHECK(chain.sunne.totals().loads == 0);

  pay_on_line(chain.sunne, 12000);
  chain.exchange();
  CHECK(gift_at(chain.sunne)->balance.minor == 38000);
  CHECK(gift_at(chain.lysvik)->balance.minor == 38000);
  CHECK(chain.lysvik.totals().sales_minor == 0);
  CHECK(chain.sunne.totals().purchases == 1);
  pay_on_line(chain.lysvik, 8000);
  chain.check_sound();
  CHECK(gift_at(chain.sunne)->balance.minor == 30000);
  CHECK(gift_at(chain.lysvik)->balance.minor == 30000);
}

TEST_CASE("tills of both stores get leases of it, and spend them without a line") {
  CardChain chain;
  chain.make_known();
  pay_on_line(chain.sunne, 100);
  const Resource card = card_of(gift, *Currency::parse("NOK"));
  const auto here = [&](Till& till) {
    return spendable_alone(*till.reader(), card, till.clock.now()).value();
  };
  REQUIRE(eventually([&] {
    chain.exchange();
    return here(chain.sunne) > 0 && here(chain.lysvik) > 0;
  }));
  const std::int64_t lease = here(chain.sunne);
  CHECK(lease + here(chain.lysvik) <= 15000);  // 30 % of what there is
  Fact fact = bought_with_gift(chain.sunne, lease);
  REQUIRE_FALSE(cover(*chain.sunne.reader(), fact, chain.sunne.clock.now()).value());
  chain.sunne.record(fact);
  Fact more = bought_with_gift(chain.sunne, 100);
  CHECK(cover(*chain.sunne.reader(), more, chain.sunne.clock.now()).value());
  chain.check_sound();
  CHECK(gift_at(chain.lysvik)->balance.minor == 49900 - lease);
}

TEST_CASE("blocked at one store it is blocked at the other, and free again") {
  CardChain chain;
  chain.make_known();
  for (const auto state : {GiftCardState::blocked, GiftCardState::active}) {
    chain.sunne.record(
        GiftCardChange{chain.sunne.clock.local_now(), "anna", gift, state, "found on the floor"});
    chain.exchange();
    CHECK(gift_at(chain.lysvik)->state == state);
    CHECK(gift_at(chain.lysvik)->reason == "found on the floor");
  }
  chain.check_sound();
}

TEST_CASE("what was paid in and is taken back at its store is gone at the other") {
  CardChain chain;
  chain.make_known();
  const auto bought = chain.lysvik.reader()->purchase(chain.sold).value();
  chain.lysvik.record(keepsake::test::bring_back(chain.lysvik.clock, *bought, chain.sold, 0, 1));
  chain.exchange();
  CHECK(gift_at(chain.lysvik)->balance.minor == 0);
  CHECK(gift_at(chain.sunne)->balance.minor == 0);
  chain.check_sound();
}

TEST_CASE("goods that it paid for at the other store are refunded onto it there") {
  CardChain chain;
  chain.make_known();
  const FactId sold = pay_on_line(chain.sunne, 12000);
  const auto bought = chain.sunne.reader()->purchase(sold).value();
  Return back = keepsake::test::bring_back(chain.sunne.clock, *bought, sold, 0, 1);
  back.tenders = {{TenderKind::gift_card, back.total, back.total, gift, {}}};
  chain.sunne.record(back);
  chain.check_sound();
  for (Till* each : {&chain.lysvik, &chain.sunne}) CHECK(gift_at(*each)->balance.minor == 50000);
  CHECK(chain.lysvik.totals().returns == 0);
}

TEST_CASE("one number sold at two stores that did not know of one another is one card") {
  CardChain chain;
  Purchase again =
      keepsake::test::purchase(chain.sunne.clock, {keepsake::test::line("GIFT", 1, 20000)});
  again.top_ups = {{0, StoredValue::gift_card, gift, again.total, std::nullopt}};
  chain.sunne.record(again);
  CHECK(gift_at(chain.sunne)->balance.minor == 20000);
  chain.check_sound();
  CHECK(gift_at(chain.sunne)->balance.minor == 70000);
  CHECK(gift_at(chain.lysvik)->balance.minor == 70000);
}

TEST_CASE("a number that no card has is nobody's, and every look-up counts, what was found too") {
  CardChain chain;
  CHECK_FALSE(LookUps(*chain.sunne.book).ask({ContactKind::card, "GC999999"}).value());
  CHECK_FALSE(LookUps(*chain.sunne.book).ask({ContactKind::card, "GC41700"}).value());  // a part
  CHECK(chain.look_up(chain.sunne).value());
  CHECK(chain.look_up(chain.sunne).value());  // known by now
  const auto centre =
      sqlite::open(chain.office.data() / "central.db", {.mode = sqlite::Mode::reader}).value();
  const auto count = central::count_look_ups(*centre, chain.sunne.book->enrolment()->terminal, {});
  CHECK(count.asked == 4);
  CHECK(count.found == 2);
  // What is said of cards stands in nobody's way among what people have published.
  for (const auto& each : central::publications(*centre, 100))
    CHECK(each.what != central::gift_card_statement);
}

TEST_CASE("a till that says what only head office says is not believed") {
  CardChain chain;
  GiftCardStatement rich;
  rich.at = chain.sunne.clock.local_now();
  rich.card = gift;
  rich.currency = *Currency::parse("NOK");
  rich.money = {{chain.sold, {99900, rich.currency}, std::nullopt}};
  CHECK(chain.sunne.book->record(rich).error().code == "fact.of-head-office");
  chain.sunne.record(
      CodesDealt{rich.at, "summer", chain.sold, 0, 1, chain.sunne.book->enrolment()->terminal});
  chain.sunne.sync();
  REQUIRE(chain.sunne.reader()->outcomes(5)->size() == 1);
  CHECK(chain.sunne.reader()->outcomes(5)->front().code == "fact.quarantined");
}

TEST_CASE("a till put up anew, and an order begun anew, know the card again") {
  CardChain chain;
  chain.make_known();
  pay_on_line(chain.sunne, 10000);
  chain.exchange();
  Till second;
  second.enrol_at(chain.office, "Sunne");
  second.sync();
  REQUIRE(gift_at(second));
  CHECK(gift_at(second)->balance.minor == 40000);
  chain.check_sound();
}

}  // namespace keepsake::sync::test

// Terminals that pull: their records are what head office's order gives, with their own facts on top
// (I11), whatever comes when; and when everything has been exchanged, all hold the same (I6).
#include <algorithm>
#include <deque>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "storage/book/rebuild.hpp"
#include "storage/domain/chain_settings.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/feed.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/sale/catalogue_request.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/reports.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/facts/codec.hpp"
#include "storage/feed/placing.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "tests/support/crash_vfs.hpp"
#include "tests/support/office_records.hpp"
#include "tests/support/older_records.hpp"
#include "tests/support/same_records.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

Till& any_of(std::deque<Till>& tills) {
  return tills[*rc::gen::inRange<std::size_t>(0, tills.size())];
}

void meet(std::deque<Till>& tills) {
  for (Till& each : tills)
    for (Till& other : tills)
      for (std::size_t n = 1; n < other.day.customers.size(); ++n)
        if (std::ranges::find(each.day.customers, other.day.customers[n]) ==
            each.day.customers.end())
          each.day.customers.push_back(other.day.customers[n]);
}

/// What head office says: of something that a till asked, or may ask, or of the tills' settings.
void answer(const Till& till, Order& order) {
  if (*rc::gen::inRange(0, 4) == 0)
    return order.say(ChainSettings{*rc::gen::element<std::string>(
        "wallet_months = 12", "[retention]\naudit_days = 30", "tomorrow = true")});
  const auto& asked = till.day.requests;
  CatalogueRequest word;
  if (asked.empty() || *rc::gen::inRange(0, 4) == 0)
    word.step = Permission{*rc::gen::element(Matter::prices, Matter::new_articles),
                           *rc::gen::element(true, true, false)};
  else
    word.step = RequestAnswer{asked[*rc::gen::inRange<std::size_t>(0, asked.size())],
                              *rc::gen::element(Ruling::accepted, Ruling::refused), ""};
  order.say(word);
}

/// Head office settles what a till sees, at times what the till has settled just now.
void settle(const Till& till, Order& order) {
  const auto reader = till.shop.reader();
  auto seen = *reader->open_exceptions(20);
  if (seen.empty() || *rc::gen::inRange(0, 3) == 0) {
    seen = *reader->settled_exceptions(20);
    for (ExceptionView& each : seen) each.settled.reset();
  }
  if (seen.empty()) return;
  const ExceptionView& one = seen[*rc::gen::inRange<std::size_t>(0, seen.size())];
  order.say(*settle(one, *rc::gen::elementOf(decisions_for(one)), "", "", {}));
}

/// Head office sends the store's records as of some place that the till has not passed.
void begin_with_snapshot(Till& till, const Order& order) {
  const FeedCursor cursor = till.shop.book->feed_cursor().value();
  const bool same = cursor.generation == order.generation;
  const auto least = same ? static_cast<std::size_t>(cursor.position) : 0;
  OfficeRecords office;
  office.follow(order, static_cast<FeedPosition>(
                           *rc::gen::inRange<std::size_t>(least, order.facts.size() + 1)));
  const auto taken = office.give(till, office.offer(order, till));
  RC_ASSERT(why(taken) == "");
  RC_ASSERT(rebuilt(till.shop) == "");
}

void step(std::deque<Till>& tills, Order& order) {
  Till& till = any_of(tills);
  if (*rc::gen::inRange(0, 40) == 0)
    order.restore(*rc::gen::inRange<std::size_t>(0, order.facts.size() + 1));
  switch (*rc::gen::inRange(0, 11)) {
    case 10:
      begin_with_snapshot(till, order);
      meet(tills);
      break;
    case 9:
      settle(till, order);
      break;
    case 8:
      answer(till, order);
      break;
    case 0:
      order.push(till, *rc::gen::inRange<std::size_t>(1, 6));
      break;
    case 1:
      order.push(till, everything);
      break;
    case 2:
    case 3:
      RC_ASSERT(why(pull(till, order, *rc::gen::inRange<std::size_t>(1, 8))) == "");
      RC_ASSERT(rebuilt(till.shop) == "");
      meet(tills);
      break;
    case 4: {  // an old page comes again, or one gets lost
      const auto any =
          static_cast<FeedPosition>(*rc::gen::inRange<std::size_t>(0, order.facts.size() + 1));
      RC_ASSERT(till.shop.book->take_in(order.page(till, any, 3)).ok());
      RC_ASSERT(rebuilt(till.shop) == "");
      break;
    }
    default:
      till.day.step();
  }
}

void exchange_all(std::deque<Till>& tills, Order& order) {
  for (Till& each : tills) order.push(each, everything);
  for (Till& each : tills) {
    RC_ASSERT(why(pull(each, order)) == "");
    RC_ASSERT(each.shop.book->feed_cursor().value() ==
              (FeedCursor{order.generation, static_cast<FeedPosition>(order.facts.size())}));
    RC_ASSERT(rebuilt(each.shop) == "");
    RC_ASSERT(findings_of(each.shop.data()) == "");
    RC_ASSERT(migrated_otherwise(each.shop.data() / "keepsake.db") == "");
  }
  for (Till& each : tills)
    RC_ASSERT(records_of_store(each.shop.data()) == records_of_store(tills.front().shop.data()));
}

}  // namespace

TEST_CASE("tills of a store hold the same when all is exchanged, whatever came when") {
  const bool holds = rc::check([] {
    const CrashDisk disk;  // for its speed only
    std::deque<Till> tills;
    for (std::uint32_t number = 1; number <= 3; ++number) tills.emplace_back(number);
    Order order{tills};
    for (int n = 0; n < 40; ++n) step(tills, order);
    exchange_all(tills, order);
  });
  CHECK(holds);
}

TEST_CASE("a member who joins at one till is known at the next, and the points are one account") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  Till& first = tills[0];
  Till& second = tills[1];
  first.shop.record(programme());
  Profile profile;
  profile.name = "Kari Nordmann";
  profile.phone = "+4791234567";
  const CustomerRef kari = first.shop.enrol(profile);
  order.push(first, everything);
  REQUIRE(pull(second, order).value());
  CHECK(second.shop.reader()->customer_by_phone("+4791234567").value() == kari);
  CHECK(second.shop.reader()->customer_profile(kari).value()->ref == kari);

  const auto buys = [&](Till& till) {
    Purchase bought = purchase(till.shop.clock, {line("1001", 1, 10000)});
    bought.customer = kari;
    bought.programme_version = 1;
    bought.points_earned = {100000};
    till.shop.record(bought);
  };
  buys(first);
  buys(second);
  for (Till* each : {&second, &first}) order.push(*each, everything);
  for (Till* each : {&first, &second}) {
    REQUIRE(pull(*each, order).ok());
    CHECK(each->shop.reader()->totals()->points_outstanding.hundredths == 200000);
    CHECK(rebuilt(each->shop) == "");
  }
}

TEST_CASE(
    "a part of a page ends where somebody wants to write, and leaves the records at a place of the "
    "order") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  Till& first = tills[0];
  Till& second = tills[1];
  for (int n = 0; n < 30; ++n)
    first.shop.record(purchase(first.shop.clock, {line("1001", 1, 10000)}));
  for (const char* code : {"1001", "1002", "1003"})
    order.say(CatalogueChange{{article(code, "Kopp", 9900)}, {}});
  order.push(first, everything);
  int own = 0, expected = 31;  // the prices together, and of the sales one by one
  SUBCASE("with nothing of its own on top") {}
  SUBCASE("with own sales on top: as many at once, for these are applied again each time") {
    own = 7;
    expected = 5;
  }
  for (int n = 0; n < own; ++n)
    second.shop.record(purchase(second.shop.clock, {line("1002", 1, 500)}));
  const FeedPage page = order.page(second, 0, everything);
  second.shop.book.reset();
  {
    const auto vault = Vault::open(second.shop.data()).value();
    const auto database = sqlite::open(second.shop.data() / "keepsake.db", {}).value();
    int parts = 0;
    for (bool more = true, kept = false; more; ++parts, kept = true) {
      Transaction transaction(*database);
      if (!kept) REQUIRE(feed::keep(*database, *vault, second.shop.data(), page)->to_place);
      more =
          feed::place_some(*database, *vault, second.shop.data(), [] { return true; }).value().more;
      transaction.commit();
    }
    CHECK(parts == expected);
  }
  second.shop.book = Book::open(second.shop.data(), second.shop.clock).value();
  CHECK(rebuilt(second.shop) == "");
  exchange_all(tills, order);
}

TEST_CASE("own facts find their place in small parts, however many there are on top") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  Till& till = tills[0];
  for (int n = 0; n < 100; ++n)
    till.shop.record(purchase(till.shop.clock, {line("1001", 1, 10000)}));
  order.push(till, everything);
  order.say(CatalogueChange{{article("1001", "Kopp", 9900)}, {}});
  till.shop.record(purchase(till.shop.clock, {line("1001", 1, 500)}));  // stays on top
  const FeedPage page = order.page(till, 0, everything);
  till.shop.book.reset();
  bool wanted = false;
  int expected = 5;  // 32, 32, 32 and the last 4, then the price
  SUBCASE("while nobody waits") {}
  SUBCASE("one by one where somebody does") {
    wanted = true;
    expected = 101;
  }
  {
    const auto vault = Vault::open(till.shop.data()).value();
    const auto database = sqlite::open(till.shop.data() / "keepsake.db", {}).value();
    int parts = 0;
    for (bool more = true, kept = false; more; ++parts, kept = true) {
      Transaction transaction(*database);
      if (!kept) REQUIRE(feed::keep(*database, *vault, till.shop.data(), page)->to_place);
      more = feed::place_some(*database, *vault, till.shop.data(), [&] { return wanted; })
                 .value()
                 .more;
      transaction.commit();
    }
    CHECK(parts == expected);
  }
  till.shop.book = Book::open(till.shop.data(), till.shop.clock).value();
  CHECK(rebuilt(till.shop) == "");
  exchange_all(tills, order);
}

TEST_CASE("each till has its own drawer, and closing it asks for no other till's") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  for (Till& each : tills) {
    each.shop.record(ShiftOpening{each.shop.clock.local_now(), "anna", kroner(50000)});
    order.push(each, everything);
  }
  for (Till& each : tills) {
    REQUIRE(pull(each, order).ok());
    CHECK(each.shop.reader()->open_shift().value()->id.terminal().value == each.number);
    CHECK(each.shop.book->record(ShiftOpening{each.shop.clock.local_now(), "per", kroner(0)})
              .error()
              .code == "shift.already-open");
    CHECK(rebuilt(each.shop) == "");
  }
}

TEST_CASE(
    "what only a later version understands is kept, and taken in when that version is there") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  Till& first = tills[0];
  Till& second = tills[1];
  first.shop.record(CatalogueChange{{article("1001", "Kopp")}, {}});
  order.push(first, everything);
  FeedPage page = order.page(second, 0, everything);
  page.entries.push_back({2, FactId::make({1}, {1}, {1}, 99), 999, false, "from the future"});
  page.head = 2;
  REQUIRE(second.shop.book->take_in(page).ok());
  CHECK(rebuilt(second.shop) == "");
  second.shop.record(purchase(second.shop.clock, {line("1001", 1, 9900)}));
  second.shop.book.reset();
  {  // as a version left it that knew no catalogues
    const auto database = sqlite::open(second.shop.data() / "keepsake.db").value();
    database->execute(
        "UPDATE feed SET understood = 0; DELETE FROM article_word; DELETE FROM article");
  }
  second.shop.book = Book::open(second.shop.data(), second.shop.clock).value();
  CHECK(second.shop.reader()->article_by_code("1001").value());
  CHECK(rebuilt(second.shop) == "");
  CHECK(findings_of(second.shop.data()) == "");
}

TEST_CASE("what came down and was changed on the disk is found") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  tills[0].shop.record(CatalogueChange{{article("1001", "Kopp")}, {}});
  order.push(tills[0], everything);
  REQUIRE(pull(tills[1], order).ok());
  const auto data = tills[1].shop.data();
  tills[1].shop.book.reset();
  sqlite::open(data / "keepsake.db").value()->execute("UPDATE feed SET type = 7");
  CHECK(findings_of(data).find("What head office sent down was changed") != std::string::npos);
}

TEST_CASE("of an own fact the journal's word counts, whatever a page says its type is") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  Shop& shop = tills[0].shop;
  const FactId id = shop.record(programme());
  FeedPage page{7, 0, 1, true, true, {{1, id, 255, true, ""}}, {}};
  REQUIRE(shop.book->take_in(page).ok());
  CHECK(shop.reader()->programme()->version == 1);
  CHECK(rebuilt(shop) == "");
  CHECK(findings_of(shop.data()) == "");
}

TEST_CASE("who was erased leaves no word of a damaged profile, in the records or made anew") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Shop& shop = tills[1].shop;
  const CustomerRef customer = tills[0].shop.enrol({}, "C-1");
  const auto record = tills[0].shop.reader()->read(1, 1, everything)->front();
  CustomerEnrolment enrolment =
      get<CustomerEnrolment>(decode(FactType::customer_enrolled, record.body).value());
  enrolment.sealed_profile.back() ^= 1;
  const std::string box = shop.book->vault().box_public();
  FeedPage page{7,
                0,
                1,
                true,
                true,
                {{1, record.id, record.type, false, *encode(enrolment)}},
                *tills[0].shop.book->vault().seal_keys_for({&customer, 1}, box)};
  REQUIRE(shop.book->take_in(page).ok());
  CHECK(records_of_store(shop.data()).find("profile.damaged") != std::string::npos);
  REQUIRE(shop.book->erase(customer, "asked", "anna").ok());
  CHECK(records_of_store(shop.data()).find("profile.damaged") == std::string::npos);
  CHECK(rebuilt(shop) == "");
}

TEST_CASE("two tills that erase one customer contradict nobody") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  const CustomerRef customer = tills[0].shop.enrol({}, "C-1");
  order.push(tills[0], everything);
  REQUIRE(pull(tills[1], order).ok());
  for (Till& each : tills) REQUIRE(each.shop.book->erase(customer, "asked", "anna").ok());
  exchange_all(tills, order);
  CHECK(records_of_store(tills[0].shop.data()).ends_with("test.exception\n"));
}

TEST_CASE("what two tills take back beyond what was sold is for a person, and all agree on it") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  const Purchase bought = purchase(tills[0].shop.clock, {line("1001", 2, 9900)});
  const FactId sold = tills[0].shop.record(bought);
  order.push(tills[0], everything);
  REQUIRE(pull(tills[1], order).ok());
  tills[0].shop.record(bring_back(tills[0].shop.clock, bought, sold, 0, 1));
  tills[1].shop.record(bring_back(tills[1].shop.clock, bought, sold, 0, 2));
  exchange_all(tills, order);
  CHECK(records_of_store(tills[0].shop.data()).find("return.beyond-sold") != std::string::npos);
}

TEST_CASE("more that came back than was sold is found where nobody was told of it") {
  Shop shop;
  const Purchase bought = purchase(shop.clock, {line("1001", 2, 9900)});
  const FactId sold = shop.record(bought);
  shop.record(bring_back(shop.clock, bought, sold, 0, 1));
  const auto data = shop.data();
  CHECK(findings_of(data) == "");
  shop.book.reset();
  sqlite::open(data / "keepsake.db")
      .value()
      ->execute("UPDATE goods_return_line SET quantity = 3000");
  CHECK(findings_of(data).find("more came back than was sold") != std::string::npos);
}

TEST_CASE("an old answer that names a former order changes nothing for good") {
  std::deque<Till> tills;
  tills.emplace_back(1001);
  tills.emplace_back(1002);
  Order order{tills};
  tills[0].shop.record(purchase(tills[0].shop.clock, {line("1001", 1, 10000)}));
  order.push(tills[0], everything);
  order.restore(everything);
  REQUIRE(pull(tills[1], order).ok());
  // Of before head office was put back: in a file that lay in a drawer.
  REQUIRE(tills[1].shop.book->begin_feed(order.generation - 1).ok());
  tills[0].shop.record(purchase(tills[0].shop.clock, {line("1001", 1, 20000)}));
  order.push(tills[0], everything);
  const auto pulled = pull(tills[1], order);
  REQUIRE_MESSAGE(pulled.ok(), why(pulled));
  CHECK(tills[1].shop.reader()->totals()->purchases == 2);
  CHECK(rebuilt(tills[1].shop) == "");
}

TEST_CASE("what another store took back beyond what was sold is told there, and no finding here") {
  std::deque<Till> tills;
  tills.emplace_back(1001);
  Till& till = tills.front();
  Order order{tills};
  const CustomerRef kari = till.shop.enrol({}, "C-1");
  Purchase bought = purchase(till.shop.clock, {line("1001", 1, 9900)});
  bought.customer = kari;
  const FactId sold = till.shop.record(bought);
  const Return back = bring_back(till.shop.clock, bought, sold, 0, 1);
  till.shop.record(back);
  order.push(till, everything);
  FeedPage page = order.page(till, 0, everything);
  page.entries.push_back({++page.head, FactId::make({}, {2002}, {1}, 1),
                          static_cast<std::uint16_t>(FactType::returned), false, *encode(back),
                          "Sunne"});
  REQUIRE(till.shop.book->take_in(page).ok());
  CHECK(till.shop.reader()->refunds_of(sold)->size() == 2);
  CHECK(findings_of(till.shop.data()) == "");
}

TEST_CASE("who was erased elsewhere has no key here, also where all records are made anew") {
  std::deque<Till> tills;
  tills.emplace_back(1001);
  tills.emplace_back(1002);
  Order order{tills};
  const CustomerRef kari = tills[0].shop.enrol({}, "C-1");
  const CustomerRef ola = tills[0].shop.enrol({}, "C-2");
  order.push(tills[0], everything);
  REQUIRE(pull(tills[1], order).ok());
  // How to take back what this till did is not kept over an erasure of its own.
  REQUIRE(tills[1].shop.book->erase(ola, "request", "marit").ok());
  REQUIRE(tills[0].shop.book->erase(kari, "request", "marit").ok());
  order.push(tills[0], everything);
  REQUIRE(pull(tills[1], order).ok());
  Vault& vault = tills[1].shop.book->vault();
  CHECK(vault.seal_keys_for({&kari, 1}, vault.box_public())->empty());
  CHECK(rebuilt(tills[1].shop) == "");
}

TEST_CASE("what earns once has earned once, whichever till said so first") {
  std::deque<Till> tills;
  tills.emplace_back(1);
  tills.emplace_back(2);
  Order order{tills};
  tills[0].shop.record(programme());
  const CustomerRef kari = tills[0].shop.enrol({}, "C-1");
  order.push(tills[0], everything);
  REQUIRE(pull(tills[1], order).ok());
  for (Till& each : tills) {
    LoyaltyEvent survey;
    survey.at = each.shop.clock.local_now();
    survey.customer = kari;
    survey.currency = nok();
    survey.programme_version = 1;
    survey.event = survey.cause = "survey: spring";
    survey.points_earned = {5000};
    survey.loyalty.to_wallet = survey.loyalty.paid_out = kroner(0);
    survey.loyalty.rules = {{"survey", {5000}}};
    survey.loyalty.issued = {{{5000}, std::nullopt, std::nullopt}};
    each.shop.record(survey);
  }
  exchange_all(tills, order);
  for (Till& each : tills)
    CHECK(each.shop.reader()->customer(kari).value()->balance == Points{5000});
  CHECK(records_of_store(tills[0].shop.data()).find("event.twice") != std::string::npos);
}

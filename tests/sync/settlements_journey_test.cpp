// What two tills without a line both did is an exception at the store's tills and at head office, and
// is settled once: both ends in one process, over real TLS.

#include <doctest/doctest.h>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/records/reports/exceptions.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/services/exceptions.hpp"
#include "sync/agent/look_up.hpp"
#include "sync/central/exceptions.hpp"
#include "tests/support/any_day.hpp"
#include "tests/support/covers.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

const ContactKey by_phone{ContactKind::phone, "+4791234567"};

struct Chain {
  HeadOffice office;
  Till first, second, elsewhere;
  CustomerRef kari;
  FactId sold, twice;

  Chain() {
    first.enrol_at(office, "Lysvik");
    second.enrol_at(office, "Lysvik");
    elsewhere.enrol_at(office, "Sunne");
    for (Till* each : {&first, &second, &elsewhere}) each->record(keepsake::test::programme());
    Profile profile;
    profile.name = "Kari Nordmann";
    profile.phone = by_phone.value;
    kari = first.enrol(profile);
    sold = buys(1000);
    exchange();
    const auto known = LookUps(*elsewhere.book).ask(by_phone);
    REQUIRE(known.ok());
    REQUIRE(*known);
    exchange();
  }

  FactId buys(std::int64_t points) {
    Purchase bought = keepsake::test::purchase(first.clock, {keepsake::test::line("1001", 1, 100)});
    bought.customer = kari;
    bought.programme_version = 1;
    bought.points_earned = {points};
    return first.record(bought);
  }
  FactId claims(Till& till, std::int64_t points) {
    LoyaltyEvent claim;
    claim.at = till.clock.local_now();
    claim.customer = kari;
    claim.currency = keepsake::test::nok();
    claim.programme_version = 1;
    claim.loyalty.to_wallet = claim.loyalty.paid_out = keepsake::test::kroner(0);
    claim.loyalty.used = {{{sold, 0}, {points}}};
    return till.record(claim);
  }
  /// 2 points more than there are.
  void overspend() {
    claims(first, 600);
    twice = claims(second, 600);
    exchange();
    CHECK(where_open() == "first second centre");
  }

  void exchange() {
    for (int round = 0; round < 2; ++round)
      for (Till* each : {&first, &second, &elsewhere}) each->sync();
  }
  void settle_at(Till& till, Decision decision, const std::string& by = "marit") {
    const auto open = till.reader()->open_exceptions(10);
    REQUIRE(open.ok());
    REQUIRE(open->size() == 1);
    const auto fact = settle_exception(*till.book, open->front().name, decision, "agreed", by,
                                       till.clock.local_now());
    REQUIRE_MESSAGE(fact.ok(), (fact.ok() ? "" : to_line(fact.error())));
  }
  void settle_at_head_office(Decision decision) {
    const auto open = at_centre();
    REQUIRE(open.size() == 1);
    central::Publication publication;
    publication.what = "settled";
    publication.store = open.front().store;
    publication.made_by = "shell:anna";
    publication.at = office.clock.now();
    const auto said = settle(open.front(), decision, "", {}, {office.clock.now(), 0});
    REQUIRE(said.ok());
    const auto number = central::ask_to_publish(office.data(), publication, {*said});
    REQUIRE_MESSAGE(number.ok(), (number.ok() ? "" : to_line(number.error())));
  }

  std::unique_ptr<Database> centre() const {
    auto database = sqlite::open(office.data() / "central.db", {.mode = sqlite::Mode::reader});
    REQUIRE(database.ok());
    return std::move(*database);
  }
  std::vector<ExceptionView> at_centre() const {
    return central::open_exceptions(*centre(), std::nullopt, 10);
  }
  std::string where_open() {
    std::string names;
    const auto add = [&](const char* name, std::size_t open) {
      if (open > 0) names += (names.empty() ? "" : " ") + std::string(name);
    };
    add("first", first.reader()->open_exceptions(10)->size());
    add("second", second.reader()->open_exceptions(10)->size());
    add("elsewhere", elsewhere.reader()->open_exceptions(10)->size());
    add("centre", at_centre().size());
    CHECK(first.reader()->count_open_exceptions().value() ==
          static_cast<std::int64_t>(first.reader()->open_exceptions(10)->size()));
    return names;
  }

  static Points debt_at(Till& till, const CustomerRef& of) {
    const auto database =
        sqlite::open(till.data() / "keepsake.db", {.mode = sqlite::Mode::reader}).value();
    return records::debt(*database, of);
  }
  /// Owed everywhere where she is known; and everything sound.
  void check_debt(Points owed) {
    for (Till* each : {&first, &second, &elsewhere}) {
      CHECK(debt_at(*each, kari) == owed);
      CHECK(keepsake::test::rebuilt(*each) == "");
      CHECK(keepsake::test::findings_of(each->data()) == "");
    }
    CHECK(records::debt(*centre(), kari) == owed);
  }
  Decision decided(Till& till) {
    const auto settled = till.reader()->settled_exceptions(10);
    REQUIRE(settled->size() == 1);
    return settled->front().settled->decision;
  }
};

}  // namespace

TEST_CASE("settled at one till, gone at both and at head office, and owed at every till") {
  Chain chain;
  chain.overspend();
  chain.check_debt({0});
  chain.settle_at(chain.first, Decision::debt);
  CHECK(chain.where_open() == "second centre");
  CHECK(Chain::debt_at(chain.first, chain.kari) == Points{200});
  chain.exchange();
  CHECK(chain.where_open().empty());
  chain.check_debt({200});
  const auto settled = chain.second.reader()->settled_exceptions(10);
  REQUIRE(settled->size() == 1);
  CHECK(settled->front().name == ExceptionName{chain.twice, "points.short"});
  CHECK(settled->front().settled->staff == "marit");
  CHECK(settled->front().settled->reason == "agreed");
  // What she earns next pays it, once.
  chain.first.sync();
  CHECK(chain.first.sync().exceptions == 0);
}

TEST_CASE("settled at head office, gone at every till of the store") {
  Chain chain;
  chain.overspend();
  chain.settle_at_head_office(Decision::debt);
  CHECK(chain.where_open() == "first second");
  chain.exchange();
  CHECK(chain.where_open().empty());
  chain.check_debt({200});
  CHECK(chain.first.reader()->settled_exceptions(10)->front().settled->staff.empty());
}

TEST_CASE("two managers and head office at once: the first in the order stands, everywhere") {
  Chain chain;
  chain.overspend();
  chain.settle_at(chain.first, Decision::debt, "marit");
  chain.settle_at(chain.second, Decision::absorb, "ola");
  chain.settle_at_head_office(Decision::debt);
  chain.second.sync();
  chain.exchange();
  CHECK(chain.where_open().empty());
  for (Till* each : {&chain.first, &chain.second}) CHECK(chain.decided(*each) == Decision::debt);
  CHECK(chain.first.reader()->settled_exceptions(10)->front().settled->staff.empty());
  chain.check_debt({200});
}

TEST_CASE("two tills at once, and the one that is on line first is first") {
  Chain chain;
  chain.overspend();
  chain.settle_at(chain.first, Decision::debt, "marit");
  chain.settle_at(chain.second, Decision::absorb, "ola");
  CHECK(Chain::debt_at(chain.first, chain.kari) == Points{200});
  chain.second.sync();
  chain.exchange();
  CHECK(chain.where_open().empty());
  for (Till* each : {&chain.first, &chain.second}) CHECK(chain.decided(*each) == Decision::absorb);
  chain.check_debt({0});  // the debt is taken back at the till that said it
}

TEST_CASE("what only a till without a line saw is not owed when it was not so") {
  Chain chain;
  chain.claims(chain.first, 600);
  chain.first.sync();
  // The second till spends off line, hears of the first one's, and its manager says debt.
  chain.twice = chain.claims(chain.second, 600);
  chain.exchange();
  chain.settle_at(chain.second, Decision::debt);
  chain.exchange();
  chain.check_debt({200});
  // A second word about it changes nothing, here or there.
  const auto again = settle_exception(*chain.first.book, {chain.twice, "points.short"},
                                      Decision::absorb, "", "ola", chain.first.clock.local_now());
  CHECK(again.error().code == "exception.settled");
  chain.check_debt({200});
}

TEST_CASE("what head office alone found is settled at the till that sent it") {
  Chain chain;
  const auto registers = [](Till& till) {
    WarrantyRegistration item;
    item.article = "1001";
    item.article_name = "Lamp";
    item.maker = "Nordlys";
    item.serial = item.serial_typed = "SN1";
    item.covers = keepsake::test::covered(std::chrono::year(2026) / 11 / 21, 24);
    item.at = till.clock.local_now();
    till.record(item);
  };
  registers(chain.elsewhere);
  chain.exchange();
  registers(chain.second);
  chain.exchange();
  // The item is not known to the other till of the store: it cannot know of the dispute.
  CHECK(chain.where_open() == "second centre");
  const auto open = chain.second.reader()->open_exceptions(10);
  CHECK(open->front().name.code == "warranty.disputed");
  CHECK(open->front().subject == ExceptionSubject::warranty);
  CHECK(chain.second.sync().exceptions == 1);
  chain.settle_at(chain.second, Decision::noted);
  chain.exchange();
  CHECK(chain.where_open().empty());
  CHECK(chain.second.sync().exceptions == 0);
  for (Till* each : {&chain.first, &chain.second}) {
    CHECK(chain.decided(*each) == Decision::noted);
    CHECK(keepsake::test::rebuilt(*each) == "");
  }
}

TEST_CASE("an agent that runs counts what is open, and no more what another till settled") {
  Chain chain;
  chain.overspend();
  const auto agent = Agent::start(
      *chain.second.book, chain.second.clock, [] {}, [] {});
  CHECK(eventually([&] { return agent->state().exceptions == 1; }));
  chain.settle_at(chain.first, Decision::absorb);
  chain.first.sync();
  CHECK(eventually([&] { return agent->state().exceptions == 0; }, std::chrono::seconds(30)));
}

}  // namespace keepsake::sync::test

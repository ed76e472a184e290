// What earns beside sales, at the till: joining, being brought, a warranty registered by itself.
#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/covers.hpp"
#include "tests/support/fake_clock.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

Programme written(std::int32_t version, const std::string& joining) {
  Programme programme;
  programme.version = version;
  programme.name = "Lysvik";
  programme.currency = *Currency::parse("NOK");
  programme.source =
      "name = \"Lysvik\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n";
  const auto rule = [&](const char* id, const char* event, const std::string& points) {
    programme.source += std::string("[[rule]]\nkind = \"event\"\nid = \"") + id + "\"\nevent = \"" +
                        event + "\"\npoints = " + points + "\n";
  };
  rule("joined", "enrolled", joining);
  rule("brought", "referred", "20");
  rule("brings", "referrer", "30");
  rule("covered", "warranty registered", "7");
  return programme;
}

struct EarningTill {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};

  EarningTill() { REQUIRE(shop.book->record(written(2, "10")).ok()); }

  template <class Q>
  typename Q::Answer ask(Q question) {
    clock.advance(std::chrono::seconds(1));
    return test::ask(*shop.book, *reader, programme, std::move(question),
                     {Viewer::staff, "marit", clock.local_now()});
  }
  flow::Recorded join(const char* name, const char* phone, const char* card,
                      const char* referred_by = "") {
    flow::Enrol job;
    job.profile.name = name;
    job.profile.phone = phone;
    job.card = card;
    job.at = clock.local_now();
    job.referred_by = referred_by;
    return ask(job);
  }
  Points balance(const CustomerRef& ref) const { return reader->customer(ref)->value().balance; }
};

}  // namespace

TEST_CASE("joining at the till earns and so do both sides of a referral") {
  EarningTill till;
  const auto kari = till.join("Kari Nordmann", "+4740000001", "KC1");
  REQUIRE(kari.id.ok());
  CHECK(kari.member->balance == Points{1'000});
  const auto by_card = till.join("Ola Nordmann", "+4740000002", "KC2", "KC1");
  REQUIRE(by_card.id.ok());
  CHECK(by_card.member->balance == Points{3'000});
  CHECK(till.balance(kari.member->ref) == Points{4'000});
  CHECK(till.join("Per Hansen", "+4740000003", "KC3", "+4740000001").id.ok());
  CHECK(till.balance(kari.member->ref) == Points{7'000});
  const auto nobody = till.join("Liv Berg", "+4740000004", "KC4", "KC99");
  CHECK(nobody.id.error().code == "referrer.unknown");
  CHECK(till.reader->totals()->customers == 3);
}

TEST_CASE("a programme that comes in is in force with the next question") {
  EarningTill till;
  CHECK(till.join("Kari Nordmann", "+4740000001", "KC1").member->balance == Points{1'000});
  REQUIRE(till.shop.book->record(written(3, "25")).ok());
  CHECK(till.join("Ola Nordmann", "+4740000002", "KC2").member->balance == Points{2'500});
  CHECK((*till.programme.get(*till.reader))->programme.version == 3);
}

TEST_CASE("a warranty registered at the till earns once") {
  EarningTill till;
  const auto kari = till.join("Kari Nordmann", "+4740000001", "KC1");
  WarrantyRegistration fact;
  fact.article = "KOK17";
  fact.article_name = "Kettle";
  fact.maker = "Kok";
  fact.serial = fact.serial_typed = "KOK123";
  fact.covers = test::covered(till.clock.local_now().date(), 24);
  fact.customer = kari.member->ref;
  fact.at = till.clock.local_now();
  const auto first = till.ask(flow::RecordFact{fact});
  REQUIRE(first.id.ok());
  CHECK(first.member->balance == Points{1'700});
  const auto again = till.ask(flow::RecordFact{fact});
  REQUIRE(again.id.ok());
  CHECK(again.member->balance == Points{1'700});
}

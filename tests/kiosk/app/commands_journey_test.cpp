// Commands while the kiosk is open: the real screens, a real book, the socket between them.
#include <doctest/doctest.h>
#include <thread>

#include "kiosk/control/running_book.hpp"
#include "kiosk/flow/sale/figures.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/journal/journal.hpp"
#include "tests/kiosk/app/open_kiosk.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

/// A kiosk at which Ola is signed in, a cashier.
struct SellingKiosk : test::OpenKiosk {
  SellingKiosk() {
    open();
    play(
        "tap start\ntap staff\nkeys pad 1357\ntap submit\nwait-for counted\nkeys pad 1000\n"
        "tap submit\nwait-for search\n");
  }
  Result<std::unique_ptr<Book>> command(std::function<void()> waits = {}) {
    return control::open_running(shop.folder, clock, std::move(waits));
  }
  Fact dearer_kettle() {
    Article kettle;
    kettle.code = "KOK17";
    kettle.name = "Kettle Kok 1.7 l";
    kettle.price = *parse_unit_price("599.00", *Currency::parse("NOK"));
    kettle.gtin = *Gtin::parse(test::kettle_gtin);
    kettle.tax = {2500};
    return CatalogueChange{{kettle}, {}};
  }
  Fact programme(std::int32_t version) {
    Programme programme;
    programme.version = version;
    programme.name = "Spring Club";
    programme.currency = *Currency::parse("NOK");
    programme.per_major_unit = {10};
    programme.point_value_milli_minor = 10000;
    return programme;
  }
  Money total() const { return flow::totals(app->session().till, app->context()).total; }
  Seq head() const { return (*(*shop.book->reader())->head()).seq; }
};

}  // namespace

TEST_CASE("whoever a command removes is signed out at once, and cannot sign in again") {
  SellingKiosk kiosk;
  const auto book = kiosk.command();
  REQUIRE(book.ok());
  REQUIRE(remove_staff(**book, "ola", "shell:anna", kiosk.clock.local_now()).ok());
  kiosk.play("wait 0.3");
  CHECK_FALSE(kiosk.app->session().visit.staff.has_value());
  const auto& known = kiosk.app->session().device.staff;
  REQUIRE(known.has_value());
  CHECK(std::ranges::none_of(*known, [](const StaffMember& each) { return each.id == "ola"; }));
}

TEST_CASE("a price that a command changes in the middle of a sale counts from the next sale on") {
  SellingKiosk kiosk;
  kiosk.play("scan 7038010000010\nexpect 499");
  const Seq before = kiosk.head();
  std::atomic<bool> waits = false, recorded = false;
  std::thread command([&] {
    const auto book = kiosk.command([&] { waits = true; });
    REQUIRE(book.ok());
    CHECK((*book)->record(kiosk.dearer_kettle()).ok());
    recorded = true;
  });
  kiosk.play("wait 0.5\nscan 7038010000010\nexpect 998");
  CHECK(waits);
  CHECK_FALSE(recorded);
  CHECK(kiosk.head() == before);
  CHECK(kiosk.total() == kiosk.shop.nok("998"));  // both of them at the price of this sale
  kiosk.play("tap pay\ntap take\nwait-for next\nwait 0.7");
  command.join();
  CHECK(recorded);
  kiosk.play("tap next\nscan 7038010000010\nexpect 599");
  CHECK(kiosk.total() == kiosk.shop.nok("599"));
}

TEST_CASE("a programme that a command publishes is in force from the next sale on") {
  SellingKiosk kiosk;
  kiosk.play("scan 7038010000010\nexpect 499");
  std::thread command([&] {
    const auto book = kiosk.command();
    REQUIRE(book.ok());
    CHECK((*book)->record(kiosk.programme(2)).ok());
  });
  kiosk.play("wait 0.5");
  CHECK(kiosk.app->context().active->programme.version == 1);
  kiosk.play("tap pay\ntap take\nwait-for next\nwait 0.7");
  command.join();
  kiosk.play("wait 0.2");
  CHECK(kiosk.app->context().active->programme.version == 2);
}

TEST_CASE("sales are recorded while commands are, and every one of both is there") {
  SellingKiosk kiosk;
  std::atomic<bool> stop = false;
  std::atomic<int> commands = 0;
  std::thread command([&] {
    const auto book = kiosk.command();
    REQUIRE(book.ok());
    for (int each = 0; !stop; ++each) {
      StaffMember member{"p" + std::to_string(each % 5), "Per", false};
      if (put_staff(**book, member, std::nullopt, "shell:anna", kiosk.clock.local_now()).ok())
        ++commands;
    }
  });
  const Seq before = kiosk.head();
  kiosk.play("scan 7038010000010\ntap pay\ntap take\nwait-for next\ntap next");
  kiosk.play("scan 7038010000010\ntap pay\ntap take\nwait-for next\ntap next");
  stop = true;
  command.join();
  CHECK(commands > 0);
  CHECK((*kiosk.shop.book->reader())->totals()->purchases == 2);
  CHECK(kiosk.head() >= before + 2);
}

TEST_CASE("the kiosk closes while a command waits for the end of the sale") {
  SellingKiosk kiosk;
  kiosk.play("scan 7038010000010\nexpect 499");
  const Seq before = kiosk.head();
  std::atomic<bool> waits = false;
  Result<FactId> id = FactId{};
  std::thread command([&] {
    const auto book = kiosk.command([&] { waits = true; });
    REQUIRE(book.ok());
    id = (*book)->record(kiosk.dearer_kettle());
  });
  kiosk.play("wait 0.5");
  CHECK(waits);
  kiosk.app.reset();
  command.join();
  REQUIRE_FALSE(id.ok());
  CHECK(id.error().code == "control.closing");
  CHECK(kiosk.head() == before);
}

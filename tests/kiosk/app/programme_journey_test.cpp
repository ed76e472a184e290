// Another programme is published while the kiosk is open: the real screens, a real book.
#include <doctest/doctest.h>

#include "kiosk/flow/sale/figures.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/every_fact.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/programme/programme_file.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/open_kiosk.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

constexpr const char* kari_card = "KC4417123456789113";

struct ClubKiosk : test::OpenKiosk {
  ClubKiosk() {
    join();
    open();
    play(
        "tap start\ntap staff\nkeys pad 2468\ntap submit\nwait-for counted\nkeys pad 1000\n"
        "tap submit\nwait-for search\n");
  }

  /// Version 2: 50 off every sale.
  void publish() {
    ProgrammeFile next = parse_programme(
        "name = \"Spring Club\"\ncurrency = \"NOK\"\n[earn]\npoints = 1\nfor_each = \"10.00\"\n"
        "[[reward]]\nid = \"spring\"\nname = \"Spring\"\nkind = \"money off\"\nvalue = 50\n"
        "trigger = \"automatic\"\n",
        "spring.toml");
    REQUIRE_MESSAGE(next.mistakes.empty(), next.mistakes.front().what);
    next.programme.version = 2;
    REQUIRE(shop.book->record(next.programme).ok());
  }
  Money total() const { return flow::totals(app->session().till, app->context()).total; }
  /// The newest one on disk.
  Purchase purchase() {
    const auto reader = *shop.book->reader();
    const auto newest = reader->last_purchases({}, 1);
    REQUIRE(newest.ok());
    REQUIRE(newest->size() == 1);
    return **reader->purchase(newest->front().id);
  }

 private:
  void join() {
    const auto reader = *shop.book->reader();
    CurrentProgramme programme(*shop.book);
    flow::Enrol job;
    job.profile.name = "Kari Nordmann";
    job.profile.phone = "+4740000001";
    job.card = kari_card;
    job.at = clock.local_now();
    const flow::Requester marit{Viewer::staff, "marit", clock.local_now()};
    REQUIRE(test::ask(*shop.book, *reader, programme, job, marit).id.ok());
  }
};

}  // namespace

TEST_CASE("an open sale that nothing is paid of goes by the new programme as soon as it is known") {
  ClubKiosk kiosk;
  kiosk.play("scan 7038010000010\nexpect 499");
  CHECK(kiosk.total() == kiosk.shop.nok("499"));
  kiosk.publish();
  kiosk.play("scan KC4417123456789113\nexpect Kari\nexpect 449");
  CHECK(kiosk.app->context().active->programme.version == 2);
  CHECK(kiosk.total() == kiosk.shop.nok("449"));
  kiosk.play("tap pay\ntap take\nwait-for next");
  CHECK(kiosk.purchase().programme_version == 2);
  CHECK(kiosk.purchase().total == kiosk.shop.nok("449"));
}

TEST_CASE("what is paid in part ends by the programme it began with, and the next sale does not") {
  ClubKiosk kiosk;
  kiosk.play("scan 7038010000010\ntap pay\nkeys pad 200\ntap take\nwait-for tender.remove.0");
  kiosk.publish();
  kiosk.play("scan KC4417123456789113\nexpect Kari");
  CHECK(kiosk.app->context().active->programme.version == 2);
  CHECK(kiosk.total() == kiosk.shop.nok("499"));
  kiosk.play("tap take\nwait-for next");
  CHECK(kiosk.purchase().programme_version == 1);
  CHECK(kiosk.purchase().total == kiosk.shop.nok("499"));
  kiosk.play("tap next\nscan 7038010000010\nexpect 449\ntap pay\ntap take\nwait-for next");
  CHECK(kiosk.purchase().programme_version == 2);
}

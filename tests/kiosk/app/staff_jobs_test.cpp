#include "kiosk/app/staff_jobs.hpp"

#include <doctest/doctest.h>

#include "storage/domain/staff/staff_change.hpp"
#include "storage/facts/codec.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

/// Marit, a manager, and Ola, a cashier; it is Marit who asks.
struct StaffRoom {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};

  template <class Q>
  flow::StaffChanged ask(Q question) {
    return test::ask(*shop.book, *reader, programme, std::move(question),
                     {Viewer::manager, "marit", clock.local_now()});
  }
  flow::StaffChanged change(StaffMember member, const char* pin = "") {
    return ask(flow::ChangeStaff{std::move(member), pin});
  }
  StaffChange last_fact() {
    const auto last = reader->read(reader->head()->seq, 1, 100'000)->front();
    return get<StaffChange>(*decode(FactType{last.type}, last.body));
  }
};

}  // namespace

TEST_CASE("somebody new has an id of their name in Latin letters, and who took them on is kept") {
  StaffRoom room;
  const auto added = room.change({"", "Олена Коваль", false}, "60912");
  REQUIRE(added.outcome.ok());
  CHECK(*added.staff == std::vector<StaffEntry>{{{"marit", "Marit", true}, true},
                                                {{"ola", "Ola", false}, true},
                                                {{"olena", "Олена Коваль", false}, true}});
  CHECK(room.last_fact().staff == "marit");
  CHECK(room.last_fact().member.id == "olena");
  REQUIRE(room.change({"", "Ólena", true}, "73105").outcome.ok());
  CHECK(room.last_fact().member.id == "olena-2");
}

TEST_CASE("names, roles and PINs change, and a PIN of somebody else's does not") {
  StaffRoom room;
  const auto signs_in = [&](const char* pin) {
    const auto member =
        sign_in(*room.reader, room.shop.book->vault(), pin, PinPlace::stand, room.clock.now());
    return member.ok() ? *member : StaffMember{member.error().code, "", false};
  };
  REQUIRE(room.change({"ola", "Ola Berg", true}).outcome.ok());
  CHECK(signs_in(test::ola_pin) == StaffMember{"ola", "Ola Berg", true});
  REQUIRE(room.change({"ola", "Ola Berg", true}, "60912").outcome.ok());
  CHECK(signs_in("60912").id == "ola");
  CHECK(signs_in(test::ola_pin).id == "pin.wrong");
  CHECK(room.change({"ola", "Ola Berg", true}, test::marit_pin).outcome.error().code ==
        "pin.taken");
  REQUIRE(room.ask(flow::RemoveStaff{"ola"}).outcome.ok());
  CHECK(signs_in("60912").id == "pin.wrong");
}

TEST_CASE("the book keeps a manager, whatever the screen believes") {
  StaffRoom room;
  const auto before = room.reader->head()->seq;
  CHECK(room.ask(flow::RemoveStaff{"marit"}).outcome.error().code == "staff.last-manager");
  CHECK(room.change({"marit", "Marit", false}).outcome.error().code == "staff.last-manager");
  CHECK(room.ask(flow::RemoveStaff{"eva"}).outcome.error().code == "staff.none");
  CHECK(room.change({"eva", "Eva", false}).outcome.error().code == "staff.none");
  CHECK(room.reader->head()->seq == before);
  REQUIRE(room.change({"ola", "Ola", true}).outcome.ok());
  CHECK(room.ask(flow::RemoveStaff{"marit"}).outcome.ok());
}

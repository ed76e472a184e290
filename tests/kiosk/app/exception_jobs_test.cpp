#include "kiosk/app/exception_jobs.hpp"

#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/staff/exception_view.hpp"
#include "tests/kiosk/app/asking.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/covers.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/shop.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

/// A till where one item was registered twice.
struct Office {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::unique_ptr<Reader> reader = *shop.book->reader();
  CurrentProgramme programme{*shop.book};

  Office() {
    for (int n = 0; n < 2; ++n) {
      WarrantyRegistration item;
      item.article = "1001";
      item.article_name = "Lamp";
      item.maker = "Nordlys";
      item.serial = item.serial_typed = "SN1";
      item.covers = test::covered(clock.local_now().date(), 24);
      item.at = clock.local_now();
      REQUIRE(shop.book->record(item).ok());
    }
  }
  template <class Q>
  typename Q::Answer ask(Q question, const char* who = "marit", Viewer as = Viewer::manager) {
    return test::ask(*shop.book, *reader, programme, std::move(question),
                     {as, who, clock.local_now()});
  }
  std::vector<ExceptionView> open() { return *ask(flow::LoadExceptions{}).open; }
};

}  // namespace

TEST_CASE("a manager sees what waits and settles it, once") {
  Office office;
  const auto open = office.open();
  REQUIRE(open.size() == 1);
  CHECK(open[0].subject == ExceptionSubject::warranty);
  CHECK(open[0].what == "Lamp");
  const flow::SettleException noted{open[0].name, Decision::noted};
  CHECK(office.ask(noted).outcome.ok());
  CHECK(office.open().empty());
  CHECK(office.ask(noted).outcome.error().code == "exception.settled");
  const auto settled = *office.reader->settled_exceptions(10);
  REQUIRE(settled.size() == 1);
  CHECK(settled[0].settled->staff == "marit");
}

TEST_CASE("a cashier settles nothing, whatever the screen believes") {
  Office office;
  const flow::SettleException noted{office.open().at(0).name, Decision::noted};
  CHECK(office.ask(noted, "ola", Viewer::staff).outcome.error().code == "role.managers");
  CHECK(office.ask(noted, "ola").outcome.error().code == "role.managers");
  CHECK(office.ask(flow::LoadExceptions{}, "ola").open.error().code == "role.managers");
  CHECK(office.open().size() == 1);
}

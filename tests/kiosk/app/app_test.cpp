// The kiosk end to end: SDL's own events under the offscreen driver, the real screens, a real book.
#include "kiosk/app/app.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <thread>

#include "kiosk/app/play.hpp"
#include "storage/book/reader.hpp"
#include "storage/domain/views/reports.hpp"
#include "tests/kiosk/app/offscreen.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"

using namespace keepsake;
using namespace keepsake::app;
using namespace std::chrono_literals;

namespace {

struct Kiosk {
  test::FakeClock clock;
  test::ShopFolder shop{clock};
  std::atomic<int> printed = 0;
  Result<Done> printer = Done{};
  std::unique_ptr<App> app;

  Kiosk() {
    AppOptions options;
    options.locale_folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
    options.sync = SyncRole::off;
    options.devices = Devices{[this](const flow::Print&) {
                                ++printed;
                                return printer;
                              },
                              [] { return Result<Done>(Done{}); }};
    app = *App::make(*shop.book, clock, test::offscreen_window(), options);
  }

  void play(std::string_view script) {
    const auto commands = parse_play(script);
    REQUIRE(commands.ok());
    const auto done =
        app::play(*app, test::offscreen_window(), *commands, {}, shop.folder / "shots");
    CHECK_MESSAGE(done.ok(), (done.ok() ? std::string() : to_line(done.error())));
  }
  Totals totals() { return *(*shop.book->reader())->totals(); }
  template <class T>
  bool on() const {
    return holds_alternative<T>(app->session().visit.screen);
  }
};

constexpr const char* open_till = R"(
tap start
tap staff
keys pad 2468
tap submit
wait-for counted
keys pad 1000
tap submit
wait-for search
)";

}  // namespace

TEST_CASE("a sale from touch to disk") {
  Kiosk kiosk;
  kiosk.play(open_till);
  kiosk.play(R"(
scan 7038010000010
scan BULB-x
tap notice.ok
tap line.serial.0
scan KK-17-0042
tap pane.ok
tap pay
tap quick.1
tap take
wait-for next
tap receipt
wait 0.2
tap next
)");
  CHECK(kiosk.totals().purchases == 1);
  CHECK(kiosk.totals().purchase_minor == 49900);
  CHECK(kiosk.totals().warranties == 1);
  CHECK(kiosk.printed == 1);
  CHECK(kiosk.on<flow::Sale>());
  CHECK(kiosk.app->session().till == flow::Till{});
}

TEST_CASE("five quick clicks on a button that leads on do one thing") {
  Kiosk kiosk;
  kiosk.play(open_till);
  const auto hammer = [&](const char* id) {
    auto& window = test::offscreen_window();
    const auto* widget = kiosk.app->probe().find(id);
    REQUIRE(widget != nullptr);
    const ui::Rect at = widget->rect;
    for (int i = 0; i < 5; ++i) {
      window.push_touch(input::PointerPhase::press, at.centre_x(), at.centre_y());
      window.push_touch(input::PointerPhase::release, at.centre_x(), at.centre_y());
    }
    kiosk.app->run(window.now() + 600ms);
  };
  kiosk.play("scan 7038010000010\nexpect 499\nwait 0.5\n");
  hammer("pay");
  CHECK(kiosk.on<flow::Tendering>());
  CHECK(kiosk.totals().purchases == 0);
  kiosk.play("wait 0.5\n");
  hammer("take");
  CHECK(kiosk.totals().purchases == 1);
  CHECK(kiosk.on<flow::SaleDone>());
  kiosk.play("tap next\ntap more\ntap close-shift\nkeys pad 1499\nwait 0.5\n");
  hammer("submit");
  REQUIRE(kiosk.on<flow::ShiftClose>());
  CHECK_FALSE(get<flow::ShiftClose>(kiosk.app->session().visit.screen).closed);
}

TEST_CASE("a slow scanner's code pays nothing and the till goes on") {
  Kiosk kiosk;
  kiosk.play(open_till);
  kiosk.play(R"(
scan 7038010000010
tap pay
wait-for take
)");
  // A device types at its own pace, however slow the machine draws; the script waits for each frame.
  platform::Window& window = test::offscreen_window();
  {
    const std::jthread scanner([&window] {
      for (const char digit : std::string_view("7038010000010")) {
        std::this_thread::sleep_for(40ms);
        window.push_text({&digit, 1});
      }
      constexpr std::uint16_t enter = 0x28;  // USB HID usage
      window.push_key(enter, false);
    });
    kiosk.app->run(window.now() + 1s);
  }
  kiosk.play(R"(
expect Payment has started
wait-for take
tap take
wait-for next
)");
  CHECK(kiosk.totals().purchases == 1);
}

TEST_CASE("a customer joins is known and is gone after the countdown") {
  Kiosk kiosk;
  kiosk.play(R"(
tap start
tap join
type Kari Nordmann
tap keys.ok
keys pad 40000001
scan KC4417123456789113
tap notice.ok
tap consent.membership
tap submit
)");
  kiosk.clock.advance(1s);  // the same answer for everybody, in the same time
  kiosk.play(R"(
wait-for join
scan KC4417123456789113
wait-for my-data
expect-not Nordmann
)");
  CHECK(kiosk.totals().customers == 1);
  kiosk.clock.advance(46s);
  kiosk.play("wait-for still-here\nexpect-not Kari");
  kiosk.clock.advance(21s);
  kiosk.play("wait-for start");
  CHECK(kiosk.app->session().visit == flow::Visit{});
  kiosk.play(R"(
tap start
tap points
keys pad 40000001
tap find
)");
  kiosk.clock.advance(1s);
  kiosk.play(R"(
wait-for join
expect-not Kari
scan KC4417123456789113
wait-for my-data
expect Kari N.
expect-not Nordmann
)");
}

TEST_CASE("whoever a manager takes on at the screen signs in with the PIN they chose") {
  Kiosk kiosk;
  kiosk.play(open_till);
  kiosk.play(R"(
tap more
tap staff
wait-for staff.1
tap staff.add
type Żaneta Nowak
tap staff.save
keys pad 60912
tap pane.ok
keys pad 60912
tap pane.ok
wait-for staff.2
tap back
wait-for search
tap lock
wait-for start
tap start
tap staff
keys pad 60912
tap submit
wait-for search
tap more
wait-for customers
expect-not Staff
)");
  CHECK(kiosk.app->session().visit.staff == StaffMember{"zaneta", "Żaneta Nowak", false});
}

TEST_CASE("a dead printer stops no sale") {
  Kiosk kiosk;
  kiosk.printer = Error{Failure::unavailable, "printer.refused", "No printer answers", "", ""};
  kiosk.play(open_till);
  kiosk.play(R"(
scan 7038010000010
tap pay
tap take
wait-for next
tap receipt
tap notice.ok
tap next
scan 7038010000010
tap pay
tap take
wait-for next
)");
  CHECK(kiosk.totals().purchases == 2);
  CHECK(kiosk.printed == 1);
}

TEST_CASE("nothing is drawn while nothing happens") {
  Kiosk kiosk;
  kiosk.play("wait-for start");
  kiosk.app->run(test::offscreen_window().now() + 300ms);
  const Counters before = kiosk.app->counters();
  kiosk.app->run(test::offscreen_window().now() + 1000ms);
  const Counters after = kiosk.app->counters();
  CHECK(after.frames == before.frames);
  CHECK(after.wakeups - before.wakeups <= 2);
}

TEST_CASE("stop from another thread ends the loop") {
  Kiosk kiosk;
  kiosk.play("wait-for start");
  std::thread other([&] {
    std::this_thread::sleep_for(50ms);
    kiosk.app->stop();
  });
  kiosk.app->run();
  other.join();
  CHECK(kiosk.app->stopped());
}

TEST_CASE("a play that finds something else says where and what") {
  Kiosk kiosk;
  const auto commands =
      parse_play("wait-for start\nexpect-not Keepsake\nset a b\nexpect-not Lysvik Elektro");
  const auto done = app::play(*kiosk.app, test::offscreen_window(), *commands, {}, "shots");
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().where == "line 4");
  CHECK(done.error().remedy.find("start") != std::string::npos);
}

TEST_CASE("the till goes on where it was after a restart") {
  Kiosk kiosk;
  kiosk.play(open_till);
  kiosk.app.reset();
  AppOptions options;
  options.locale_folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
  options.sync = SyncRole::off;
  kiosk.app = *App::make(*kiosk.shop.book, kiosk.clock, test::offscreen_window(), options);
  kiosk.play("tap start\ntap staff\nkeys pad 2468\ntap submit\nwait-for search");
}

#pragma once
// The whole kiosk, open: real screens that nobody looks at, a real book, no head office.

#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/app/app.hpp"
#include "kiosk/app/play.hpp"
#include "tests/kiosk/app/offscreen.hpp"
#include "tests/kiosk/app/shop_folder.hpp"
#include "tests/support/fake_clock.hpp"

namespace keepsake::test {

struct OpenKiosk {
  FakeClock clock;
  ShopFolder shop{clock};
  std::unique_ptr<app::App> app;

  /// After what the book is to hold before.
  void open() {
    app::AppOptions options;
    options.locale_folder = std::filesystem::path(KEEPSAKE_BINARY_DIR) / "locale";
    options.sync = app::SyncRole::off;
    app = *app::App::make(*shop.book, clock, offscreen_window(), options);
  }
  void play(const std::string& script) {
    const auto commands = app::parse_play(script);
    REQUIRE(commands.ok());
    const auto done = app::play(*app, offscreen_window(), *commands, {}, shop.folder);
    REQUIRE_MESSAGE(done.ok(), (done.ok() ? std::string() : to_line(done.error())));
  }
};

}  // namespace keepsake::test

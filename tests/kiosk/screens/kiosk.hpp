#pragma once
// The screens with the reducer in the loop and a shop around it: a finger taps what it sees.

#include <initializer_list>
#include <string>
#include <string_view>

#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/flow/shop.hpp"
#include "tests/support/ui_harness.hpp"

namespace keepsake::test {

class Kiosk {
 public:
  explicit Kiosk(Display display = till) : harness_(display) {
    harness_.show([this](ui::Ui& ui) {
      if (auto touch = screens::draw(ui, shop.s, shop.ctx, shop.now))
        shop.act(flow::event_of(*touch));
    });
    settle();
  }

  flow::Shop shop;

  void tap(std::string_view id) {
    harness_.tap(id);
    settle();
  }
  void tap_each(std::initializer_list<std::string_view> ids) {
    for (const auto id : ids) tap(id);
  }
  void type(std::string_view text) {
    harness_.type(text);
    settle();
  }
  void identify() {
    shop.identify();
    settle();
  }
  void scan(std::string text) {
    shop.scan(std::move(text));
    settle();
  }
  bool sees(std::string_view text) const { return harness_.sees(text); }
  bool has(std::string_view id) const { return harness_.has(id); }
  const ui::Probe& probe() const { return harness_.probe(); }

  /// Sizes and language follow the session, as the program's loop does it.
  void settle() {
    harness_.audience = screens::audience_of(shop.s);
    harness_.look = screens::look_of(shop.s, shop.ctx);
    harness_.locale = locale_of(flow::language_of(shop.s.visit, shop.ctx));
    harness_.frame(2);
  }

 private:
  UiHarness harness_;
};

}  // namespace keepsake::test

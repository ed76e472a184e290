// The screens with the reducer in the loop: a finger taps what it sees, and facts come out.
#include <doctest/doctest.h>

#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/flow/shop.hpp"
#include "tests/support/ui_harness.hpp"

namespace keepsake::test {
namespace {

using namespace flow;

class Kiosk {
 public:
  explicit Kiosk(Display display = till) : harness_(display) {
    harness_.show([this](ui::Ui& ui) {
      if (auto event = screens::draw(ui, shop.s, shop.ctx, shop.now)) shop.act(*event);
    });
    settle();
  }

  Shop shop;

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

 private:
  /// Sizes and language follow the session, as the program's loop does it.
  void settle() {
    harness_.audience = screens::audience_of(shop.s);
    harness_.look = screens::look_of(shop.s, shop.ctx);
    harness_.locale = locale_of(screens::locale_language(language_of(shop.s, shop.ctx)));
    harness_.frame(2);
  }

  UiHarness harness_;
};

}  // namespace

TEST_CASE("a sale from the locked door to the change by touch and scan") {
  Kiosk kiosk;
  kiosk.tap("start");
  kiosk.tap("staff");
  kiosk.tap_each({"pad.1", "pad.2", "pad.3", "pad.4", "submit"});
  REQUIRE(kiosk.shop.screen<ShiftOpen>() != nullptr);
  kiosk.tap_each({"pad.1", "pad.0", "pad.0", "pad.0", "submit"});
  REQUIRE(kiosk.shop.screen<Sale>() != nullptr);
  kiosk.scan(kettle_gtin);
  kiosk.tap("line.more.0");
  CHECK(kiosk.sees("998.00"));
  kiosk.tap("line.less.0");
  kiosk.tap("pay");
  REQUIRE(kiosk.shop.screen<Tendering>() != nullptr);
  kiosk.tap_each({"pad.5", "pad.0", "pad.0"});
  CHECK(kiosk.sees("1.00"));  // the change, before the money is taken
  kiosk.tap("take");
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.shop.screen<SaleDone>()->change == kiosk.shop.nok("1.00"));
  REQUIRE(std::holds_alternative<Purchase>(kiosk.shop.facts.back()));
  CHECK(std::get<Purchase>(kiosk.shop.facts.back()).total == kiosk.shop.nok("499.00"));
  kiosk.tap("next");
  CHECK(kiosk.shop.screen<Sale>() != nullptr);
}

/// Ingrid at the till with a kettle; the shop has rewards and coupons.
Kiosk& selling(Kiosk& kiosk) {
  kiosk.shop.publish_rewards();
  kiosk.shop.open_till();
  kiosk.scan(kettle_gtin);
  kiosk.scan(ingrid_card);
  return kiosk;
}

TEST_CASE("a reward is claimed and a coupon typed by touch") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("redeem");
  CHECK(kiosk.sees("50 kroner off"));
  CHECK(kiosk.has("reward.more.kr-50"));
  CHECK_FALSE(kiosk.has("reward.more.coffee-set"));
  kiosk.tap("reward.more.kr-50");
  kiosk.tap("coupon");
  kiosk.type("once");
  kiosk.tap("pane.ok");
  CHECK(kiosk.sees("299.00"));
  kiosk.tap("redeem");
  kiosk.tap_each({"coupon.remove.0", "reward.less.kr-50", "pane.ok"});
  CHECK(kiosk.sees("499.00"));
}

TEST_CASE("the choice between using points and keeping them leads to paying") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("pay");
  REQUIRE(kiosk.has("points.use"));
  CHECK(kiosk.sees("399.00"));
  CHECK(kiosk.sees("Coffee set"));
  kiosk.tap("points.keep");
  REQUIRE(kiosk.shop.screen<Tendering>() != nullptr);
  kiosk.tap_each({"points", "take", "cash", "take"});
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.shop.screen<SaleDone>()->spent == Points{128400});
  CHECK(kiosk.sees("1,284"));
}

TEST_CASE("why the sale earns its points is one touch away") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("why");
  CHECK(kiosk.sees("+ 49"));
  kiosk.tap("pane.ok");
  CHECK_FALSE(kiosk.has("pane.ok"));
}

TEST_CASE("a gift card is sold by touch and pays the next sale") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("detach");
  kiosk.tap_each({"more", "gift-card"});
  kiosk.type("GC990000");
  kiosk.tap("pane.ok");
  kiosk.tap_each({"pad.5", "pad.0", "pad.0", "pane.ok"});
  CHECK(kiosk.sees("999.00"));
  kiosk.tap_each({"pay", "take"});
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.sees("500.00"));
  kiosk.shop.gift_cards["GC990000"] = {"GC990000", kiosk.shop.nok("500"), {},
                                       {},         GiftCardState::active, ""};
  kiosk.tap("next");
  kiosk.scan(kettle_gtin);
  kiosk.tap_each({"pay", "gift-card"});
  kiosk.type("GC990000");
  kiosk.tap_each({"reference.ok", "take"});
  REQUIRE(kiosk.shop.screen<SaleDone>() != nullptr);
  CHECK(kiosk.sees("1.00"));
}

TEST_CASE("a sale is parked and taken up by touch") {
  Kiosk made;
  Kiosk& kiosk = selling(made);
  kiosk.tap("park");
  CHECK(kiosk.shop.s.till == Till{});
  kiosk.tap_each({"parked", "parked.0"});
  CHECK(kiosk.shop.s.till.basket.lines.size() == 1);
  CHECK(kiosk.has("line.more.0"));
}

TEST_CASE("the same again is looked at before it is put in") {
  Kiosk kiosk;
  kiosk.shop.ingrid.last_purchases.push_back({});
  kiosk.shop.ingrid.last_purchases.back().first_article = "Kettle";
  kiosk.shop.last_lines = {{{"KOK17", "Kettle", Quantity::pieces(1)}, kiosk.shop.articles["KOK17"]},
                           {{"OLD", "Toaster", Quantity::pieces(1)}, std::nullopt}};
  selling(kiosk);
  kiosk.tap("again");
  CHECK(kiosk.sees("Toaster"));
  CHECK(kiosk.sees("No longer sold"));
  kiosk.tap("pane.ok");
  CHECK(kiosk.sees("998.00"));
}

TEST_CASE("a customer joins with the screen keyboard in portrait") {
  Kiosk kiosk(stand);
  kiosk.tap("start");
  kiosk.tap("join");
  kiosk.tap("keys.shift");
  kiosk.tap("keys.k2.4");  // B
  kiosk.tap("keys.k0.8");  // o, the page having turned back by itself
  REQUIRE(kiosk.shop.screen<Join>() != nullptr);
  CHECK(kiosk.shop.screen<Join>()->name == "Bo");
  kiosk.tap("phone");
  for (const char digit : std::string_view("40000001")) kiosk.tap(std::string("pad.") + digit);
  kiosk.tap("submit");
  CHECK(kiosk.shop.notice() == "join.consent");
  CHECK(kiosk.has("notice.ok"));
  kiosk.tap("notice.ok");
  kiosk.tap("consent.membership");
  kiosk.tap("submit");
  CHECK(kiosk.shop.emitted<Enrol>() == 1);
}

TEST_CASE("points are shown and purchases hidden until the customer asks") {
  Kiosk kiosk(stand);
  kiosk.shop.customers.standing.overview.balance = {128400};
  kiosk.identify();
  kiosk.tap("privacy");
  const auto* home = kiosk.shop.screen<CustomerHome>();
  REQUIRE(home != nullptr);
  CHECK(home->privacy == Privacy::shown);
  kiosk.tap("privacy");
  CHECK(kiosk.shop.screen<CustomerHome>()->privacy == Privacy::masked);
  CHECK(kiosk.sees("1,284"));
  CHECK_FALSE(kiosk.sees("Haugen"));
}

TEST_CASE("the language changes at once and keeps a half filled form") {
  Kiosk kiosk;
  kiosk.tap("start");
  kiosk.tap("join");
  kiosk.type("Bo");
  kiosk.tap("language");
  kiosk.tap("language.uk");
  REQUIRE(kiosk.shop.screen<Join>() != nullptr);
  CHECK(kiosk.shop.screen<Join>()->name == "Bo");
  CHECK(kiosk.sees("Завершити"));
  kiosk.tap("finish");
  CHECK(kiosk.shop.s.visit == Visit{});
}

}  // namespace keepsake::test

// Head office sets something while the kiosk is open: the real screens, a real book.
#include <doctest/doctest.h>

#include "storage/book/enrolment.hpp"
#include "storage/domain/chain_settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/feed.hpp"
#include "storage/facts/codec.hpp"
#include "tests/kiosk/app/open_kiosk.hpp"

using namespace keepsake;
using namespace keepsake::app;

namespace {

/// At an enrolled till whose line is down but for what a test sends.
struct ChainKiosk : test::OpenKiosk {
  FeedPage page;

  ChainKiosk() {
    const Enrolment given{
        {17}, {1}, "Lysvik", "https://localhost", std::string(32, 's'), std::string(32, 'b')};
    REQUIRE(shop.book->set_enrolment(given).ok());
    open();
  }
  void say(const std::string& text) {
    const ChainSettings said{text};
    page.after = page.head;
    const auto seq = static_cast<Seq>(++page.head);
    page.generation = 7;
    page.complete = true;
    page.entries = {{page.head,
                     FactId::make({}, {0}, {0}, seq),
                     static_cast<std::uint16_t>(FactType::settings_published),
                     false,
                     *encode(Fact(said)),
                     {}}};
    const auto news = shop.book->take_in(page);
    REQUIRE_MESSAGE(news.ok(), (news.ok() ? std::string() : to_line(news.error())));
    CHECK(*news);
  }
  std::int64_t months() const { return app->context().stored_value.gift_card_months; }
};

}  // namespace

TEST_CASE(
    "settings of head office are in force at a running kiosk once nobody is in the middle of "
    "something") {
  ChainKiosk kiosk;
  const std::int64_t own = kiosk.months();
  kiosk.play("tap start\ntap join\nwait 0.2");
  kiosk.say("gift_card_months = 37\n");
  kiosk.play("wait 0.2");
  CHECK(kiosk.shop.book->settings().stored_value.gift_card_months == 37);
  CHECK(kiosk.months() == own);  // somebody reads what they are to agree to
  kiosk.clock.advance(std::chrono::seconds(46));
  kiosk.play("wait-for still-here");
  kiosk.clock.advance(std::chrono::seconds(21));
  kiosk.play("wait-for start");
  CHECK(kiosk.app->session().visit == flow::Visit{});
  kiosk.play("tap start\nwait 0.2");
  CHECK(kiosk.months() == 37);
}

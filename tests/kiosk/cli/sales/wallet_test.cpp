// Wallets at the command line; what only a till does goes through the book.
#include <doctest/doctest.h>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/member.hpp"
#include "storage/domain/loyalty/rules.hpp"
#include "storage/domain/loyalty/sale.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/engine/system_clock.hpp"
#include "storage/exchange/local_time.hpp"
#include "storage/services/loyalty_events.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"
#include "tests/kiosk/cli/sales/soap.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

/// One customer, by card C-1.
class Wallets : public CustomerShop {
 public:
  Wallets() { REQUIRE(json({"customer", "join", "--add", "card=C-1"}).exit == 0); }
  Ran wallet(Args args) const {
    args.insert(args.begin(), "wallet");
    return json(args);
  }
  nlohmann::json shown() const {
    const auto answer = wallet({"show", "C-1"});
    REQUIRE_MESSAGE(answer.exit == 0, answer.out);
    return answer.json();
  }
  static std::string code_of(const Ran& ran) {
    return ran.exit == 0 ? "" : ran.json().at("error").at("code").get<std::string>();
  }
  /// Money into the wallet at the till, so many days ago, good for thirty days.
  void fill_before(int days) const {
    const Till till(*this);
    Purchase paid = *till.sale(20'000, TenderKind::card, -days);
    const Date until = from_days(to_days(paid.at.date()) + 30);
    paid.top_ups = {{0, StoredValue::wallet, "", paid.total, until}};
    const auto id = till.book->record(paid);
    REQUIRE_MESSAGE(id.ok(), to_line(id.error()));
  }
  /// A sale at the till, paid from the wallet: "" or why not.
  std::string spend(std::int64_t minor) const {
    const Till till(*this);
    const auto made = till.sale(minor, TenderKind::wallet, 0);
    if (!made) return made.error().code;
    const auto id = till.book->record(*made);
    return id ? "" : id.error().code;
  }

 private:
  /// For as long as no command runs.
  struct Till {
    std::unique_ptr<SystemClock> clock = *SystemClock::open("Europe/Oslo");
    std::unique_ptr<Book> book;

    explicit Till(const Wallets& shop) {
      auto opened = Book::open(shop.folder(), *clock);
      REQUIRE_MESSAGE(opened.ok(), to_line(opened.error()));
      book = std::move(*opened);
    }
    Result<Purchase> sale(std::int64_t minor, TenderKind kind, int days) const {
      const auto reader = *book->reader();
      const CustomerRef who = **reader->customer_by_card("C-1");
      const Basket basket = test::soap(book->settings().currency, minor);
      loyalty::Rules none;
      none.currency = basket.currency;
      // Noon of an earlier day: by hours, a change of the clock makes it another one before midnight.
      const LocalTime now = clock->local_now();
      const LocalTime at = days == 0 ? now : noon_of(*clock, from_days(to_days(now.date()) + days));
      const Money due{minor, basket.currency};
      const auto member = reader->member(who, none, at);
      REQUIRE(member.ok());
      return to_purchase(basket, {{kind, due, due, ""}}, {at, "anna", {}, who, {}, {}}, {}, none,
                         *member);
    }
  };
};

}  // namespace

TEST_CASE("wallet: filled and blocked and freed and spent") {
  const Wallets shop;
  CHECK(shop.shown().at("balance") == "0.00");
  REQUIRE(shop.wallet({"top-up", "C-1", "200.00", "--until", "2099-12-31"}).exit == 0);
  CHECK(shop.shown().at("balance") == "200.00");
  CHECK(shop.shown().at("expires") == "2099-12-31");
  CHECK(shop.shown().at("state") == "active");
  const auto blocked = shop.wallet({"block", "C-1", "--reason", "lost phone", "--staff", "anna"});
  CHECK(blocked.exit == 0);
  CHECK(blocked.json().at("state") == "blocked");
  CHECK(blocked.json().at("reason") == "lost phone");
  CHECK(shop.spend(5'000) == "wallet.blocked");
  CHECK(Wallets::code_of(shop.wallet({"top-up", "C-1", "5.00"})) == "wallet.blocked");
  CHECK(shop.json({"member", "show", "C-1"}).json().at("wallet_state") == "blocked");
  CHECK(
      shop.run({"wallet", "show", "C-1"}).out.find("good until 2099-12-31, blocked (lost phone)") !=
      std::string::npos);
  REQUIRE(shop.wallet({"unblock", "C-1"}).exit == 0);
  CHECK(shop.spend(5'000) == "");
  CHECK(shop.shown().at("balance") == "150.00");
  const auto timeline = shop.json({"customer", "timeline", "C-1"}).json().at("timeline").dump();
  for (const char* kind : {"wallet filled", "wallet blocked", "wallet freed"})
    CHECK(timeline.find(kind) != std::string::npos);
  CHECK(shop.verify() == 0);
}

TEST_CASE("wallet: what is left expires after its last day and once") {
  const Wallets shop;
  shop.fill_before(100);
  CHECK(shop.shown().at("balance") == "0.00");  // the day says so, not whether this has run
  const auto clock = *SystemClock::open("Europe/Oslo");
  const auto days_ago = [&](int days) {
    return to_iso(from_days(to_days(clock->local_now().date()) - days));
  };
  CHECK(shop.shown().at("expires") == days_ago(70));
  CHECK(shop.spend(5'000) == "loyalty.refused");  // nothing to spend
  CHECK(shop.json({"expire", "--at", days_ago(70), "--yes"}).json().at("wallets") == 0);
  const auto listed = shop.json({"expire", "--at", days_ago(69)});
  CHECK(listed.json().at("wallet_value") == "200.00");
  CHECK(listed.json().at("done") == false);
  CHECK(shop.json({"expire"}).json().at("wallet_value") == "200.00");  // nothing was done
  const auto run = shop.json({"expire", "--at", days_ago(69), "--yes"});
  CHECK(run.json().at("wallets") == 1);
  CHECK(run.json().at("wallet_value") == "200.00");
  CHECK(run.json().at("value") == "0.00");
  CHECK(shop.shown().at("balance") == "0.00");
  CHECK(shop.json({"expire"}).json().at("facts") == 0);
  const auto timeline = shop.json({"customer", "timeline", "C-1"}).json().at("timeline").dump();
  CHECK(timeline.find("wallet expired") != std::string::npos);
  REQUIRE(shop.wallet({"top-up", "C-1", "10.00"}).exit == 0);
  CHECK_FALSE(shop.shown().contains("expires"));
  CHECK(shop.spend(1'000) == "");
  CHECK(shop.verify() == 0);
}

TEST_CASE("wallet: what makes no sense is refused and changes nothing") {
  const Wallets shop;
  CHECK(shop.wallet({"show", "C-9"}).exit == 1);
  CHECK(shop.wallet({"block", "C-9"}).exit == 1);
  CHECK(Wallets::code_of(shop.wallet({"top-up", "C-1", "0.00"})) == "money.zero");
  CHECK(Wallets::code_of(shop.wallet({"top-up", "C-1", "5.00", "--until", "2001-01-01"})) ==
        "wallet.past");
  for (const char* amount : {"-5.00", "ten", "10.001"})
    CHECK(shop.wallet({"top-up", "C-1", amount}).exit == 2);
  CHECK(shop.shown().at("balance") == "0.00");
  CHECK(shop.verify() == 0);
}

// What has to be in the drawer: sales, returns, and cash that was paid for points.
#include <algorithm>
#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "storage/book/rebuild.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/shift.hpp"
#include "tests/support/club.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

struct Drawer : Club {
  FactId shift;

  Drawer() { shift = record(ShiftOpening{clock.local_now(), "anna", kroner(100'000)}); }
  SaleContext at_the_drawer(const CustomerRef& who) const {
    SaleContext context = Club::context(who);
    context.shift = shift;
    return context;
  }
  SaleRequest cash_for_points(std::int64_t times, CashOut out = CashOut::in_hand) const {
    SaleRequest request;
    request.claims = {{"cash", times, {}}};
    request.cash_out = out;
    return request;
  }
  FactId buy(std::int64_t minor, const SaleRequest& request = {}) {
    const auto made =
        to_purchase(basket(1, minor), {{TenderKind::cash, kroner(0), kroner(100'000'000), ""}},
                    at_the_drawer(member), request, rules, state(member));
    REQUIRE_MESSAGE(made.ok(), why(made));
    return record(*made);
  }
  ShiftView now() const { return **reader()->open_shift(); }
};

}  // namespace

TEST_CASE("the expected cash counts sales and returns and what was paid out for points") {
  Drawer till;
  const FactId sold = till.buy(50'000);  // 50 points
  CHECK(till.now().expected == kroner(150'000));

  const auto claim = to_event(till.at_the_drawer(till.member), till.cash_for_points(2), "",
                              till.rules, till.state(till.member));
  REQUIRE_MESSAGE(claim.ok(), why(claim));
  CHECK(claim->loyalty.paid_out == kroner(1'000));
  CHECK(claim->loyalty.to_wallet == kroner(0));
  till.record(*claim);
  CHECK(till.now().cash_paid_out == kroner(1'000));
  CHECK(till.now().expected == kroner(149'000));

  till.buy(10'000, till.cash_for_points(1));  // in the sale itself
  CHECK(till.now().cash_paid_out == kroner(1'500));
  CHECK(till.now().expected == kroner(158'500));

  till.buy(10'000, till.cash_for_points(1, CashOut::onto_wallet));
  CHECK(till.now().cash_paid_out == kroner(1'500));

  const auto basis = till.reader()->return_basis(till.member, std::span(&sold, 1), till.rules,
                                                 till.clock.local_now());
  REQUIRE(basis.ok());
  const auto back = to_return({{sold, 0, Quantity::pieces(1)}}, Refund{}, "",
                              till.at_the_drawer(till.member), *basis, till.rules);
  REQUIRE_MESSAGE(back.ok(), why(back));
  till.record(*back);
  const Money expected = kroner(100'000 + 50'000 + 10'000 + 10'000 - 1'500 - 50'000);
  CHECK(till.now().expected == expected);

  ShiftClosing closing{till.clock.local_now(), "anna", till.shift, expected, expected};
  ++closing.expected.minor;
  CHECK(till.book->record(closing).error().code == "shift.expected");
  closing.expected = expected;
  CHECK(till.book->record(closing).ok());
  CHECK(findings_of(till.data()) == "");
  const auto findings = rebuild_check(till.data(), {});
  REQUIRE(findings.ok());
  CHECK(findings->empty());
}

TEST_CASE("goods worth less than a coin come back for cash, and nothing leaves the drawer") {
  Drawer till;
  const FactId sold = till.buy(40);
  const auto basis = till.reader()->return_basis(till.member, std::span(&sold, 1), till.rules,
                                                 till.clock.local_now());
  REQUIRE(basis.ok());
  SaleContext counter = till.at_the_drawer(till.member);
  counter.cash_step = {100};
  const Money before = till.now().expected;
  const auto back =
      to_return({{sold, 0, Quantity::pieces(1)}}, Refund{}, "", counter, *basis, till.rules);
  REQUIRE_MESSAGE(back.ok(), why(back));
  CHECK(back->total == kroner(40));
  REQUIRE(back->tenders.size() == 1);
  CHECK(back->tenders[0].amount == kroner(0));
  till.record(*back);
  CHECK(till.now().expected == before);
  CHECK(findings_of(till.data()) == "");
}

TEST_CASE("cash for points without a drawer counts in none") {
  Drawer till;
  till.buy(50'000);
  const auto claim = to_event(till.context(till.member), till.cash_for_points(1), "", till.rules,
                              till.state(till.member));
  REQUIRE(claim.ok());
  till.record(*claim);
  CHECK(till.now().expected == kroner(150'000));
}

TEST_CASE("a code for money is good once, in whichever sale or drawer") {
  Drawer till;
  loyalty::Reward& cash = *std::ranges::find(till.rules.rewards, "cash", &loyalty::Reward::id);
  cash.trigger = loyalty::Trigger::code;
  cash.cost = {};
  cash.codes = {{"ONCE", 1, std::nullopt}};
  SaleRequest request;
  request.codes = {"ONCE"};
  request.cash_out = CashOut::in_hand;
  till.buy(50'000, request);
  CHECK(till.now().cash_paid_out == kroner(500));
  const auto again =
      to_event(till.at_the_drawer(till.member), request, "", till.rules, till.state(till.member));
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == "loyalty.refused");
  CHECK(till.now().cash_paid_out == kroner(500));
}

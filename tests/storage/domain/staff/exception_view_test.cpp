#include "storage/domain/staff/exception_view.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

namespace {

ExceptionView open(std::string code, Seq seq = 3) {
  ExceptionView view;
  view.name = {FactId::make({1}, {7}, {1}, seq), std::move(code)};
  return view;
}

ExceptionView short_of_points() {
  ExceptionView view = open("points.short");
  view.lacking = Points{500};
  view.owner = {{1}};
  return view;
}

std::string fault(const ExceptionView& exception, Decision decision) {
  const auto made = settle(exception, decision, "", "marit", {});
  return made ? "" : made.error().code;
}

}  // namespace

TEST_CASE("a debt can be said where somebody who is known lacked something") {
  using enum Decision;
  CHECK(decisions_for(short_of_points()) == std::vector{absorb, debt});
  ExceptionView erased = short_of_points();
  erased.owner = {};
  CHECK(decisions_for(erased) == std::vector{absorb});
  ExceptionView unknown = short_of_points();  // from before shortfalls were kept
  unknown.lacking = {};
  CHECK(decisions_for(unknown) == std::vector{absorb});
  CHECK(decisions_for(open("gift-card.short")) == std::vector{absorb, noted});
  CHECK(decisions_for(open("warranty.disputed")) == std::vector{noted});
  CHECK(decisions_for(open("of.tomorrow")) == std::vector{noted});
}

TEST_CASE("a settlement of a debt names who owes what was lacking") {
  const ExceptionView exception = short_of_points();
  const auto debt = settle(exception, Decision::debt, "agreed", "marit", {{1000}, 60});
  REQUIRE(debt.ok());
  CHECK(check(*debt).ok());
  CHECK(debt->exception == exception.name);
  CHECK(debt->customer == exception.owner);
  CHECK(std::get<Points>(debt->owed) == Points{500});
  const auto absorbed = settle(exception, Decision::absorb, "", "marit", {});
  REQUIRE(absorbed.ok());
  CHECK(check(*absorbed).ok());
  CHECK(absorbed->customer == exception.owner);
  CHECK_FALSE(is_something(absorbed->owed));
}

TEST_CASE("what cannot be said is refused with what can") {
  CHECK(fault(open("warranty.disputed"), Decision::debt) == "exception.decision");
  CHECK(fault(short_of_points(), Decision::noted) == "exception.decision");
  const auto refused = settle(short_of_points(), Decision::noted, "", "", {});
  CHECK(refused.error().remedy == "Use absorb or debt");
  ExceptionView done = short_of_points();
  done.settled.emplace();
  CHECK(fault(done, Decision::absorb) == "exception.settled");
}

TEST_CASE("the name that a list prints finds one exception, or says why not") {
  const std::vector all{open("points.short"), open("wallet.short"), open("points.short", 4)};
  CHECK(exception_named(all, {}, "7-1-3/wallet.short")->name == all[1].name);
  CHECK(exception_named(all, {}, "7-1-4")->name == all[2].name);
  CHECK(exception_named(all, {}, "7-1-3").error().code == "exception.which");
  CHECK(exception_named(all, {}, "7-1-5").error().code == "exception.unknown");
  CHECK(exception_named(all, {}, "").error().code == "exception.unknown");
  CHECK(exception_named(all, {}, "7-1").error().code == "exception.unknown");
  CHECK(exception_named({}, all, "7-1-4")->name == all[2].name);
  std::vector stores{open("points.short"), open("points.short")};
  stores[1].store = "Bergen";
  CHECK(exception_named(stores, {}, "7-1-3/points.short").error().remedy ==
        "Name the store with --store");
}

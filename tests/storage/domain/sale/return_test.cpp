#include "storage/domain/sale/return.hpp"

#include <doctest/doctest.h>

#include "storage/domain/values/limits.hpp"
#include "tests/support/money.hpp"

using namespace keepsake;
using namespace keepsake::test;

namespace {

/// One kettle of 289.00, its points taken back.
Return returned() {
  Return r;
  r.currency = Currency::parse("NOK").value();
  r.customer.bytes[3] = 7;
  r.lines.push_back(
      {"K-100", "Kettle", Quantity::pieces(1), nok(28900), nok(5780), FactId{1, 2}, 0U});
  r.total = nok(28900);
  r.tax = nok(5780);
  r.tenders = {{TenderKind::card, nok(28900), nok(28900), "ref"}};
  r.points_reversed = {2800};
  return r;
}

template <class Change>
std::string code_after(Return document, Change change) {
  change(document);
  const auto result = check(document);
  return result ? "ok" : result.error().code;
}

}  // namespace

TEST_CASE("a sound return passes") { CHECK(check(returned()).ok()); }

TEST_CASE("every rule of a return") {
  using R = Return;
  const auto code = [](auto change) { return code_after(returned(), change); };
  CHECK(code([](R& r) { r.lines.clear(); }) == "lines.none");
  CHECK(code([](R& r) { r.lines[0].line_no.reset(); }) == "return.line");
  CHECK(code([](R& r) { r.lines[0].purchase.reset(); }) == "return.line");
  CHECK(code([](R& r) { r.lines[0].purchase.reset(), r.lines[0].line_no.reset(); }) == "ok");
  CHECK(code([](R& r) { r.lines[0].line_no = limits::lines_per_purchase; }) == "lines.limit");
  CHECK(code([](R& r) { r.lines[0].quantity = {-1}; }) == "quantity.positive");
  CHECK(code([](R& r) { r.lines[0].amount = nok(-1); }) == "money.negative");
  CHECK(code([](R& r) { r.lines[0].tax = nok(28901); }) == "line.tax");
  CHECK(code([](R& r) { r.total = nok(1); }) == "total.sum");
  CHECK(code([](R& r) { r.tenders[0].amount = r.tenders[0].tendered = nok(28800); }) ==
        "tender.sum");
  CHECK(code([](R& r) { r.tenders[0] = {TenderKind::cash, nok(28950), nok(28950), ""}; }) == "ok");
  CHECK(code([](R& r) {
          r.tenders[0] = {TenderKind::cash, nok(29000), nok(29000), ""};
        }) == "tender.sum");
  CHECK(code([](R& r) { r.tenders[0] = {TenderKind::cash, nok(28801), nok(28801), ""}; }) == "ok");
  CHECK(code([](R& r) { r.tenders.clear(); }) == "tender.sum");
  CHECK(code([](R& r) { r.reason = std::string(2001, 'x'); }) == "text.length");
  CHECK(code([](R& r) { r.points_reversed = {-1}; }) == "points.negative");
  CHECK(code([](R& r) { r.customer = {}; }) == "points.nobody");
}

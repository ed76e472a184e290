#include "kiosk/cli/imports/retail_match.hpp"

#include <doctest/doctest.h>
#include <map>
#include <rapidcheck.h>
#include <set>

#include "kiosk/cli/imports/retail_facts.hpp"
#include "storage/domain/sale/purchase.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/cli/imports/retail_text.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace keepsake::cli::retail;

namespace {

// "536365/0 x3, - x2": purchase and line of each part, and its pieces.
std::string told(const Sales& sales, const Matches& matches, std::string_view number) {
  std::string text;
  for (std::uint32_t i = 0; i < sales.invoices.size(); ++i) {
    if (sales.invoices[i].number != number) continue;
    for (const auto& part : matches.of(i)) {
      if (!text.empty()) text += ", ";
      text += part.from ? sales.invoices[part.from->invoice].number + "/" +
                              std::to_string(part.from->line_no)
                        : "-";
      text += " x" + std::to_string(part.pieces);
    }
  }
  return text;
}

std::string day(int n) { return "2010-12-0" + std::to_string(n) + " 08:26:00"; }

}  // namespace

TEST_CASE("matching: the most recent earlier purchase of the same customer and article") {
  const auto sales = sales_of({
      {.invoice = "1", .code = "A", .quantity = "5", .date = day(1)},
      {.invoice = "2", .code = "A", .quantity = "5", .date = day(3)},
      {.invoice = "3", .code = "A", .quantity = "5", .customer = "2", .date = day(4)},
      {.invoice = "4", .code = "B", .quantity = "5", .date = day(4)},
      {.invoice = "5", .code = "A", .quantity = "5", .date = day(6)},
      {.invoice = "C6", .code = "A", .quantity = "-2", .date = day(5)},
  });
  CHECK(told(sales, match_returns(sales), "C6") == "2/0 x2");
}

TEST_CASE("matching: too little left goes on to the one before and then to no receipt") {
  const auto sales = sales_of({
      {.invoice = "1", .code = "A", .quantity = "2", .date = day(1)},
      {.invoice = "2", .code = "A", .quantity = "3", .date = day(2)},
      {.invoice = "C3", .code = "A", .quantity = "-1", .date = day(3)},
      {.invoice = "C4", .code = "A", .quantity = "-9", .date = day(4)},
      {.invoice = "C5", .code = "A", .quantity = "-1", .date = day(5)},
  });
  const auto matches = match_returns(sales);
  CHECK(told(sales, matches, "C3") == "2/0 x1");
  CHECK(told(sales, matches, "C4") == "2/0 x2, 1/0 x2, - x5");
  CHECK(told(sales, matches, "C5") == "- x1");
}

TEST_CASE("matching: lines of one purchase are taken in their order") {
  const auto sales = sales_of({
      {.invoice = "1", .code = "A", .quantity = "2", .date = day(1)},
      {.invoice = "1", .code = "B", .quantity = "9", .date = day(1)},
      {.invoice = "1", .code = "A", .quantity = "3", .date = day(1)},
      {.invoice = "C2", .code = "A", .quantity = "-4", .date = day(2)},
  });
  CHECK(told(sales, match_returns(sales), "C2") == "1/0 x2, 1/2 x2");
}

TEST_CASE("matching: equal times go by the order in the file and cancellations by time") {
  const auto sales = sales_of({
      {.invoice = "C9", .code = "A", .quantity = "-1", .date = day(3)},
      {.invoice = "1", .code = "A", .quantity = "1", .date = day(1)},
      {.invoice = "C2", .code = "A", .quantity = "-1", .date = day(1)},
      {.invoice = "3", .code = "A", .quantity = "1", .date = day(1)},
      {.invoice = "C0", .code = "A", .quantity = "-1", .date = day(1)},
  });
  const auto matches = match_returns(sales);
  CHECK(told(sales, matches, "C2") == "1/0 x1");
  CHECK(told(sales, matches, "C0") == "3/0 x1");
  CHECK(told(sales, matches, "C9") == "- x1");
}

TEST_CASE("matching: without a customer there is no receipt") {
  const auto sales = sales_of({
      {.invoice = "1", .code = "A", .customer = "NA", .date = day(1)},
      {.invoice = "C2", .code = "A", .quantity = "-1", .customer = "NA", .date = day(2)},
  });
  CHECK(told(sales, match_returns(sales), "C2") == "- x1");
}

namespace {

std::vector<Row> arbitrary_rows() {
  const int n = *rc::gen::inRange(1, 40);
  std::vector<Row> rows;
  for (int i = 0; i < n; ++i) {
    const bool cancelled = *rc::gen::inRange(0, 3) == 0;
    const int number = *rc::gen::inRange(1, 12);
    rows.push_back({.invoice = (cancelled ? "C" : "") + std::to_string(number),
                    .code = *rc::gen::elementOf(std::vector<std::string>{"A", "B"}),
                    .quantity = (cancelled ? "-" : "") + std::to_string(*rc::gen::inRange(1, 9)),
                    .customer = number % 4 == 0 ? "NA" : std::to_string(number % 3),
                    .date = day(*rc::gen::inRange(1, 6)),
                    .price = "0.0" + std::to_string(*rc::gen::inRange(1, 100))});
  }
  return rows;
}

}  // namespace

TEST_CASE("matching: never more comes back of a line than was sold and only what came before") {
  CHECK(rc::check([] {
    const auto sales = sales_of(arbitrary_rows());
    const auto matches = match_returns(sales);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> returned;
    for (std::uint32_t i = 0; i < sales.invoices.size(); ++i) {
      const auto& cancellation = sales.invoices[i];
      for (const auto& part : matches.of(i)) {
        RC_ASSERT(part.pieces > 0);
        if (!part.from) continue;
        const auto& purchase = sales.invoices[part.from->invoice];
        const auto& sold = sales.lines[sales.lines_of(purchase)[part.from->line_no]];
        RC_ASSERT(purchase.kind == Kind::sale);
        RC_ASSERT(purchase.customer == cancellation.customer);
        RC_ASSERT(purchase.customer != nobody);
        RC_ASSERT(sold.article == sales.lines[part.line].article);
        RC_ASSERT(std::pair(purchase.wall_s, part.from->invoice) <
                  std::pair(cancellation.wall_s, i));
        auto& so_far = returned[{part.from->invoice, part.from->line_no}];
        so_far += part.pieces;
        RC_ASSERT(so_far <= sold.pieces);
      }
    }
  }));
}

TEST_CASE("matching: the parts of a cancelled line sum to it in pieces and in money") {
  CHECK(rc::check([] {
    const auto sales = sales_of(arbitrary_rows());
    const auto matches = match_returns(sales);
    std::map<std::uint32_t, std::int64_t> pieces;
    for (const auto& part : matches.parts) pieces[part.line] += part.pieces;
    for (std::uint32_t i = 0; i < sales.invoices.size(); ++i) {
      const auto& invoice = sales.invoices[i];
      if (invoice.kind != Kind::cancellation) continue;
      std::int64_t expected = 0;
      for (const auto line : sales.lines_of(invoice)) {
        RC_ASSERT(pieces[line] == sales.lines[line].pieces);
        expected += amount_of(sales.lines[line])->minor;
      }
      const auto returned = to_return(sales, matches, i, {});
      RC_ASSERT(returned.ok());
      RC_ASSERT(returned->total.minor == expected);
      std::int64_t sum = 0;
      for (const auto& line : returned->lines) sum += line.amount.minor;
      RC_ASSERT(sum == expected);
    }
  }));
}

TEST_CASE("matching: a purchase with quantity left is never passed over") {
  CHECK(rc::check([] {
    const auto sales = sales_of(arbitrary_rows());
    const auto matches = match_returns(sales);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> left;
    for (const auto i : in_order(sales, Kind::sale)) {
      const auto lines = sales.lines_of(sales.invoices[i]);
      for (std::uint32_t n = 0; n < lines.size(); ++n) left[{i, n}] = sales.lines[lines[n]].pieces;
    }
    for (const auto i : in_order(sales, Kind::cancellation)) {
      const auto& cancellation = sales.invoices[i];
      for (const auto& part : matches.of(i)) {
        // The latest purchase that still could have given, found the slow way.
        std::optional<std::pair<std::int64_t, std::uint32_t>> latest;
        for (const auto& [at, pieces] : left) {
          const auto& purchase = sales.invoices[at.first];
          const auto& line = sales.lines[sales.lines_of(purchase)[at.second]];
          const std::pair key(purchase.wall_s, at.first);
          if (pieces == 0 || purchase.customer != cancellation.customer ||
              purchase.customer == nobody || line.article != sales.lines[part.line].article ||
              key >= std::pair(cancellation.wall_s, i)) {
            continue;
          }
          if (!latest || key > *latest) latest = key;
        }
        RC_ASSERT(part.from.has_value() == latest.has_value());
        if (!part.from) continue;
        RC_ASSERT(part.from->invoice == latest->second);
        left[{part.from->invoice, part.from->line_no}] -= part.pieces;
      }
    }
  }));
}

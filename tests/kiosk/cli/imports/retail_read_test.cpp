#include <doctest/doctest.h>

#include "tests/kiosk/cli/imports/retail_text.hpp"

using namespace keepsake;
using namespace keepsake::cli;
using namespace keepsake::cli::retail;

TEST_CASE("retail: invoices keep their first time and gather their lines from the whole file") {
  const auto sales = sales_of({
      {.invoice = "536365", .code = "A", .date = "2010-12-01 08:26:00"},
      {.invoice = "536366", .code = "B", .customer = "NA"},
      {.invoice = "536365", .code = "C", .date = "2010-12-01 08:27:00"},
      {.invoice = "C536367", .code = "A", .quantity = "-1"},
  });
  REQUIRE(sales.invoices.size() == 3);
  CHECK(sales.invoices[0].number == "536365");
  CHECK(sales.invoices[0].kind == Kind::sale);
  CHECK(sales.invoices[0].wall_s == 1291191960);
  REQUIRE(sales.lines_of(sales.invoices[0]).size() == 2);
  CHECK(sales.articles[sales.lines[sales.lines_of(sales.invoices[0])[1]].article].code == "C");
  CHECK(sales.invoices[1].customer == nobody);
  CHECK(sales.invoices[2].kind == Kind::cancellation);
  CHECK(sales.lines.back().pieces == 1);
  CHECK(sales.customers == std::vector<std::string>{"17850"});
  CHECK(sales.file_lines == 4);
  CHECK(sales.anonymous_lines == 1);
}

TEST_CASE("retail: what is no sale is set aside with its reason") {
  const auto sales = sales_of({
      {.invoice = "536365", .code = "A"},
      {.invoice = "536366",
       .code = "A",
       .quantity = "-7",
       .customer = "NA",
       .price = "0",
       .description = "thrown, away"},
      {.invoice = "536367",
       .code = "A",
       .quantity = "-1",
       .customer = "NA",
       .price = "0",
       .description = "NA"},
      {.invoice = "536368", .code = "A", .quantity = "0"},
      {.invoice = "A536369", .code = "B", .price = "-11062.06", .description = "Adjust bad debt"},
      {.invoice = "536370", .code = "A", .price = "-1"},
      {.invoice = "C536371", .code = "A", .quantity = "2"},
  });
  CHECK(sales.lines.size() == 1);
  CHECK(sales.invoices.size() == 1);
  REQUIRE(sales.refused.size() == 6);
  CHECK(sales.file_lines == 7);
  const struct {
    Refusal refusal;
    const char* reason;
  } expected[] = {{Refusal::stock_adjustment, "thrown, away"},
                  {Refusal::stock_adjustment, "no description"},
                  {Refusal::not_a_sale, "quantity is zero"},
                  {Refusal::not_a_sale, "bookkeeping entry: the invoice number begins with A"},
                  {Refusal::not_a_sale, "negative price"},
                  {Refusal::not_a_sale, "positive quantity on a cancellation"}};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(sales.refused[i].refusal == expected[i].refusal);
    CHECK(sales.refused[i].reason == expected[i].reason);
    CHECK(sales.refused[i].file_line == i + 3);
  }
  CHECK(sales.refused[0].record ==
        "536366,A,\"thrown, away\",-7,2010-12-01 08:26:00,0,NA,United Kingdom");
}

TEST_CASE("retail: articles take the description most used at a price and the latest price") {
  const auto sales = sales_of({
      {.invoice = "1",
       .code = "A",
       .date = "2010-12-03 08:26:00",
       .price = "2.00",
       .description = "CUP"},
      {.invoice = "2",
       .code = "A",
       .date = "2010-12-01 08:26:00",
       .price = "3.00",
       .description = " BIG CUP "},
      {.invoice = "3",
       .code = "A",
       .date = "2010-12-02 08:26:00",
       .price = "1.00",
       .description = "BIG CUP"},
      {.invoice = "4",
       .code = "A",
       .date = "2010-12-05 08:26:00",
       .price = "0",
       .description = "?"},
      {.invoice = "5",
       .code = "A",
       .date = "2010-12-04 08:26:00",
       .price = "0",
       .description = "NA"},
      {.invoice = "6", .code = "gift_0001_20", .price = "0", .description = "found"},
      {.invoice = "7", .code = "85123a", .price = "0.001", .description = "NA"},
  });
  REQUIRE(sales.articles.size() == 3);
  CHECK(sales.name_of(sales.articles[0]) == "BIG CUP");
  CHECK(sales.articles[0].price == UnitPrice{200'000});
  CHECK(sales.name_of(sales.articles[1]) == "gift_0001_20");
  CHECK(sales.articles[1].price == UnitPrice{0});
  CHECK(sales.name_of(sales.articles[2]) == "85123a");
  CHECK(sales.articles[2].price == UnitPrice{100});
  CHECK(sales.name_of(sales.lines[3]) == "?");
  CHECK(sales.name_of(sales.lines[4]) == "BIG CUP");
}

TEST_CASE("retail: a broken file names line and column and reason") {
  const std::string good = "536365,A,THING,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n";
  const struct {
    std::string text;
    const char* code;
    const char* where;
  } cases[] = {
      {"", "retail.header", "f.csv:1:1"},
      {"a,b\n" + good, "retail.header", "f.csv:1:1"},
      {"InvoiceNo,StockCode,Name\n", "retail.header", "f.csv:1:21"},
      {"InvoiceNo,StockCode\n", "retail.header", "f.csv:1:1"},
      {header.substr(0, header.size() - 1) + ",More\n", "retail.header", "f.csv:1:83"},
      {header + good + "536365,A,THING,6,2010-12-01 08:26:00,2.55,17850\n", "retail.columns",
       "f.csv:3:1"},
      {header + good + "536365,A,THING,6x,2010-12-01 08:26:00,2.55,17850,UK\n", "retail.number",
       "f.csv:3:16 (Quantity)"},
      {header + good + "536365,A,THING,6.5,2010-12-01 08:26:00,2.55,17850,UK\n", "retail.number",
       "f.csv:3:16 (Quantity)"},
      {header + good + "536365,A,THING,1000001,2010-12-01 08:26:00,2.55,17850,UK\n",
       "retail.number", "f.csv:3:16 (Quantity)"},
      {header + good + "536365,A,THING,99999999999999999999,2010-12-01 08:26:00,2.55,17850,UK\n",
       "retail.number", "f.csv:3:16 (Quantity)"},
      {header + good + "536365,A,THING,6,2010-12-01 08:26:00,2.55.1,17850,UK\n", "retail.number",
       "f.csv:3:38 (UnitPrice)"},
      {header + good + "536365,A,THING,6,2010-12-01 08:26:00,--1,17850,UK\n", "retail.number",
       "f.csv:3:38 (UnitPrice)"},
      {header + good + "536365,A,THING,6,2010-12-01 08:26:00,1e3,17850,UK\n", "retail.number",
       "f.csv:3:38 (UnitPrice)"},
      {header + good + "536365,A,THING,6,2010-12-01 08:26:00,,17850,UK\n", "retail.number",
       "f.csv:3:38 (UnitPrice)"},
      {header + good + "536365,A,THING,6,2010-02-30 08:26:00,2.55,17850,UK\n", "retail.date",
       "f.csv:3:18 (InvoiceDate)"},
      {header + good + "536365,A,THING,6,2010-12-01 24:00:00,2.55,17850,UK\n", "retail.date",
       "f.csv:3:18 (InvoiceDate)"},
      {header + good + "536365,A,THING,6,12/1/2010 8:26,2.55,17850,UK\n", "retail.date",
       "f.csv:3:18 (InvoiceDate)"},
      {header + good + "CC1,A,THING,6,2010-12-01 08:26:00,2.55,17850,UK\n", "retail.number",
       "f.csv:3:1 (InvoiceNo)"},
      {header + good + ",A,THING,6,2010-12-01 08:26:00,2.55,17850,UK\n", "retail.number",
       "f.csv:3:1 (InvoiceNo)"},
      {header + good + "536365,,THING,6,2010-12-01 08:26:00,2.55,17850,UK\n", "text.missing",
       "f.csv:3:8 (StockCode)"},
      {header + good + "536365,A,TH\tING,6,2010-12-01 08:26:00,2.55,17850,UK\n", "text.characters",
       "f.csv:3:10 (Description)"},
      {header + good + "536365,A," + std::string(201, 'x') +
           ",6,2010-12-01 08:26:00,2.55,17850,UK\n",
       "text.length", "f.csv:3:10 (Description)"},
      {header + good + "536365,A,THING,6,2010-12-01 08:26:00,2.55,17851,UK\n", "retail.customer",
       "f.csv:3:43 (CustomerID)"},
      {header + good + "536365,A,\"THING,6\n", "csv.quote", "f.csv:3:10"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.text));
    const auto sales = read_text_as_sales(c.text);
    REQUIRE_FALSE(sales.ok());
    CHECK(sales.error().code == c.code);
    CHECK(sales.error().where == c.where);
    CHECK_FALSE(sales.error().what.empty());
    CHECK_FALSE(sales.error().remedy.empty());
  }
}

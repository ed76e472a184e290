#include "storage/exchange/table.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("tables stand in columns whatever the letters") {
  Table table({{"what"}, {"lines", Align::right}});
  table.row({"kj\xC3\xB8p", "1,200"});
  table.rule();
  table.row({"sum", "7"});
  CHECK(table.text() ==
        "what  lines\n"
        "----  -----\n"
        "kj\xC3\xB8p  1,200\n"
        "----  -----\n"
        "sum       7\n");
}

TEST_CASE("numbers are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(-1000) == "-1,000");
  CHECK(grouped(59976) == "59,976");
  const auto gbp = *Currency::parse("GBP");
  CHECK(grouped(Money{406472659, gbp}) == "4,064,726.59");
  CHECK(grouped(Money{-35789895, gbp}) == "-357,898.95");
  CHECK(grouped(Money{-5, gbp}) == "-0.05");
  CHECK(grouped(Money{123456, *Currency::parse("JPY")}) == "123,456");
}

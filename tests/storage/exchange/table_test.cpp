#include "storage/exchange/table.hpp"

#include <doctest/doctest.h>
#include <sstream>

#include "kiosk/cli/progress.hpp"

using namespace keepsake;
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

TEST_CASE("progress is a bar on a terminal and silent in a pipe") {
  CHECK(progress_line("Reading", 1, 2) ==
        "Reading              [####################....................]  50 %");
  CHECK(progress_line("Reading", 9, 2).ends_with("] 100 %"));
  CHECK(progress_line("Reading", 0, 0).ends_with("] 100 %"));
  std::ostringstream terminal, pipe;
  {
    Progress shown(terminal, Shown::yes, "Reading");
    Progress hidden(pipe, Shown::no, "Reading");
    for (std::uint64_t i = 0; i < 1000; ++i) {
      shown.update(i, 1000);
      hidden.update(i, 1000);
    }
  }
  CHECK(terminal.str().find("Reading") != std::string::npos);
  CHECK(terminal.str().ends_with("\r\x1B[K"));
  CHECK(terminal.str().size() < 1000);
  CHECK(pipe.str().empty());
}

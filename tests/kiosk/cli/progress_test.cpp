#include "kiosk/cli/progress.hpp"

#include <doctest/doctest.h>
#include <sstream>

using namespace keepsake::cli;

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

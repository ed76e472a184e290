#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <rapidcheck.h>

#include "kiosk/app/play.hpp"

using namespace keepsake;
using namespace keepsake::app;
using Verb = PlayCommand::Verb;

TEST_CASE("a play is read line by line") {
  const auto commands =
      parse_play("# a day\n\n  tap start  \nkeys pin 2468\r\nexpect kr 499,00\nset day 001");
  REQUIRE(commands.ok());
  REQUIRE(commands->size() == 4);
  CHECK((*commands)[0] == PlayCommand{Verb::tap, "start", "", 3});
  CHECK((*commands)[1] == PlayCommand{Verb::keys, "pin", "2468", 4});
  CHECK((*commands)[2] == PlayCommand{Verb::expect, "", "kr 499,00", 5});
  CHECK((*commands)[3] == PlayCommand{Verb::set, "day", "001", 6});
}

TEST_CASE("a play that makes no sense names its line") {
  const auto where = [](const char* script) {
    const auto commands = parse_play(script);
    REQUIRE_FALSE(commands.ok());
    CHECK(commands.error().code == "play.syntax");
    return commands.error().where;
  };
  CHECK(where("tap a\njump b") == "line 2");
  CHECK(where("tap") == "line 1");
  CHECK(where("\n\ntap a b") == "line 3");
  CHECK(where("keys pin") == "line 1");
  CHECK(where("expect") == "line 1");
}

TEST_CASE("names are replaced by their values") {
  const PlayValues values{{"day", "007"}, {"n", "x"}};
  CHECK(*fill_values("SN-${day}-${n}${n}", values) == "SN-007-xx");
  CHECK(*fill_values("plain $ { } text", values) == "plain $ { } text");
  CHECK(fill_values("${who}", values).error().code == "play.value");
  CHECK(fill_values("${day", values).error().code == "play.value");
}

TEST_CASE("any bytes are a play or an error") {
  CHECK(rc::check([](const std::string& script) {
    const auto commands = parse_play(script);
    if (!commands.ok()) {
      RC_ASSERT(!commands.error().where.empty());
      return;
    }
    for (const PlayCommand& command : *commands) RC_ASSERT(command.line > 0);
    (void)fill_values(script, {});
  }));
}

TEST_CASE("the day of the demo shop at both its tills is a play") {
  std::size_t all = 0;
  for (const char* name : {"day.play", "second-till.play", "back-at-the-first.play"}) {
    CAPTURE(std::string(name));
    std::ifstream in(std::filesystem::path(KEEPSAKE_SOURCE_DIR) / "assets" / "demo" / name);
    REQUIRE(in.good());
    const std::string script{std::istreambuf_iterator<char>(in), {}};
    const auto commands = parse_play(script);
    REQUIRE_MESSAGE(commands.ok(), (commands.ok() ? "" : to_line(commands.error())));
    all += commands->size();
  }
  CHECK(all > 150);
}

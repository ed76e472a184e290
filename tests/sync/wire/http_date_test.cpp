#include "sync/wire/http_date.hpp"

#include <doctest/doctest.h>

using namespace keepsake;
using namespace keepsake::sync;

TEST_CASE("an answer's time is written and read as the protocol has it") {
  CHECK(http_date({784'111'777'000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http_date({784'111'777'999}) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http_date({0}) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == Instant{784'111'777'000});
  for (const std::int64_t day : {-1, 0, 59, 789, 11'016, 20'788, 84'005})
    CHECK(parse_http_date(http_date({day * 86'400'000 + 86'399'000})) ==
          Instant{day * 86'400'000 + 86'399'000});
  CHECK(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT") == Instant{1'483'228'799'000});
}

TEST_CASE("what is no such time is none") {
  for (const char* text : {"", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
                           "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
                           "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
                           "Sun, 06 nov 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun,006 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov +994 08:49:37 GMT"})
    CHECK_MESSAGE(parse_http_date(text) == std::nullopt, text);
}

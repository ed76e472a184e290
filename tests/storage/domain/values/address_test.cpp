#include "storage/domain/values/address.hpp"

#include <doctest/doctest.h>

using namespace keepsake;

TEST_CASE("an address is numeric and has a port") {
  CHECK(*parse_address("127.0.0.1:8443") == Address{"127.0.0.1", 8443});
  CHECK(*parse_address("[::1]:0") == Address{"::1", 0});
  CHECK(*parse_address("localhost:1") == Address{"127.0.0.1", 1});
  for (const char* text : {"127.0.0.1:8443", "[::1]:0", "0.0.0.0:65535", "[fd00::21]:8471"})
    CHECK(to_text(*parse_address(text)) == text);
  for (const std::string wrong :
       {"", ":", "8443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "::1:8443",
        "[::1:8443", "example.org:1", "127.0.0.1 :1", " 127.0.0.1:1", "127.0.0.1:-1", "1.2.3:4",
        "[127.0.0.1]x:1"})
    CHECK_MESSAGE(!parse_address(wrong).ok(), wrong);
  CHECK_FALSE(parse_address(std::string("127.0.0.1\0:1", 12)).ok());
}

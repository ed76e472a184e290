#include "sync/wire/compression.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace keepsake::sync {

TEST_CASE("what was compressed comes back") {
  CHECK(rc::check([] {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const auto back = decompress(compress(bytes));
    RC_ASSERT(back.ok());
    RC_ASSERT(*back == bytes);
  }));
}

TEST_CASE("inflating stops at the limit") {
  const std::string bomb = compress(std::string(64 * 1024 * 1024, '\0'));
  CHECK(bomb.size() < limits::batch_bytes);
  const auto back = decompress(bomb);
  REQUIRE_FALSE(back.ok());
  CHECK(back.error().kind == Failure::limit);
  CHECK(back.error().code == "batch.too-large");
}

TEST_CASE("the limit is exact") {
  CHECK(decompress(compress(std::string(50'000, 'a')), 50'000).ok());
  CHECK_FALSE(decompress(compress(std::string(50'001, 'a')), 50'000).ok());
}

TEST_CASE("only one whole frame is taken") {
  const std::string frame = compress(std::string(1000, 'k'));
  CHECK_FALSE(decompress("").ok());
  CHECK_FALSE(decompress("plain text").ok());
  CHECK_FALSE(decompress(frame.substr(0, frame.size() - 1)).ok());
  CHECK_FALSE(decompress(frame + frame).ok());
  CHECK_FALSE(decompress(frame + "x").ok());
}

}  // namespace keepsake::sync

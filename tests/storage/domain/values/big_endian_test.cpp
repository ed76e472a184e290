#include "storage/domain/values/big_endian.hpp"

#include <cstdint>
#include <doctest/doctest.h>
#include <limits>

using namespace keepsake;

TEST_CASE("numbers are written with the highest byte first, and read back") {
  std::string bytes;
  put_big_endian(bytes, std::uint32_t{0x01020304});
  CHECK(bytes == "\x01\x02\x03\x04");
  CHECK(from_big_endian<std::uint32_t>(bytes) == 0x01020304);
  constexpr std::uint16_t edges[] = {0, 1, 0x80, 0xff, 0x8000, 0xffff};
  for (const std::uint16_t each : edges) {
    bytes.clear();
    put_big_endian(bytes, each);
    CHECK(from_big_endian<std::uint16_t>(bytes) == each);
  }
  bytes.clear();
  put_big_endian(bytes, std::numeric_limits<std::uint64_t>::max());
  CHECK(from_big_endian<std::uint64_t>(bytes) == std::numeric_limits<std::uint64_t>::max());
}

#pragma once

#include <string>
#include <string_view>

namespace keepsake {

/// Appends the bytes of an integer, the highest first: what hashes and signatures cover.
template <class Int>
void put_big_endian(std::string& out, Int value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
}

/// Back again; of at most as many bytes as the integer has.
template <class Int>
Int from_big_endian(std::string_view bytes) {
  Int value = 0;
  for (const char each : bytes)
    value = static_cast<Int>(value << 8 | static_cast<unsigned char>(each));
  return value;
}

}  // namespace keepsake

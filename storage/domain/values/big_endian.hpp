#pragma once

#include <string>

namespace keepsake {

/// Appends the bytes of an integer, the highest first: what hashes and signatures cover.
template <class Int>
void put_big_endian(std::string& out, Int value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
}

}  // namespace keepsake

#pragma once
// Bytes as text: two lower-case digits each.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace keepsake {

std::string hex_of(std::span<const std::uint8_t> bytes);
/// Fills `bytes`; false when `hex` is not exactly their digits 0-9 and a-f.
bool read_hex(std::string_view hex, std::span<std::uint8_t> bytes);

}  // namespace keepsake

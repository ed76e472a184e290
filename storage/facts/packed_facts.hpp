#pragma once
// Facts as one string of bytes, for control sockets: of each its type (u16), the length of its
// body (u32, both with the highest byte first) and the body (storage/facts).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct Fact;

/// 200,000 articles with every text at a usual length, and room.
inline constexpr std::size_t packed_facts_bytes = 128 * 1024 * 1024;

/// Failure as encode(), ::limit "facts.size".
Result<std::string> packed(std::span<const Fact> facts);
/// Failure::bad_input "facts.syntax", as decode().
Result<std::vector<Fact>> unpacked(std::string_view bytes);

}  // namespace keepsake

#pragma once
// Facts as one string of bytes, for the control socket: of each its type (u16), the length of its
// body (u32, both with the highest byte first) and the body (storage/facts).

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {
struct Fact;
}

namespace keepsake::sync::central {

/// 200,000 articles with every text at a usual length, and room.
inline constexpr std::size_t packed_facts_bytes = 128 * 1024 * 1024;

/// Failure as encode(), ::limit "publication.size".
Result<std::string> packed(const std::vector<Fact>& facts);
/// Failure::bad_input "control.syntax", as decode().
Result<std::vector<Fact>> unpacked(std::string_view bytes);

}  // namespace keepsake::sync::central

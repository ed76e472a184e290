#pragma once
// zstd over whole bodies.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake::sync {

/// small: as small as may be for what crosses slow lines often. quick: for much at once.
enum class Effort { small, quick };
std::string compress(std::string_view bytes, Effort effort = Effort::small);
/// One frame of all of them, each coded by what is frequent in it.
std::string compress(std::span<const std::string> pieces);

/// Stops at the first byte beyond `most`, however large the frame says it is. Failure::limit
/// "batch.too-large", Failure::bad_input "zstd.syntax" for anything but exactly one whole frame.
Result<std::string> decompress(std::string_view bytes,
                               std::size_t most = limits::batch_bytes_inflated);

}  // namespace keepsake::sync

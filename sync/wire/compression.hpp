#pragma once
// zstd over whole bodies.

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake::sync {

std::string compress(std::string_view bytes);

/// Stops at the first byte beyond `most`, however large the frame says it is. Failure::limit
/// "batch.too-large", Failure::bad_input "zstd.syntax" for anything but exactly one whole frame.
Result<std::string> decompress(std::string_view bytes,
                               std::size_t most = limits::batch_bytes_inflated);

}  // namespace keepsake::sync

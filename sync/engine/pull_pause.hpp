#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace keepsake::sync::engine {

/// How long a pull waits after so many failures in a row: full jitter, anything from 1 s up to
/// 1, 2, 4 ... 300 s, and at least what head office asked for. `random`: any number.
std::chrono::milliseconds pull_pause(int failures, std::optional<std::chrono::seconds> asked,
                                     std::uint64_t random);

}  // namespace keepsake::sync::engine

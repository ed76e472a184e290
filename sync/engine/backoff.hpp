#pragma once
// How long a terminal that failed waits before it tries again, either way.

#include <chrono>
#include <cstdint>
#include <optional>

namespace keepsake::sync::engine {

inline constexpr std::chrono::seconds backoff_first{1};
inline constexpr std::chrono::seconds backoff_most{300};
inline constexpr std::chrono::seconds retry_after_most{3600};

/// After so many failures in a row: full jitter, anything from 1 s up to 1, 2, 4 ... 300 s, and at
/// least what head office asked for. `random`: any number.
std::chrono::milliseconds backoff(int failures, std::optional<std::chrono::seconds> asked,
                                  std::uint64_t random);

}  // namespace keepsake::sync::engine

#include "sync/engine/backoff.hpp"

#include <algorithm>
#include <cassert>

namespace keepsake::sync::engine {

std::chrono::milliseconds backoff(int failures, std::optional<std::chrono::seconds> asked,
                                  std::uint64_t random) {
  using std::chrono::milliseconds;
  assert(failures > 0);
  const int doublings = std::clamp(failures - 1, 0, 9);
  const milliseconds bound = std::min<milliseconds>(backoff_first * (1 << doublings), backoff_most);
  const milliseconds jitter(
      static_cast<std::int64_t>(random % static_cast<std::uint64_t>(bound.count() + 1)));
  const auto wanted = std::clamp<milliseconds>(asked.value_or(std::chrono::seconds(0)),
                                               milliseconds(0), retry_after_most);
  return std::max({milliseconds(backoff_first), jitter, wanted});
}

}  // namespace keepsake::sync::engine

#pragma once

#include <compare>
#include <cstdint>

namespace keepsake::flow {

/// Numbers an effect and its answer, so that an answer that comes too late is known and dropped.
struct Ticket {
  std::uint64_t value = 0;
  auto operator<=>(const Ticket&) const = default;
};

}  // namespace keepsake::flow

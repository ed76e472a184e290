#pragma once
// What waits for a manager to settle.

#include <cstddef>
#include <optional>
#include <vector>

#include "storage/domain/staff/exception_view.hpp"

namespace keepsake::flow {

struct ExceptionPage {
  std::vector<ExceptionView> open = {};  ///< newest first
  bool loaded = false;
  std::optional<std::size_t> chosen = {};  ///< of `open`: looked at closely
  std::optional<Decision> asking = {};     ///< "settle it so?"
  bool operator==(const ExceptionPage&) const = default;
};

}  // namespace keepsake::flow

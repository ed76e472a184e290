#pragma once
// The records made anew from the journal.

#include <filesystem>
#include <functional>
#include <vector>

#include "storage/book/verify.hpp"

namespace keepsake {

/// I11: builds the records from the journal into a file of its own and compares content, table by
/// table. Only reads, and may be run beside the kiosk. `progress` is told the last fact read.
Result<std::vector<Finding>> rebuild_check(const std::filesystem::path& folder,
                                           const std::function<void(Seq)>& progress);

/// Puts records made anew from the journal in place of those in use, all or none. The findings are
/// facts that cannot be read. Failure::busy "book.locked" while the kiosk is open, ::unavailable,
/// ::corrupt.
Result<std::vector<Finding>> rebuild(const std::filesystem::path& folder,
                                     const std::function<void(Seq)>& progress);

}  // namespace keepsake

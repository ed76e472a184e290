#pragma once
// The records made anew from the journal.

#include <filesystem>
#include <functional>
#include <vector>

#include "storage/book/verify.hpp"

namespace keepsake {

/// I11: builds the records from the journal into `scratch` and compares content, table by table.
Result<std::vector<Finding>> rebuild_check(const std::filesystem::path& folder,
                                           const std::filesystem::path& scratch,
                                           const std::function<void(Seq)>& progress);

}  // namespace keepsake

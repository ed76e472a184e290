#pragma once

#include <vector>

#include "storage/services/customers.hpp"

namespace keepsake {

/// Merges every pair that is certain, highest score first, the later member into the earlier. Each
/// is judged again by what both are by then, so that a chain of similarities never joins two who
/// contradict each other. At most `limit`; the answer names the merges that were made.
Result<std::vector<FactId>> merge_certain(Book& book, std::size_t limit, const Actor& actor);

}  // namespace keepsake

#pragma once
// What a published programme means for a shop.

#include <string>

#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

/// In the shop's currency where nothing is published. `store`: by which rules tell stores apart.
/// Failure as rules_of.
Result<ActiveProgramme> active_programme(const Programme& published, Currency shop,
                                         std::string store);

}  // namespace keepsake

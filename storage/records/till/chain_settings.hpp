#pragma once
// What head office says of the settings of a store's tills.

#include <string>

#include "storage/domain/chain_settings.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// The last word stands, whole. Contradicts "settings.foreign" where it is not head office's.
Result<Done> apply(Applying& applying, const ChainSettings& settings);

/// The text that stands; empty: head office has said nothing.
std::string chain_settings(Database& database, std::string_view store);

}  // namespace keepsake::records

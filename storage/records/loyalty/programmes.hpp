#pragma once

#include <optional>
#include <string_view>

#include "storage/domain/loyalty/programme.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const Programme& programme);

/// The newest; version 0 when there is none.
Programme newest_programme(Database& database, std::string_view store);
bool knows_programme(Database& database, std::string_view store, std::int32_t version);

}  // namespace keepsake::records

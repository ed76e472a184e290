#pragma once

#include <string>

#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

/// The newest programme of a store, and what it means there. Failure as active_programme().
Result<ActiveProgramme> programme_of(Database& database, const std::string& store);

}  // namespace keepsake::sync::central

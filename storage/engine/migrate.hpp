#pragma once
// Numbered, embedded migrations. A database may hold several parts that grow by themselves:
// "records" (storage/records/migrations), "terminal", "vault", and the centre's own
// beside them.

#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/engine/database.hpp"

namespace keepsake {

namespace embedded {
struct EmbeddedFile;  // cmake/embed.cmake
}

/// Brings `part` up to the last of `files` ("0001_name.sql", numbered from 1 without a gap), all of
/// it in one transaction of its own. Failure::refused "schema.newer" when the file was written by a
/// newer version of Keepsake, and whatever the database reports.
///
/// `whole`: what all of `files` come to, as one text, for a database that has nothing of the part. After
/// each change of a table SQLite reads the whole schema anew, so that many files take ten times as long.
Result<Done> migrate(Database& database, std::string_view part,
                     const std::vector<embedded::EmbeddedFile>& files, std::string_view whole = {});

/// Read-only form: Failure::refused "schema.newer" or "schema.older" unless the part is exactly
/// current.
Result<Done> check_schema(Database& database, std::string_view part,
                          const std::vector<embedded::EmbeddedFile>& files);

}  // namespace keepsake

#pragma once
// Which files customers have.

#include <functional>
#include <optional>
#include <vector>

#include "storage/domain/customer/file.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const FileAttached& file);
Result<Done> apply(Applying& applying, const FileRemoved& removed);

/// Opens the names that were sealed until now.
Result<Done> reveal_file_names(Database& database, Vault& vault, const CustomerRef& customer);

/// Those that were not removed, under every reference of a person; newest first.
std::vector<AttachedFile> files_of(Database& database, const CustomerRef& kept);
/// Whether a reference still has this content.
bool has_file(Database& database, const CustomerRef& owner, const Hash& hash);
/// Every file that was not removed, of everybody; one content of one owner once.
void each_file(Database& database,
               const std::function<void(const CustomerRef& owner, const Hash& hash,
                                        const FactId& attached)>& use);

}  // namespace keepsake::records

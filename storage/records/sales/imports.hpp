#pragma once
// What came from other systems: purchases and returns whose origin is "SOURCE:NUMBER".

#include <string_view>
#include <vector>

#include "storage/records/core/applying.hpp"

namespace keepsake {
struct ImportedDocument;
}  // namespace keepsake

namespace keepsake::records {

/// Is a document of this origin here already? None is when `origin` is empty.
bool purchase_imported(Applying& applying, std::string_view origin);
bool return_imported(Applying& applying, std::string_view origin);

/// Those of one source, in no order.
std::vector<ImportedDocument> imported(Database& database, std::string_view store,
                                       std::string_view source);

}  // namespace keepsake::records

#pragma once
// What erasing a person comes to, looked up before it is recorded: afterwards nothing can be read.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/customer/file.hpp"

namespace keepsake {

class Database;

struct ErasurePlan {
  CustomerErasure fact;             ///< under every reference, with what stays
  std::vector<std::string> values;  ///< that must not be found any more
  std::vector<AttachedFile> files;
};

/// nullopt: they have been erased before. Throws DatabaseError.
std::optional<ErasurePlan> plan_erasure(Database& database, const CustomerRef& customer,
                                        std::string_view reason, std::string_view staff,
                                        LocalTime now, const KeepingTerms& terms);

}  // namespace keepsake

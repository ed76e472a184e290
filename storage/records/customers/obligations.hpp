#pragma once
// What stands against forgetting a person (storage/domain/customer/obligations.hpp), as the records
// have it. Functions throw DatabaseError.

#include <vector>

#include "storage/domain/customer/obligations.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::records {

/// `kept`: the reference that is kept; under every other of the person, too.
Obligations obligations_of(Database& database, const CustomerRef& kept, Date today);

/// What was said to stay of somebody who was erased, by reason.
std::vector<Restriction> restrictions_of(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records

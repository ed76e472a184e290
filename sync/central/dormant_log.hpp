#pragma once

#include <string_view>

#include "storage/domain/values/ids.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::sync::central {

/// Whether the store's tills keep nothing personal of them (known_customers.hpp). Inside the caller's
/// transaction; throws DatabaseError.
bool is_dormant_at(Database& database, const CustomerRef& customer, std::string_view store);

}  // namespace keepsake::sync::central

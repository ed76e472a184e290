#pragma once
// For whom something is published.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/money.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::sync::central {

/// The stores that it is for, and what they have in common.
struct Scope {
  std::vector<std::string> stores;
  std::optional<Currency> currency;  ///< nothing: none of them has one yet
};

/// `store`: empty for every store. Failure::not_found "store.unknown".
Result<std::vector<std::string>> stores_of(Database& records, const std::string& store);

/// Those, and what they have in common. Failure::not_found "store.unknown", ::refused
/// "publication.currencies" where they have several. Throws DatabaseError.
Result<Scope> scope_of(Database& records, const std::string& store);

/// The currency in which a file without one is read. `told`: empty for the stores' own.
/// Failure::bad_input "publication.currency", as Currency::parse.
Result<Currency> currency_for(const Scope& scope, std::string_view told);

}  // namespace keepsake::sync::central

#include "sync/central/publish_scope.hpp"

#include <algorithm>

#include "storage/engine/database.hpp"
#include "storage/records/reports/totals.hpp"
#include "sync/central/register.hpp"

namespace keepsake::sync::central {

Result<std::vector<std::string>> stores_of(Database& records, const std::string& store) {
  auto all = stores(records);
  if (store.empty()) return all;
  if (std::ranges::find(all, store) == all.end())
    return Error{Failure::not_found, "store.unknown", "There is no such store", store,
                 "See keepsake-central report"};
  return std::vector{store};
}

Result<Scope> scope_of(Database& records, const std::string& store) {
  Scope scope;
  auto all = stores_of(records, store);
  if (!all) return all.error();
  scope.stores = std::move(*all);
  for (const std::string& each : scope.stores) {
    const auto currency = records::currency(records, each);
    if (!currency) continue;
    if (scope.currency && *scope.currency != *currency) {
      return Error{Failure::refused, "publication.currencies", "The stores have several currencies",
                   each, "Publish for one store after the other: --store NAME"};
    }
    scope.currency = currency;
  }
  return scope;
}

Result<Currency> currency_for(const Scope& scope, std::string_view told) {
  if (told.empty()) {
    if (scope.currency) return *scope.currency;
    return Error{Failure::bad_input, "publication.currency", "No store has a currency yet",
                 "--currency", "Give it, such as --currency NOK"};
  }
  auto currency = Currency::parse(told);
  if (currency && scope.currency && *currency != *scope.currency) {
    return Error{Failure::bad_input, "publication.currency",
                 "The stores have " + std::string(scope.currency->code()), "--currency",
                 "Leave it out"};
  }
  return currency;
}

}  // namespace keepsake::sync::central

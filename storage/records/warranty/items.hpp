#pragma once
// Items under cover, looked up.

#include <vector>

#include "storage/domain/warranty/item.hpp"
#include "storage/engine/database.hpp"

namespace keepsake::records {

// Each item once, by the registration of it that stands: of those not returned the undisputed one, else
// the newest of those that were. At most limits::items_found, those that cover still before the others.

/// By serial, whatever the maker.
std::vector<ItemView> items_by_serial(Database& database, const ItemQuery& query);
/// By its receipt: every line that is covered, in their order, and what was registered for it later.
std::vector<ItemView> items_of_purchase(Database& database, FactId purchase);
/// Of everybody's references, by end date; those returned are not theirs any more.
std::vector<ItemView> items_of_customer(Database& database, const CustomerRef& customer);
std::optional<ItemView> item(Database& database, const ItemId& id);
std::vector<ItemView> items(Database& database, const ItemLookUp& look_up);

}  // namespace keepsake::records

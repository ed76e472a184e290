#pragma once
// Looking up items under cover, as people ask for them.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/warranty/item.hpp"

namespace keepsake {

class Book;
class Reader;

struct ItemsNamed {
  std::vector<ItemView> items;
  /// They are this customer's, by their card or phone: a look at them, for whoever keeps the trail.
  std::optional<CustomerRef> member = {};
};

/// By the code of a receipt; else by serial, its last four characters and the number of a receipt of
/// this till, all of them; else by a member's card or phone. Empty: nothing is under cover by that.
Result<ItemsNamed> items_named(Book& book, Reader& reader, std::string_view words);

}  // namespace keepsake

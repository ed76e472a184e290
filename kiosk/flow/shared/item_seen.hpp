#pragma once
// An item under cover as whoever stands at the screen may see it.

#include <optional>
#include <string>

#include "storage/domain/warranty/item.hpp"

namespace keepsake::flow {

/// What is for nobody at this screen is empty in `item`: to a customer who is not its owner, that is
/// whose it is and where it was bought.
struct ItemSeen {
  ItemView item;
  std::string owner = {};  ///< masked; for staff. Empty: nobody's, or not known any more
  bool own = false;        ///< of the member at the stand
  bool operator==(const ItemSeen&) const = default;
};

}  // namespace keepsake::flow

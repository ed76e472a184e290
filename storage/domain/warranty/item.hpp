#pragma once
// One item under cover, as whoever looks it up sees it.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/warranty/cover.hpp"

namespace keepsake {

/// Which registration of an item.
struct ItemId {
  FactId registration;     ///< the purchase, or the registration by itself
  std::int32_t line = -1;  ///< of the purchase; -1: it registered by itself
  bool operator==(const ItemId&) const = default;
};

/// What happened to an item. Of whoever had it before nothing is told but that it was.
struct ItemEvent {
  enum class Kind { sold, registered, disputed, begun, returned } kind = Kind::sold;
  LocalTime at;
  CoverStart start = CoverStart::purchase;  ///< begun: by what
  bool operator==(const ItemEvent&) const = default;
};

struct ItemView {
  ItemId id;
  std::string article;  ///< Article::code
  std::string article_name;
  std::string category;  ///< of the article as it is now; empty: it is no longer sold
  std::string maker;
  std::string serial;        ///< normalised; empty: it is known by its receipt line
  std::string serial_typed;  ///< as on the item
  Covers covers;
  CoverStart starts = CoverStart::purchase;  ///< its article's rule
  bool begun = false;  ///< the day of that rule was given; until then all counts from the purchase
  CustomerRef owner;   ///< may be nobody
  std::optional<FactId> purchase;
  LocalTime at;           ///< when it was registered
  bool disputed = false;  ///< there is another registration of the same item that nobody settled
  bool unfit = false;     ///< its serial breaks the article's rule, and stands so on the item
  bool returned = false;  ///< it went back to the shop: nothing is covered any more
  std::vector<ItemEvent> history;  ///< newest first, at most limits::item_events
  bool operator==(const ItemView&) const = default;
};

/// What was typed or scanned to find an item.
struct ItemQuery {
  std::string serial;     ///< normalised; empty: it can be none
  std::string tail;       ///< of exactly four characters: the last of a serial; else empty
  std::string imei = {};  ///< of 14 or 16 digits: the phone's that they may be; else empty
};
ItemQuery item_query(std::string_view typed);

/// How items are looked up: by what was typed or scanned, by the receipt, by whose they are, by name.
struct ItemLookUp {
  std::variant<ItemQuery, FactId, CustomerRef, ItemId> by;
};

}  // namespace keepsake

#pragma once

#include <vector>

#include "storage/domain/warranty/item.hpp"
#include "storage/domain/warranty/warranty.hpp"
#include "storage/records/core/applying.hpp"
#include "storage/records/core/columns.hpp"

namespace keepsake::records {

/// One item whose cover begins. `line` is the purchase's line, -1 for a registration by itself.
struct CoveredItem {
  std::int64_t line = -1;
  std::string_view article;
  std::string_view article_name;
  std::string_view maker;
  std::string_view serial;  ///< empty: it is known by its receipt line
  std::string_view serial_typed;
  const Covers* covers = nullptr;  ///< not null, not empty
  CustomerRef customer;
  std::optional<FactId> purchase;
  std::string_view staff;
  LocalTime at;
  bool unfit = false;
};

/// Whether an item stands registered: not voided, not disputed.
bool item_registered(Database& database, std::string_view maker, std::string_view serial);

/// Keeps it; when the same item (maker and serial) is registered already, as a dispute beside it.
void begin_cover(Applying& applying, const CoveredItem& item);
Result<Done> apply(Applying& applying, const WarrantyRegistration& registration);
/// The last word about an item stands. Contradiction "cover.unknown-item".
Result<Done> apply(Applying& applying, const CoverBegun& begun);
/// At `first` and behind it: the fact and the line.
inline void bind_item(Query& query, int first, const ItemId& id) {
  bind_id(query, first, id.registration);
  query.bind(first + 1, id.line);
}

/// Of one registration that is there.
Covers covers_of(Database& database, const ItemId& id);

/// The item of a purchase's line went back: its cover ends, and the serial is free for its next
/// owner.
void void_cover(Applying& applying, FactId purchase, std::int64_t line);

/// What a purchase's lines started, by line.
std::vector<std::pair<std::size_t, LineWarranty>> line_warranties(Database& database,
                                                                  FactId purchase);
/// Not those voided; by end date.
std::vector<WarrantySummary> warranties_of(Database& database, const CustomerRef& customer,
                                           std::size_t limit);

}  // namespace keepsake::records

#pragma once
// Touches of registering a warranty.

#include <cstddef>
#include <variant>

#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

enum class DateUnit { day, month, year };

struct PickArticle {
  std::size_t index;
};  ///< of `found` on the sale's search or the warranty form

struct DropArticle {};  ///< warranty form: choose another

struct StepDate {
  DateUnit unit;
  int by;
};  ///< never past today, never 10 years back

struct BoughtToday {};

/// Of the items that were found, or of the member's own on their page.
struct OpenItem {
  std::size_t index;
};

/// Managers: the serial that its article's rule refused stands so on the item.
struct StandsSo {};

struct OpenItemReceipt {};  ///< staff: the sale of the item on the page, as for a return

using WarrantyTouches =
    Types<PickArticle, DropArticle, StepDate, BoughtToday, OpenItem, StandsSo, OpenItemReceipt>;

}  // namespace keepsake::flow

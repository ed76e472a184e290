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

using WarrantyTouches = Types<PickArticle, DropArticle, StepDate, BoughtToday>;

}  // namespace keepsake::flow

#pragma once
// Points, gift cards and wallets past their last day.

#include <cstdint>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake {

class Book;
namespace loyalty {
struct Expiry;
}

struct ExpiryRun {
  std::vector<FactId> facts;
  std::int64_t lots = 0;
  Points points;
  std::int64_t cards = 0;
  Money value;  ///< of the cards
  std::int64_t wallets = 0;
  Money wallet_value = {};
};
/// Lets everything expire whose last day is before `at`'s day, under the programme's rule.
/// Idempotent, and right however long ago the last run was; a day once is enough.
Result<ExpiryRun> run_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at);

}  // namespace keepsake

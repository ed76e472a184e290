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
/// What run_expiry() would let expire; no facts.
Result<ExpiryRun> find_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at);
/// Lets everything expire whose last day is before `at`'s day, under the programme's rule.
/// Idempotent, and right however long ago the last run was; a day once is enough.
/// Failure::refused "clock.ahead" on a day that is not believed (Book::look_at_clock).
Result<ExpiryRun> run_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at);

}  // namespace keepsake

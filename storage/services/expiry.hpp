#pragma once
// Points, gift cards and wallets past their last day.

#include <cstdint>
#include <map>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"

namespace keepsake {

class Book;
class Reader;
namespace loyalty {
struct Expiry;
}

/// Points past their last day that no run has taken yet: they stand in the accounts, and cannot be
/// spent any more. By customer, as the accounts have them.
struct LapsedPoints {
  std::map<CustomerRef, Points> of;
  Points sum;
  Points of_customer(const CustomerRef& customer) const;
};
Result<LapsedPoints> lapsed_points(Reader& reader, const loyalty::Expiry& rule, Currency currency,
                                   Date today);

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
/// Failure::refused "clock.ahead" on a day that is not believed (Book::look_at_clock),
/// "expiry.head-office" at a terminal that has one: it knows more of the customers than a till does.
Result<ExpiryRun> run_expiry(Book& book, const loyalty::Expiry& rule, LocalTime at);

}  // namespace keepsake

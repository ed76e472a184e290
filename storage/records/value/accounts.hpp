#pragma once
// The ledger, double entry (I3): what one fact posts sums to zero in each unit, so all accounts
// together do. Kinds, owners and units: storage/records/migrations/0003_ledger.sql.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/sale/loyalty_result.hpp"
#include "storage/records/core/applying.hpp"
#include "storage/records/value/account_kind.hpp"

namespace keepsake::records {

/// The postings of the fact that is being applied. Accounts move at close().
class Ledger {
 public:
  explicit Ledger(Applying& applying);
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  void post(Account account, std::string_view owner, Points points,
            std::optional<LotId> lot = std::nullopt);
  void post(Account account, std::string_view owner, Money money);
  /// Once, at the end of apply(). What was posted sums to zero (assert).
  void close();

  Applying& applying() { return applying_; }
  /// What the account holds with what this fact has posted so far.
  Money held(Account account, std::string_view owner, Currency currency);

 private:
  struct Movement {
    std::string unit;
    Account account;
    std::string owner;
    std::int64_t amount;
  };
  void put(std::string_view unit, Account account, std::string_view owner, std::int64_t amount,
           const std::optional<LotId>& lot);
  void move(const Movement& movement);

  Applying& applying_;
  std::int64_t n_ = 0;
  std::vector<Movement> movements_;
};

/// 0 for an account that nothing was posted to.
Points points_in(Database& database, Account account, std::string_view owner);
Money money_in(Database& database, Account account, std::string_view owner, Currency currency);

}  // namespace keepsake::records

#pragma once
// The ledger, double entry (I3): what one fact posts sums to zero for each owner in each unit, so all
// accounts together do. The programme's side of a balance (issued, redeemed, lost ...) is an account of
// the very owner whose balance it counters: no two customers' facts meet in a row. What goes from one
// owner to another passes through `moved` of both. Kinds, owners and units: schema.sql.

#include <map>
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
  /// What was posted to `from` and its counterpart to `to` belong together: their accounts `moved`
  /// say so, at close().
  void pass(std::string_view from, std::string_view to, Points points);
  void pass(std::string_view from, std::string_view to, Money money);
  /// Once, at the end of apply(). What was posted to each owner sums to zero in each unit (assert).
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
  void put_passed();
  void move(const Movement& movement);
  bool balances() const;

  Applying& applying_;
  std::int64_t n_ = 0;
  std::vector<Movement> movements_;
  std::map<std::pair<std::string, std::string>, std::int64_t> passed_;  ///< by unit and owner
};

/// 0 for an account that nothing was posted to.
Points points_in(Database& database, Account account, std::string_view owner);
Money money_in(Database& database, Account account, std::string_view owner, Currency currency);

}  // namespace keepsake::records

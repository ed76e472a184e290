#pragma once
// The judge's own arithmetic: what everybody must have, by nothing but adding up the facts of all
// journals. It knows no rules, no lots and no order.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/domain/fact.hpp"
#include "storage/domain/sale/loyalty_result.hpp"

namespace keepsake::world {

/// Whose what: points in hundredths, a wallet's or a card's money in minor units.
enum class Purse { points, wallet, card };
struct PurseOf {
  Purse purse;
  std::string owner;  ///< a customer's 16 bytes, or the card's name
  auto operator<=>(const PurseOf&) const = default;
};

/// Of one store.
struct Turnover {
  std::int64_t purchases = 0, purchase_minor = 0, returns = 0, return_minor = 0;
  bool operator==(const Turnover&) const = default;
};

class Ledger {
 public:
  void add(const std::string& store, const Fact& fact);

  /// People whom a merge made one, also where it was undone, are one owner: what they have together
  /// is the same either way.
  std::string owner_of(const std::string& owner) const;
  std::map<PurseOf, std::int64_t> sums() const;
  const std::map<std::string, Turnover>& turnovers() const { return turnovers_; }
  /// Of whom nothing is said: erased, or with something settled as a debt.
  bool is_left_out(const std::string& owner) const;
  /// Something of theirs came back: points that a return takes may be spent by then.
  bool has_returned(const std::string& owner) const;
  /// Codes that were handed out more than once.
  const std::set<std::string>& codes_given_twice() const { return codes_twice_; }
  const std::vector<CustomerRef>& erased() const { return erased_; }
  std::size_t codes_given() const { return codes_.size(); }

 private:
  void move(Purse purse, const std::string& owner, std::int64_t amount);
  void add(const std::string& owner, const LoyaltyResult& loyalty);
  void add_purchase(const std::string& store, const Purchase& purchase);
  void add_return(const std::string& store, const Return& back);
  void add_expired(const PointsExpired& expired);

  std::map<PurseOf, std::int64_t> moved_;
  std::vector<CustomerRef> erased_;
  std::map<std::string, std::string> merged_into_;
  std::map<std::string, Turnover> turnovers_;
  std::set<std::string> left_out_, returned_, codes_, codes_twice_;
};

std::string owner_of(const CustomerRef& customer);

}  // namespace keepsake::world

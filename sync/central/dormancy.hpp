#pragma once
// Customers whom a store has not seen for long leave it: its tills keep nothing personal of them until
// something of theirs happens there (storage/domain/customer/dormancy.hpp has the rules,
// known_customers.hpp what follows, CENTRAL.md the page). Nobody is erased by it, and nothing changes
// at head office and at other stores.

#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "storage/domain/customer/dormancy.hpp"
#include "storage/domain/values/result.hpp"
#include "sync/central/daily_round.hpp"
#include "sync/central/known_customers.hpp"

namespace keepsake {
class Clock;
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

/// People of one store who are to leave it, found in one look.
struct StoreDormancy {
  std::string store;
  Date today;
  /// Each with the references under which the store knows them.
  std::vector<std::vector<CustomerRef>> people;
  /// Up to whom the look came; nobody at first.
  Instant last_seen{std::numeric_limits<std::int64_t>::min()};
  CustomerRef last{};
  bool finished = false;  ///< nobody is left to be looked at
};

/// Asks what keeps people at their store. In a transaction of the caller's, or its only user; throws
/// DatabaseError.
class Livings {
 public:
  Livings(Database& database, Vault& vault, Instant now);
  LiveAtStore at(std::string_view store, const CustomerRef& customer, Date today) const;

 private:
  Database& database_;
  Vault& vault_;
  Instant now_;
  std::set<CustomerRef> judged_by_;  ///< of whom a card was claimed by another
};

/// The daily run, in parts: each is bounded, and between two of them pushes and pulls go on.
class Dormancies {
 public:
  Dormancies(Database& writer, Vault& vault, const Clock& clock)
      : database_(writer), vault_(vault), clock_(clock) {}

  /// A part of the stores that are not done on their present day. On a thread that reads, with a vault
  /// of its own. Empty: there is none. Throws DatabaseError.
  std::vector<StoreDormancy> look(Database& reader, Vault& vault);

  struct Passed {
    Stores news;
    bool more = false;  ///< look() again
  };
  /// They leave, but for whoever has come back since; on the thread that writes, those of each store in
  /// one transaction. Moves the day that is believed on, also where nobody leaves. Failure::refused
  /// "clock.ahead" when only this machine's clock says that they are idle.
  Result<Passed> publish(const std::vector<StoreDormancy>& all);

  static constexpr std::size_t looked_at_once = 2000;  ///< references of a store, in one look
  static constexpr std::size_t leaving_at_once = 50;   ///< people of all stores, in one look

 private:
  StoreDormancy look_at(Database& reader, const Livings& living, const std::string& store,
                        Date today, std::size_t most);
  void leave(const StoreDormancy& store);

  DailyRound round_;
  std::mutex mutex_;
  std::map<std::string, StoreDormancy> reached_;  ///< by store; without the people
  Database& database_;
  Vault& vault_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

#pragma once
// What is past its last day in the chain. A till has seen a part of it alone, so head office lets
// points, gift cards and wallets expire, and says so to every store that knows whose they were. What
// can be spent never waits for it: that follows from the day.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/loyalty/events.hpp"
#include "storage/domain/values/result.hpp"
#include "sync/central/daily_round.hpp"

namespace keepsake {
class Clock;
class Database;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

class Publishing;

struct StoreExpiry {
  std::string store;  ///< that issued the points, sold the card or enrolled the customer
  PointsExpired due;
};

/// By each store's own day and programme; of one store, or of all. Stores where nothing is due are left
/// out. `reader` is in a transaction of the caller's, or its only user.
std::vector<StoreExpiry> find_expiry(Database& reader, std::optional<std::string_view> store,
                                     Instant now);
/// What is due of one store, in as many publications' facts as the limits ask for.
std::vector<Fact> facts_of(const StoreExpiry& expiry);

/// The daily run.
class Expiries {
 public:
  Expiries(Database& writer, Publishing& publishing, const Clock& clock)
      : database_(writer), publishing_(publishing), clock_(clock) {}

  /// What is due in stores where it has not been published on their present day. On the thread that
  /// reads: it may look at every lot. Throws DatabaseError.
  std::vector<StoreExpiry> look(Database& reader);
  /// Publishes it and brings nothing into force by itself; on the thread that writes. Failure::refused
  /// "clock.ahead" when only this machine's clock says that it is due: by days that nobody has seen
  /// pass nothing expires (storage/domain/values/trusted_time.hpp).
  Result<Done> publish(const std::vector<StoreExpiry>& due);

 private:
  DailyRound round_;
  Database& database_;
  Publishing& publishing_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

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

/// The daily run. One caller at a time, the one that owns the writing connection.
class Expiries {
 public:
  Expiries(Database& writer, Publishing& publishing, const Clock& clock)
      : database_(writer), publishing_(publishing), clock_(clock) {}

  /// Publishes what is due and brings nothing into force by itself. The number of stores that have
  /// something. Failure::refused "clock.ahead" when only this machine's clock says so: by days that
  /// nobody has seen pass nothing expires (storage/domain/values/trusted_time.hpp).
  Result<std::size_t> run();

 private:
  Database& database_;
  Publishing& publishing_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

#pragma once
// Customers who are idle in the whole chain. A till knows what its store has of them alone, so head
// office erases who has given no sign of life anywhere for as long as it has said for the store that
// enrolled them (publish settings), and says so to every store that knows them.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/change.hpp"
#include "storage/domain/values/result.hpp"
#include "sync/central/daily_round.hpp"

namespace keepsake {
class Clock;
class Database;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

class Publishing;

struct StoreRetention {
  std::string store;  ///< that enrolled them
  Date today;
  std::int64_t months = 0;  ///< after which they are idle; 0: head office has not said
  /// One for each person; also of who is erased under one reference and lives on under another.
  std::vector<CustomerErasure> due;
};

/// By each store's own day and settings; of one store, or of all. Stores where nobody is due are
/// there, too. `reader` is in a transaction of the caller's, or its only user.
std::vector<StoreRetention> find_idle(Database& reader, std::optional<std::string_view> store,
                                      Instant now);
/// Publications of them: what is published together is taken in together by a till.
std::vector<std::vector<Fact>> publications_of(const StoreRetention& retention);

/// The daily run.
class Retention {
 public:
  Retention(Database& writer, Publishing& publishing, const Clock& clock)
      : database_(writer), publishing_(publishing), clock_(clock) {}

  /// Of the stores that have not been looked at on their present day. On the thread that reads.
  /// Throws DatabaseError.
  std::vector<StoreRetention> look(Database& reader);
  /// Publishes them, but for whoever has come back since, and brings nothing into force by itself; on
  /// the thread that writes. Failure::refused "clock.ahead" when only this machine's clock says that
  /// they are idle, "retention.many" when more than `unasked` of one store are.
  Result<Done> publish(const std::vector<StoreRetention>& all);

  /// More in one store on one day are erased on the word of a person only: a rule was set wrongly, or a
  /// store's customers came from another system with old dates.
  static constexpr std::size_t unasked = 200;

 private:
  Result<Done> publish(const StoreRetention& store, const Result<Done>& believed);

  DailyRound round_;
  Database& database_;
  Publishing& publishing_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

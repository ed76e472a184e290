#pragma once
// The last instant at which this terminal's clock was believed (domain/values/trusted_time.hpp),
// kept beside the journal. Functions throw DatabaseError, and are called outside transactions.

#include "storage/domain/fact.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/engine/database.hpp"
#include "storage/journal/journal.hpp"

namespace keepsake {

class BelievedClock {
 public:
  /// Earlier versions did not keep it: then it is the newest fact's time, unless that is later than
  /// the clock. A new book believes the clock. All outlive it.
  BelievedClock(Database& database, const Clock& clock, const journal::Head& newest);

  /// Moves what is believed on where it may; kept to the hour, so that a sale costs no second write.
  ClockTrust look();
  void confirm();  ///< a person says that the clock is right
  /// What expires is gone: no day that is still to come may say so. Failure::refused "clock.ahead".
  Result<Done> check(const Fact& fact) const;

 private:
  void believe(Instant at);

  Database& database_;
  const Clock& clock_;
  Instant believed_;
};

}  // namespace keepsake

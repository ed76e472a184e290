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
  Done confirm();  ///< a person says that the clock is right
  /// Head office has answered at `there`, by its clock. Kept where that changes anything.
  Done hear(Instant there);
  /// A sale under a date that is doubted is marked for a manager: "date.ahead" or "date.behind" among
  /// the exceptions. In the transaction that records it.
  void mark(Seq seq, const Fact& fact) const;
  /// What expires is gone: no day that is still to come may say so. Failure::refused "clock.ahead".
  Result<Done> check(const Fact& fact) const;

 private:
  ClockTrust now() const { return {kept_.believed, clock_.now(), kept_.office}; }
  void keep(const ClockTrust& trust);

  Database& database_;
  const Clock& clock_;
  ClockTrust kept_;
};

}  // namespace keepsake

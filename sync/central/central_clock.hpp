#pragma once
// Which days head office believes its clock on (storage/domain/values/trusted_time.hpp).

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/trusted_time.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::sync::central {

/// The clock beside what is believed. Reads only; throws DatabaseError.
ClockTrust trust_in_clock(Database& database, Instant now);

/// A person says that the clock is right, whatever was believed.
void confirm_clock(Database& writer, Instant now);

/// Moves what is believed on where it may. Failure::refused "clock.ahead" when only this machine's clock
/// shows that day: whoever saw what is due, and did it by hand, said with it that the date is right.
/// In a transaction of the caller's or none; throws DatabaseError.
Result<Done> expect_believed_clock(Database& writer, Instant now);

/// The time by which something is noted that nobody may be late for by a clock's fault: not before
/// what was believed, and not after it where the clock has jumped ahead. Reads only.
Instant believed_now(Database& database, Instant now);

}  // namespace keepsake::sync::central

#pragma once
// Which days a clock is believed on. A till whose battery was dead may wake up in 2099: what cannot
// be taken back (expiry, erasure) is not done on the word of a clock alone.

#include "storage/domain/values/time.hpp"

namespace keepsake {

/// How far a clock may run on from the last instant that was believed before a person has to say
/// that the date is right: a shop closed for a month opens without a question.
inline constexpr std::chrono::days believed_step{35};

/// The clock beside the last instant that was believed.
struct ClockTrust {
  Instant believed;  ///< moves forward only, a step at a time, or where a person says so
  Instant now;

  /// An early clock is believed: what it does comes late, never too soon.
  bool holds() const { return now - believed <= believed_step; }
  /// What is believed after this look.
  Instant after() const { return holds() && now > believed ? now : believed; }
};

/// Failure::refused "clock.ahead" unless the day follows from the last one that was believed.
Result<Done> expect_believed(const ClockTrust& trust);

/// Facts are of the years 1970 to 2199. Failure::refused "clock.wrong" names the day that the clock
/// shows.
Result<Done> expect_plausible(Instant now);

}  // namespace keepsake

#pragma once
// Which days a clock is believed on. A till whose battery was dead may wake up in 2099: what cannot
// be taken back (expiry, erasure) is not done on the word of a clock alone.

#include "storage/domain/values/time.hpp"

namespace keepsake {

/// How far a clock may run on from the last instant that was believed before a person has to say
/// that the date is right: a shop closed for a month opens without a question.
inline constexpr std::chrono::days believed_step{35};

/// How far it may be behind that: what was leased to a till has as long a grace after its last hour.
inline constexpr std::chrono::days may_be_behind{1};

/// The clock beside the last instant that was believed.
struct ClockTrust {
  Instant believed;  ///< moves forward only, a step at a time, or where a person says so
  Instant now;

  /// Not too far ahead. What lapses by an early clock does so late, never too soon.
  bool holds() const { return now - believed <= believed_step; }
  /// Neither ahead nor behind: by an early clock what is over would be good again.
  bool is_right() const { return holds() && believed - now <= may_be_behind; }
  /// What is believed after this look.
  Instant after() const { return holds() && now > believed ? now : believed; }
};

/// Failure::refused "clock.ahead" unless the day follows from the last one that was believed.
Result<Done> expect_believed(const ClockTrust& trust);
/// And "clock.behind" where it is over already.
Result<Done> expect_right(const ClockTrust& trust);
/// One of these two, about which a person has to say something.
bool doubts_clock(const Error& error);

/// Facts are of the years 1970 to 2199. Failure::refused "clock.wrong" names the day that the clock
/// shows.
Result<Done> expect_plausible(Instant now);

}  // namespace keepsake

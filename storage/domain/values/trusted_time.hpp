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

/// How far it may be from the time of head office's answers.
inline constexpr std::chrono::days may_differ{1};

/// What head office's answers last said of the clock.
enum class OfficeWord {
  none = 0,  ///< nothing, or that it is right
  denies = 1,
  overruled = 2,  ///< denied it, and a person says that it is right all the same
};

/// The clock beside the last instant that was believed.
struct ClockTrust {
  /// Moves forward only, a step at a time, or to where a person or head office says that it is.
  Instant believed;
  Instant now;
  OfficeWord office = OfficeWord::none;

  /// Not too far ahead. What lapses by an early clock does so late, never too soon.
  bool holds() const { return now - believed <= (denied() ? std::chrono::days(0) : believed_step); }
  /// Neither ahead nor behind: by an early clock what is over would be good again.
  bool is_right() const { return !denied() && holds() && believed - now <= may_be_behind; }
  /// What is believed after this look.
  Instant after() const { return holds() && now > believed ? now : believed; }
  ClockTrust at(Instant other) const { return {believed, other, office}; }
  bool denied() const { return office == OfficeWord::denies; }
  bool operator==(const ClockTrust&) const = default;
};

/// What is believed once head office has answered at `there`, by its clock. Where that is about now, the
/// clock is right, whatever was believed; else it is not, until an answer or a person says so. A person
/// who overruled head office is not contradicted for the same doubt.
ClockTrust heard(const ClockTrust& trust, Instant there);
/// What is believed once a person has said that the clock is right.
ClockTrust confirmed(const ClockTrust& trust);

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

#pragma once
// Exceptions, what may be decided of them, and the decision as a fact.

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/money.hpp"
#include "storage/domain/values/points.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// What a person says to an exception.
enum class Decision {
  absorb = 1,  ///< the shop bears what was lost
  debt = 2,    ///< the customer owes it
  noted = 3,   ///< seen, and seen to where it needs that: nothing moves
};
std::string_view name_of(Decision decision);  ///< "absorb", "debt", "noted"
/// Failure::bad_input "exception.decision".
Result<Decision> parse_decision(std::string_view name);

/// A code that a fact's exception can have, and how it is settled.
///   meaning  what happened, as a sentence
///   remedy   what to do about it
struct ExceptionKind {
  std::string_view code;
  std::span<const Decision> decisions;  ///< never empty: nothing stays that nobody can clear
  std::string_view meaning;
  std::string_view remedy;
};
/// Every code that this version's records and head office give.
std::span<const ExceptionKind> exception_kinds();
/// Of a code that only a newer version knows: it can be noted.
const ExceptionKind& kind_of_exception(std::string_view code);

/// What was lacking: points of a member, money in a wallet or on a gift card; or nothing that can be
/// counted.
using Lacking = std::variant<std::monostate, Points, Money>;
bool is_something(const Lacking& lacking);
std::string to_text(const Lacking& lacking);  ///< "12.5 points", "40.00 NOK", ""

/// Which one: one fact can contradict in several ways, and in one way several times, which is
/// settled together. Ordinals would not do: head office, which knows more, may note more of a fact
/// than the till that recorded it.
struct ExceptionName {
  FactId fact;
  std::string code;
  auto operator<=>(const ExceptionName&) const = default;
};
/// As lists print it and commands take it: "1204711-1-42/points.short" (terminal, epoch, seq).
std::string to_text(const ExceptionName& name);

/// Settled once: of several the first in head office's order stands, and the others change nothing.
struct ExceptionSettled {
  ExceptionName exception;
  Decision decision = Decision::noted;
  /// Who lacked what was taken, where somebody did, so that every store that knows them hears the first
  /// word and no other.
  CustomerRef customer;
  /// Of a debt: at most how much. What the fact did not lack after all, where it found another place
  /// in head office's order, is not owed.
  Lacking owed;
  std::string reason;
  std::string staff;  ///< who did it; empty: head office
  LocalTime at;
  bool operator==(const ExceptionSettled&) const = default;
};

/// Failure::bad_input "exception.code", "exception.debt", as check_text().
Result<Done> check(const ExceptionSettled& settled);

}  // namespace keepsake

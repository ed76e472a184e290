#pragma once

#include <string_view>

#include "storage/domain/values/result.hpp"
#include "sync/central/register.hpp"

namespace keepsake {
class Clock;
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Shuts terminals out. One caller at a time, the one that owns the writing connection.
class Revocations {
 public:
  Revocations(Database& writer, const Clock& clock) : database_(writer), clock_(clock) {}

  /// Nothing that the terminal sends is taken any more and nothing is sent to it. The codes of its
  /// store that nobody has used yet end with it: it may know them. A code made afterwards lets it in
  /// again, under the next epoch. `reason` and `by` are kept in the trail. The terminal as it is now.
  /// Failure::not_found "terminal.unknown", ::refused "terminal.revoked" (it is already),
  /// ::bad_input "revocation.reason".
  Result<Terminal> revoke(TerminalNumber number, std::string_view reason, std::string_view by);

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

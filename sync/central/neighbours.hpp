#pragma once

#include <variant>

#include "sync/serving/refusal.hpp"
#include "sync/wire/mirror.hpp"

namespace keepsake {
class Clock;
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Tells each terminal which others its store has and where they listen, so that nobody types
/// addresses, and none takes a stranger for a neighbour. One caller at a time, the one that owns the
/// writing connection.
class Neighbours {
 public:
  Neighbours(Database& writer, const Clock& clock) : database_(writer), clock_(clock) {}

  /// Keeps where this terminal listens. The answer has those of its store that are neither shut out
  /// nor away (tills_at_work()), at most neighbours_most. Refusals: 403 and 410 as check_standing().
  std::variant<NeighboursAnswer, Refusal> exchange(TerminalNumber number, Epoch epoch,
                                                   const NeighboursRequest& told);

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

#pragma once

#include <exception>
#include <optional>
#include <vector>

#include "sync/central/fact_log.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/central/register.hpp"

namespace keepsake {
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

struct Posted {
  FactState state = FactState::applied;
  Stores news;  ///< other stores that it concerns
};

/// What is undone where a fact breaks a rule of the tables: what it had changed, for which SQLite keeps
/// what each page was before each fact; or nothing, and MustUndo is thrown for whoever rolls back all of
/// the transaction.
enum class Undo { each, none };
struct MustUndo : std::exception {};

/// Facts that wait, posted in one transaction of the caller's.
class Posting {
 public:
  Posting(Database& database, Vault& vault, Instant now, Undo undo)
      : database_(database), vault_(vault), now_(now), undo_(undo) {}

  /// Judges a fact that waits, applies it to the records and gives it its place in the order. A fact
  /// that cannot be read, that breaks its own rules, or whose id is taken is quarantined, and what it
  /// had changed is undone (I7). The outcomes are stored. Throws DatabaseError when the database or the
  /// vault fails (disk, memory, lock, damage): what may pass is not the fact's fault. Of one that is
  /// applied decide_applied() is still to be called.
  Posted post(const SetAside& fact);

 private:
  const std::optional<Terminal>& sender_of(const SetAside& fact);

  Database& database_;
  Vault& vault_;
  Instant now_;
  Undo undo_;
  std::optional<Terminal> sender_;  ///< of the fact before
};

/// Sets a fact that waits aside without a look at it: judging it failed.
void put_aside(Database& database, const SetAside& fact, Instant now);

/// Judges a fact that was set aside as Posting would now, and replaces its outcomes.
Posted judge_again(Database& database, Vault& vault, const SetAside& fact, Instant now);

}  // namespace keepsake::sync::central

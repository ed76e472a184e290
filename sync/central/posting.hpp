#pragma once

#include <vector>

#include "sync/central/fact_log.hpp"
#include "sync/central/known_customers.hpp"

namespace keepsake {
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

struct Posted {
  FactState state = FactState::applied;
  Stores news;  ///< other stores that it concerns
};

/// Judges a fact that waits, applies it to the records and gives it its place in the order, inside the
/// caller's transaction. A fact that cannot be read, that breaks its own rules, or whose id is taken
/// is quarantined, and what it had changed is undone (I7). The outcomes are stored. Throws
/// DatabaseError when the database or the vault fails (disk, memory, lock, damage): what may pass is
/// not the fact's fault.
Posted post(Database& database, Vault& vault, const SetAside& fact, Instant now);

/// Sets a fact that waits aside without a look at it: judging it failed.
void put_aside(Database& database, const SetAside& fact, Instant now);

/// Judges a fact that was set aside as post() would now, and replaces its outcomes.
Posted judge_again(Database& database, Vault& vault, const SetAside& fact, Instant now);

}  // namespace keepsake::sync::central

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

/// Keeps one record and applies its fact to the records, inside the caller's transaction. Whatever
/// is wrong with the fact, it is kept and its seq is consumed: a fact that cannot be read, that
/// breaks its own rules, or whose id is taken is quarantined, and what it had changed is undone
/// (I7). The outcomes are stored. Throws DatabaseError when the database or the vault fails (disk,
/// memory, lock, damage): what may pass is not the fact's fault.
Posted post(Database& database, Vault& vault, const Terminal& terminal, const Record& record,
            Instant now);

/// Judges a fact that was set aside as post() would now, and replaces its outcomes.
Posted judge_again(Database& database, Vault& vault, const SetAside& fact, Instant now);

}  // namespace keepsake::sync::central

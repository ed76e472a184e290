#pragma once
// Whether a terminal may speak under the epoch that its certificate names.

#include <optional>

#include "sync/central/register.hpp"
#include "sync/serving/refusal.hpp"

namespace keepsake::sync::central {

/// 403 "terminal.revoked", "terminal.unknown" (its certificate is ours, so it was let in after the
/// backup that this database was put back from); 410 "epoch.retired". nullopt: it may. A revoked epoch
/// is told so even when a later one is in force: whoever holds its key is not to be told to enrol.
std::optional<Refusal> check_standing(const std::optional<Terminal>& terminal, Epoch epoch);

// 409: what the terminal sends does not follow what is held.
Refusal gap_after(const Terminal& terminal);
Refusal fork_refusal();

/// 404: batches of a terminal or an epoch that is not here are handed in.
Refusal no_such_terminal();

/// The answer to everything that a revoked terminal asks.
Refusal revoked_refusal();

}  // namespace keepsake::sync::central

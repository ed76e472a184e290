#pragma once
// Whom the ids of a terminal's facts may name: the terminal itself, and what its folder was before it
// got this number, as handed over at enrolment. Functions run inside the caller's transaction and
// throw DatabaseError.

#include "sync/central/register.hpp"

namespace keepsake::sync::central {

/// That epoch and those before it.
void add_predecessor(Database& database, TerminalNumber terminal, const TerminalIdentity& maker);
/// `terminal` may name whatever `former` may, and `former` itself.
void inherit_from(Database& database, TerminalNumber terminal, const Terminal& former);
/// Whether anybody may name this number, so that nobody else gets it.
bool is_predecessor(Database& database, TerminalNumber maker);
bool may_name(Database& database, const Terminal& terminal, const FactId& id);

}  // namespace keepsake::sync::central

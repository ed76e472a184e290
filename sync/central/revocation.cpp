#include "sync/central/revocation.hpp"

#include <string>

#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/engine/database.hpp"
#include "sync/central/terminal_trail.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql end_codes{"central.code.end",
                        "UPDATE central_code SET expires_ms = $2 "
                        "WHERE store = $1 AND used_by IS NULL AND expires_ms > $2"};

}  // namespace

Result<Terminal> Revocations::revoke(TerminalNumber number, std::string_view typed,
                                     std::string_view by) {
  const std::string reason = tidied(typed);
  if (!check_text(reason, limits::text_bytes, Presence::required, {}))
    return Error{Failure::bad_input, "revocation.reason", "A revocation needs a reason", "--reason",
                 "Give it in plain text, for example: --reason stolen"};
  const Instant now = clock_.now();
  try {
    Transaction transaction(database_);
    auto terminal = find_terminal(database_, number);
    if (!terminal)
      return Error{Failure::not_found, "terminal.unknown", "There is no such terminal",
                   std::to_string(number.value), "`keepsake-central terminals` lists them"};
    if (terminal->is_revoked())
      return Error{Failure::refused, "terminal.revoked", "This terminal is revoked already",
                   std::to_string(number.value),
                   "A new enrolment code lets it in again: keepsake-central enrol-code"};
    terminal->revoked = terminal->epoch;
    set_revoked(database_, number, terminal->revoked);
    const auto end = database_.query(end_codes);
    end->bind_text(1, terminal->store);
    end->bind(2, now.ms);
    end->step();
    add_trail(database_, {number, terminal->epoch, "revoked", reason, std::string(by), now});
    transaction.commit();
    return *terminal;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake::sync::central

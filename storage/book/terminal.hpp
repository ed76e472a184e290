#pragma once
// What only a terminal keeps beside journal and records: who it is, and how far the centre has
// come. Tables: storage/book/migrations. Functions throw DatabaseError.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/book/enrolment.hpp"
#include "storage/book/import_mark.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/domain/values/trusted_time.hpp"
#include "storage/engine/database.hpp"
#include "storage/records/reports/exceptions.hpp"

namespace keepsake::terminal {

Result<Done> migrate(Database& database);
Result<Done> check_schema(Database& database);

struct Identity {
  TerminalNumber terminal;
  Epoch epoch;
  Seq from_seq = 1;
};
/// Every identity this folder has recorded under, oldest first; empty: not a book yet.
std::vector<Identity> identities(Database& database);
std::vector<TerminalNumber> own_numbers(Database& database);  ///< of all of them
void add_identity(Database& database, const Identity& identity);

/// Failure::bad_input "enrol.answer".
Result<Done> check_enrolment(const Enrolment& enrolment);
std::optional<Enrolment> enrolment(Database& database);
void put_enrolment(Database& database, const Enrolment& enrolment);

Acknowledged acknowledged(Database& database);
std::string signed_acknowledgement(Database& database);  ///< as it came; empty: none
/// Checks I4 and that the hash is this journal's; then keeps the answer and its outcomes.
/// What head office said of own facts; each once, however often it says so.
void note_outcomes(Database& database, std::span<const FactOutcome> outcomes);
Result<Done> acknowledge(Database& database, const Acknowledged& acknowledged,
                         std::span<const FactOutcome> outcomes, std::string_view signed_answer);
std::vector<FactOutcome> outcomes(Database& database, std::size_t limit);  ///< newest first
/// Those of exceptions that nobody has settled, newest first.
std::vector<records::NotedException> unsettled_outcomes(Database& database, std::size_t limit);
/// Exceptions of the records and of head office's answers, each once, that nobody has settled.
std::int64_t count_unsettled(Database& database);
/// How many of the terminal's own records, from this one on, have some that nobody has settled.
std::int64_t count_unsettled_records(Database& database, Seq from);
/// Nothing: head office takes what is sent.
Result<Done> put_line_refusal(Database& database, const std::optional<LineRefusal>& refusal);
std::optional<LineRefusal> line_refusal(Database& database);
/// When the first fact that the centre lacks was recorded.
std::optional<Instant> oldest_waiting(Database& database);

void put_import_mark(Database& database, const ImportMark& mark);
std::optional<std::string> import_mark(Database& database, std::string_view origin);

/// As it was kept; `now` is the instant that was believed.
std::optional<ClockTrust> trusted_clock(Database& database);
void put_trusted_clock(Database& database, const ClockTrust& trust);

}  // namespace keepsake::terminal

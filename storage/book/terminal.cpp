#include "storage/book/terminal.hpp"

#include "storage/engine/migrate.hpp"
#include "storage/records/core/columns.hpp"
#include "terminal_migrations.hpp"

namespace keepsake::terminal {

namespace {

constexpr Sql read_identities{"identity.all",
                              "SELECT terminal, epoch, from_seq FROM identity ORDER BY n"};
constexpr Sql put_identity{"identity.put",
                           "INSERT INTO identity (n, terminal, epoch, from_seq)"
                           " VALUES ((SELECT coalesce(max(n), 0) + 1 FROM identity), $1, $2, $3)"};
constexpr Sql read_enrolment{
    "enrolment.read",
    "SELECT terminal, epoch, store, central_url, central_sign_public, central_box_public, till"
    " FROM enrolment"};
constexpr Sql upsert_enrolment{
    "enrolment.put",
    "INSERT INTO enrolment (one, terminal, epoch, store, central_url, central_sign_public,"
    " central_box_public, till) VALUES (1, $1, $2, $3, $4, $5, $6, $7) ON CONFLICT (one) DO UPDATE "
    "SET"
    " terminal = excluded.terminal, epoch = excluded.epoch, store = excluded.store,"
    " central_url = excluded.central_url, central_sign_public = excluded.central_sign_public,"
    " central_box_public = excluded.central_box_public, till = excluded.till"};
constexpr Sql read_acknowledged{"acknowledged.read", "SELECT seq, hash FROM acknowledged"};
constexpr Sql read_answer{"acknowledged.answer", "SELECT answer FROM acknowledged"};
constexpr Sql put_acknowledged{
    "acknowledged.put",
    "INSERT INTO acknowledged (one, seq, hash, answer) VALUES (1, $1, $2, $3) ON CONFLICT (one) DO"
    " UPDATE SET seq = excluded.seq, hash = excluded.hash, answer = excluded.answer"};
constexpr Sql hash_at{"journal.hash-at", "SELECT hash FROM journal WHERE seq = $1"};
constexpr Sql id_at{"journal.id-at", "SELECT id FROM journal WHERE seq = $1"};
constexpr Sql count_outcomes{"outcome.count", "SELECT count(*) FROM outcome WHERE seq = $1"};
constexpr Sql same_outcome{"outcome.same", "SELECT 1 FROM outcome WHERE seq = $1 AND code = $2"};
constexpr Sql put_outcome{"outcome.put",
                          "INSERT INTO outcome (seq, n, code, message) VALUES ($1, $2, $3, $4)"};
constexpr Sql newest_outcomes{
    "outcome.newest", "SELECT seq, code, message FROM outcome ORDER BY seq DESC, n LIMIT $1"};

#define UNSETTLED_OUTCOMES                                                     \
  " FROM outcome o JOIN journal j ON j.seq = o.seq WHERE NOT EXISTS (SELECT 1" \
  " FROM settlement s WHERE s.store = '' AND s.fact = j.id AND s.code = o.code)"
constexpr Sql newest_unsettled{"outcome.unsettled",
                               "SELECT j.id, o.code, o.message" UNSETTLED_OUTCOMES
                               " ORDER BY o.seq DESC, o.n LIMIT $1"};
constexpr Sql count_all_unsettled{
    "outcome.count-unsettled",
    "SELECT count(*) FROM (SELECT e.fact, e.code FROM exception e WHERE e.store = ''"
    " AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.store = '' AND s.fact = e.fact"
    "  AND s.code = e.code)"
    " UNION SELECT j.id, o.code" UNSETTLED_OUTCOMES ")"};
constexpr Sql count_records_unsettled{
    "outcome.count-records-unsettled",
    "SELECT count(*) FROM (SELECT e.fact FROM journal of JOIN exception e ON e.fact = of.id"
    " WHERE of.seq >= $1 AND e.store = '' AND NOT EXISTS (SELECT 1 FROM settlement s"
    "  WHERE s.store = '' AND s.fact = e.fact AND s.code = e.code)"
    " UNION SELECT j.id" UNSETTLED_OUTCOMES " AND o.seq >= $1)"};
#undef UNSETTLED_OUTCOMES

constexpr Sql read_refusal{"line-refusal.read",
                           "SELECT kind, code, what, place, remedy, since_ms FROM line_refusal"};
constexpr Sql drop_refusal{"line-refusal.drop", "DELETE FROM line_refusal"};
constexpr Sql put_refusal{
    "line-refusal.put",
    "INSERT INTO line_refusal (one, kind, code, what, place, remedy, since_ms)"
    " VALUES (1, $1, $2, $3, $4, $5, $6) ON CONFLICT (one) DO UPDATE SET kind = excluded.kind,"
    " code = excluded.code, what = excluded.what, place = excluded.place,"
    " remedy = excluded.remedy, since_ms = excluded.since_ms"};

constexpr Sql read_trusted{"trusted-clock.read", "SELECT at_ms, office FROM trusted_clock"};
constexpr Sql put_trusted{"trusted-clock.put",
                          "INSERT INTO trusted_clock (one, at_ms, office) VALUES (1, $1, $2)"
                          " ON CONFLICT (one) DO UPDATE SET at_ms = excluded.at_ms,"
                          " office = excluded.office"};

/// An answer may come twice (a lost reply): the same outcome is kept once.
void keep_outcome(Database& database, const FactOutcome& outcome) {
  {
    auto row = database.query(same_outcome);
    row->bind(1, outcome.seq);
    row->bind_text(2, outcome.code);
    if (row->step()) return;
  }
  std::int64_t n = 0;
  {
    auto row = database.query(count_outcomes);
    row->bind(1, outcome.seq);
    if (row->step()) n = row->integer(0);
  }
  auto row = database.query(put_outcome);
  row->bind(1, outcome.seq);
  row->bind(2, n);
  row->bind_text(3, outcome.code);
  row->bind_text(4, outcome.message);
  row->step();
}

Result<Done> check_acknowledged(Database& database, const Acknowledged& next) {
  const Acknowledged last = acknowledged(database);
  if (next.seq < last.seq)
    return Error{Failure::refused, "ack.falls", "The centre acknowledges less than before",
                 std::to_string(next.seq) + " after " + std::to_string(last.seq),
                 "Ask head office whether the centre lost data."};
  if (next.seq == 0) return Done{};
  auto row = database.query(hash_at);
  row->bind(1, next.seq);
  if (!row->step())
    return Error{Failure::refused, "ack.beyond", "The centre acknowledges facts that are not here",
                 "seq " + std::to_string(next.seq),
                 "This folder may be an old copy: enrol the terminal again."};
  if (records::hash_at(*row, 0) != next.hash)
    return Error{Failure::refused, "ack.hash", "The centre holds other facts than this terminal",
                 "seq " + std::to_string(next.seq),
                 "This folder may be a copy of another: enrol the terminal again."};
  return Done{};
}

constexpr Sql put_mark{"import-mark.put",
                       "INSERT INTO import_mark (origin, digests) VALUES ($1, $2)"
                       " ON CONFLICT (origin) DO UPDATE SET digests = excluded.digests"};
constexpr Sql read_mark{"import-mark.read", "SELECT digests FROM import_mark WHERE origin = $1"};

}  // namespace

Result<Done> migrate(Database& database) {
  return keepsake::migrate(database, "terminal", embedded::terminal_migrations);
}

Result<Done> check_schema(Database& database) {
  return keepsake::check_schema(database, "terminal", embedded::terminal_migrations);
}

std::vector<Identity> identities(Database& database) {
  std::vector<Identity> found;
  for (auto row = database.query(read_identities); row->step();)
    found.push_back({{static_cast<std::uint32_t>(row->integer(0))},
                     {static_cast<std::uint8_t>(row->integer(1))},
                     static_cast<Seq>(row->integer(2))});
  return found;
}

std::vector<TerminalNumber> own_numbers(Database& database) {
  std::vector<TerminalNumber> numbers;
  for (const Identity& each : identities(database)) numbers.push_back(each.terminal);
  return numbers;
}

void add_identity(Database& database, const Identity& identity) {
  auto row = database.query(put_identity);
  row->bind(1, identity.terminal.value);
  row->bind(2, identity.epoch.value);
  row->bind(3, identity.from_seq);
  row->step();
}

Result<Done> check_enrolment(const Enrolment& enrolment) {
  if (!enrolment.terminal.provisional() && enrolment.central_sign_public.size() == 32 &&
      enrolment.central_box_public.size() == 32)
    return Done{};
  return Error{Failure::bad_input, "enrol.answer", "Head office sent an invalid enrolment", "",
               "Ask head office for a new enrolment code."};
}

std::optional<Enrolment> enrolment(Database& database) {
  auto row = database.query(read_enrolment);
  if (!row->step()) return std::nullopt;
  return Enrolment{{static_cast<std::uint32_t>(row->integer(0))},
                   {static_cast<std::uint8_t>(row->integer(1))},
                   std::string(row->text(2)),
                   std::string(row->text(3)),
                   std::string(row->blob(4)),
                   std::string(row->blob(5)),
                   static_cast<std::uint32_t>(row->integer(6))};
}

void put_enrolment(Database& database, const Enrolment& enrolment) {
  auto row = database.query(upsert_enrolment);
  row->bind(1, enrolment.terminal.value);
  row->bind(2, enrolment.epoch.value);
  row->bind_text(3, enrolment.store);
  row->bind_text(4, enrolment.central_url);
  row->bind_blob(5, enrolment.central_sign_public);
  row->bind_blob(6, enrolment.central_box_public);
  row->bind(7, enrolment.till);
  row->step();
}

std::string signed_acknowledgement(Database& database) {
  const auto row = database.query(read_answer);
  return row->step() && !row->is_null(0) ? std::string(row->blob(0)) : std::string();
}

Acknowledged acknowledged(Database& database) {
  auto row = database.query(read_acknowledged);
  if (!row->step()) return {};
  return {static_cast<Seq>(row->integer(0)), records::hash_at(*row, 1)};
}

Result<Done> acknowledge(Database& database, const Acknowledged& next,
                         std::span<const FactOutcome> outcomes, std::string_view signed_answer) {
  if (auto ok = check_acknowledged(database, next); !ok) return ok;
  {
    auto row = database.query(put_acknowledged);
    row->bind(1, next.seq);
    row->bind_blob(2, view(next.hash));
    row->bind_blob(3, signed_answer);
    row->step();
  }
  note_outcomes(database, outcomes);
  return Done{};
}

void note_outcomes(Database& database, std::span<const FactOutcome> outcomes) {
  for (const FactOutcome& outcome : outcomes) keep_outcome(database, outcome);
}

std::vector<records::NotedException> unsettled_outcomes(Database& database, std::size_t limit) {
  std::vector<records::NotedException> found;
  auto row = database.query(newest_unsettled);
  row->bind(1, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back(
        {{}, {records::fact_id(*row, 0), std::string(row->text(1))}, std::string(row->text(2))});
  return found;
}

std::int64_t count_unsettled(Database& database) {
  auto row = database.query(count_all_unsettled);
  return row->step() ? row->integer(0) : 0;
}

std::int64_t count_unsettled_records(Database& database, Seq from) {
  auto row = database.query(count_records_unsettled);
  row->bind(1, std::int64_t{from});
  return row->step() ? row->integer(0) : 0;
}

std::vector<FactOutcome> outcomes(Database& database, std::size_t limit) {
  std::vector<FactOutcome> found;
  auto row = database.query(newest_outcomes);
  row->bind(1, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back(
        {static_cast<Seq>(row->integer(0)), std::string(row->text(1)), std::string(row->text(2))});
  return found;
}

Result<Done> put_line_refusal(Database& database, const std::optional<LineRefusal>& refusal) {
  if (!refusal) {
    database.query(drop_refusal)->step();
    return Done{};
  }
  auto row = database.query(put_refusal);
  row->bind(1, static_cast<std::int64_t>(refusal->error.kind));
  row->bind_text(2, refusal->error.code);
  row->bind_text(3, refusal->error.what);
  row->bind_text(4, refusal->error.where);
  row->bind_text(5, refusal->error.remedy);
  row->bind(6, refusal->since.ms);
  row->step();
  return Done{};
}

std::optional<LineRefusal> line_refusal(Database& database) {
  auto row = database.query(read_refusal);
  if (!row->step()) return std::nullopt;
  return LineRefusal{
      {static_cast<Failure>(row->integer(0)), std::string(row->text(1)), std::string(row->text(2)),
       std::string(row->text(3)), std::string(row->text(4))},
      {row->integer(5)}};
}

std::optional<Instant> oldest_waiting(Database& database) {
  const Seq first = acknowledged(database).seq + 1;
  auto row = database.query(id_at);
  row->bind(1, first);
  if (!row->step()) return std::nullopt;
  return records::fact_id(*row, 0).time().instant();
}

void put_import_mark(Database& database, const ImportMark& mark) {
  auto row = database.query(put_mark);
  row->bind_text(1, mark.origin);
  row->bind_blob(2, mark.digests);
  row->step();
}

std::optional<std::string> import_mark(Database& database, std::string_view origin) {
  auto row = database.query(read_mark);
  row->bind_text(1, origin);
  return row->step() ? std::optional(std::string(row->blob(0))) : std::nullopt;
}

std::optional<ClockTrust> trusted_clock(Database& database) {
  auto row = database.query(read_trusted);
  if (!row->step()) return std::nullopt;
  const Instant believed{row->integer(0)};
  return ClockTrust{believed, believed, static_cast<OfficeWord>(row->integer(1))};
}

void put_trusted_clock(Database& database, const ClockTrust& trust) {
  auto row = database.query(put_trusted);
  row->bind(1, trust.believed.ms);
  row->bind(2, static_cast<std::int64_t>(trust.office));
  row->step();
}

}  // namespace keepsake::terminal

#include "sync/central/terminal_trail.hpp"

#include <algorithm>

#include "storage/engine/database.hpp"

namespace keepsake::sync::central {

namespace {

constexpr Sql insert_trail{"central.trail.add",
                           "INSERT INTO central_terminal_trail (terminal, epoch, what, reason, "
                           "made_by, made_ms) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql select_trail{"central.trail.read",
                           "SELECT terminal, epoch, what, reason, made_by, made_ms "
                           "FROM central_terminal_trail WHERE terminal = $1 "
                           "ORDER BY n DESC LIMIT $2"};
constexpr Sql insert_certificate{"central.certificate.add",
                                 "INSERT INTO central_certificate (sha256, terminal, epoch, "
                                 "issued_ms, ends_ms, key_sha256, pem) "
                                 "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql by_key{"central.certificate.by-key",
                     "SELECT pem FROM central_certificate WHERE terminal = $1 AND epoch = $2 "
                     "AND key_sha256 = $3 AND issued_ms >= $4 ORDER BY issued_ms DESC LIMIT 1"};
constexpr Sql count_since{"central.certificate.count",
                          "SELECT count(*) FROM central_certificate "
                          "WHERE terminal = $1 AND issued_ms >= $2"};
constexpr Sql last_end{"central.certificate.end",
                       "SELECT max(ends_ms) FROM central_certificate "
                       "WHERE terminal = $1 AND epoch = $2"};

}  // namespace

void add_trail(Database& database, const TrailEntry& entry) {
  const auto insert = database.query(insert_trail);
  insert->bind(1, entry.terminal.value);
  insert->bind(2, entry.epoch.value);
  insert->bind_text(3, entry.what);
  insert->bind_text(4, entry.reason);
  insert->bind_text(5, entry.made_by);
  insert->bind(6, entry.made.ms);
  insert->step();
}

std::vector<TrailEntry> trail_of(Database& database, TerminalNumber terminal, std::size_t limit) {
  std::vector<TrailEntry> found;
  const auto row = database.query(select_trail);
  row->bind(1, terminal.value);
  row->bind(2, static_cast<std::int64_t>(limit));
  while (row->step())
    found.push_back({{static_cast<std::uint32_t>(row->integer(0))},
                     {static_cast<std::uint8_t>(row->integer(1))},
                     std::string(row->text(2)),
                     std::string(row->text(3)),
                     std::string(row->text(4)),
                     {row->integer(5)}});
  std::ranges::reverse(found);
  return found;
}

void add_certificate(Database& database, const IssuedCertificate& certificate) {
  const auto insert = database.query(insert_certificate);
  insert->bind_blob(1, certificate.sha256);
  insert->bind(2, certificate.terminal.value);
  insert->bind(3, certificate.epoch.value);
  insert->bind(4, certificate.issued.ms);
  insert->bind(5, certificate.ends.ms);
  if (certificate.key_sha256.empty()) {
    insert->bind_null(6);
    insert->bind_null(7);
  } else {
    insert->bind_blob(6, certificate.key_sha256);
    insert->bind_text(7, certificate.pem);
  }
  insert->step();
}

std::optional<std::string> certificate_of_key(Database& database, TerminalNumber terminal,
                                              Epoch epoch, std::string_view key_sha256,
                                              Instant since) {
  const auto row = database.query(by_key);
  row->bind(1, terminal.value);
  row->bind(2, epoch.value);
  row->bind_blob(3, key_sha256);
  row->bind(4, since.ms);
  if (!row->step()) return std::nullopt;
  return std::string(row->text(0));
}

std::int64_t count_certificates(Database& database, TerminalNumber terminal, Instant since) {
  const auto row = database.query(count_since);
  row->bind(1, terminal.value);
  row->bind(2, since.ms);
  row->step();
  return row->integer(0);
}

std::optional<Instant> certificate_end(Database& database, TerminalNumber terminal, Epoch epoch) {
  const auto row = database.query(last_end);
  row->bind(1, terminal.value);
  row->bind(2, epoch.value);
  if (!row->step() || row->is_null(0)) return std::nullopt;
  return Instant{row->integer(0)};
}

}  // namespace keepsake::sync::central

#pragma once
// What an older head office's database with the same contents becomes: the same as a new one's.

#include "central_migrations.hpp"
#include "tests/support/older_records.hpp"

namespace keepsake::test {

/// The last migration of the version that came with before_counter_accounts.
inline constexpr std::size_t before_distribution = 13;

/// As migrated_otherwise().
inline std::string office_migrated_otherwise(const std::filesystem::path& file) {
  const auto& records = embedded::records_migrations;
  const auto& central = embedded::central_migrations;
  auto scratch = sqlite::open_scratch(file.parent_path()).value();
  scratch->execute("PRAGMA foreign_keys = OFF");
  older::run_migrations(*scratch, records, 0, before_counter_accounts);
  older::run_migrations(*scratch, central, 0, before_distribution);
  sqlite::attach_to_read(*scratch, file);
  older::Asking ask{*scratch, {}};
  older::take_all(ask,
                  {"posting", "account", "central_store", "central_terminal", "central_look_up"});
  ask.run(
      "INSERT INTO main.central_store (name, created_ms, facts) SELECT s.name, s.created_ms,"
      " coalesce((SELECT c.facts FROM book.central_counted c WHERE c.store = s.name), 0)"
      " FROM book.central_store s");
  ask.run(
      "INSERT INTO main.central_terminal (number, store, sign_public, box_public, device, epoch,"
      " lineage, cursor, cursor_hash, forked, last_seen_ms, answered_first, answered_head, answer,"
      " answer_signature, revoked, till) SELECT t.number, t.store, t.sign_public, t.box_public,"
      " t.device, t.epoch, t.lineage, c.cursor, c.cursor_hash, t.forked, c.last_seen_ms,"
      " c.answered_first, c.answered_head, c.answer, c.answer_signature, t.revoked, t.till"
      " FROM book.central_terminal t JOIN book.central_cursor c ON c.terminal = t.number");
  // They were numbered through all stores.
  ask.run(
      "INSERT INTO main.central_look_up (n, terminal, kind, customer, at_ms, card_end)"
      " SELECT row_number() OVER (ORDER BY n, store), terminal, kind, customer, at_ms, card_end"
      " FROM book.central_look_up");
  scratch->execute("PRAGMA foreign_keys = ON");
  older::run_migrations(*scratch, records, before_counter_accounts, records.size());
  older::run_migrations(*scratch, central, before_distribution, central.size());
  older::take_newer(ask, {"central_dormant"});
  std::vector<std::string> tables;
  for (auto row = ask("SELECT name FROM main.sqlite_schema WHERE type = 'table'"); row->step();)
    tables.emplace_back(row->text(0));
  ask.run(
      "UPDATE main.central_look_up SET n = (SELECT count(*) FROM main.central_look_up o WHERE "
      "o.store"
      " = central_look_up.store AND o.n <= central_look_up.n)");
  return older::differences(ask, tables, CountersOf::somebody);
}

}  // namespace keepsake::test

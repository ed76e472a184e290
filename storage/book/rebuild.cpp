#include "storage/book/rebuild.hpp"

#include <deque>
#include <string>

#include "storage/book/data_folder.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/lock_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/facts/codec.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

constexpr std::size_t facts_a_read = 500;
constexpr std::size_t bytes_a_read = 4 * 1024 * 1024;

/// A fact of a type this version does not know stays in the journal and changes no record.
Result<Done> apply_stored(Database& fresh, const Record& record, Vault& vault,
                          std::vector<Finding>& findings) {
  auto fact = decode(static_cast<FactType>(record.type), record.body);
  if (!fact) {
    if (fact.error().code != "fact.type")
      findings.push_back({"I11", "a fact cannot be read (seq " + std::to_string(record.seq) + ")"});
    return Done{};
  }
  auto applied =
      records::apply(fresh, {record.id, ""}, *fact, &vault, records::Contradiction::note);
  if (!applied) return applied.error();
  return Done{};
}

/// Every fact of the journal, into the records beside it.
Result<Done> apply_all(Database& records, Vault& vault, std::vector<Finding>& findings,
                       const std::function<void(Seq)>& progress) {
  for (Seq next = 1;;) {
    const auto some = journal::read(records, next, facts_a_read, bytes_a_read);
    if (some.empty()) return Done{};
    for (const Record& record : some)
      if (auto ok = apply_stored(records, record, vault, findings); !ok) return ok;
    next = some.back().seq + 1;
    if (progress) progress(some.back().seq);
  }
}

constexpr Sql tables{"rebuild.tables",
                     "SELECT name FROM sqlite_schema WHERE type = 'table'"
                     " AND name <> 'schema_part' AND name NOT LIKE 'sqlite_%' ORDER BY name"};

/// The records' own tables, as a new database has them.
Result<std::vector<std::string>> tables_of_records(Database& fresh) {
  if (auto ok = records::migrate(fresh); !ok) return ok.error();
  std::vector<std::string> names;
  for (auto row = fresh.query(tables); row->step();) names.emplace_back(row->text(0));
  return names;
}

/// What a new database has rows in is of the schema and not of facts.
bool is_empty(Database& fresh, const std::string& table, std::deque<std::string>& texts) {
  const std::string& text = texts.emplace_back("SELECT 1 FROM " + table + " LIMIT 1");
  return !fresh.query({"rebuild.empty", text})->step();
}

/// Rows that one side has and the other has not. Every table has a primary key, so a set says it
/// all.
void compare(Database& both, const std::vector<std::string>& names, std::deque<std::string>& texts,
             std::vector<Finding>& findings) {
  auto only_in = [&](const std::string& table, const char* a, const char* b) {
    // Statements are cached by the address of their text, so the texts outlive the connection.
    const std::string& text =
        texts.emplace_back("SELECT count(*) FROM (SELECT * FROM " + std::string(a) + "." + table +
                           " EXCEPT SELECT * FROM " + b + "." + table + ")");
    auto row = both.query({"rebuild.compare", text});
    return row->step() ? row->integer(0) : 0;
  };
  for (const std::string& table : names) {
    if (const auto rows = only_in(table, "book", "main"); rows > 0)
      findings.push_back(
          {"I11", std::to_string(rows) + " rows of " + table + " are not what the journal gives"});
    if (const auto rows = only_in(table, "main", "book"); rows > 0)
      findings.push_back({"I11", std::to_string(rows) + " rows of " + table +
                                     " that the journal gives are missing"});
  }
}

}  // namespace

Result<std::vector<Finding>> rebuild_check(const std::filesystem::path& folder,
                                           const std::function<void(Seq)>& progress) {
  auto vault = Vault::open(folder);
  if (!vault) return vault.error();
  if (auto readable = open_to_read(folder); !readable) return readable.error();
  std::deque<std::string> texts;
  // On the shop's own disk: there is room of that size, and no record leaves it.
  auto fresh = sqlite::open_scratch(folder);
  if (!fresh) return fresh.error();
  try {
    const auto names = tables_of_records(**fresh);
    if (!names) return names.error();
    sqlite::attach_to_read(**fresh, database_file(folder));
    std::vector<Finding> findings;
    // One moment of the book: what is sold meanwhile is in neither side of the comparison.
    Transaction moment(**fresh);
    if (auto ok = apply_all(**fresh, **vault, findings, progress); !ok) return ok.error();
    compare(**fresh, *names, texts, findings);
    moment.commit();
    return findings;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

// Everything in one transaction: others read the old records until it ends, and a process that is
// killed has changed nothing.
Result<std::vector<Finding>> rebuild(const std::filesystem::path& folder,
                                     const std::function<void(Seq)>& progress) {
  auto lock = LockFile::acquire(folder / "lock");
  if (!lock) return lock.error();
  auto vault = Vault::open(folder);
  if (!vault) return vault.error();
  if (auto readable = open_to_read(folder); !readable) return readable.error();
  std::deque<std::string> texts;  // outlive the connections, as above
  auto book = sqlite::open(database_file(folder));
  if (!book) return book.error();
  auto fresh = sqlite::open(":memory:");
  if (!fresh) return fresh.error();
  try {
    const auto names = tables_of_records(**fresh);
    if (!names) return names.error();
    std::vector<Finding> findings;
    Transaction all(**book);
    (*book)->execute("PRAGMA defer_foreign_keys = ON");
    for (const std::string& table : *names)
      if (is_empty(**fresh, table, texts)) (*book)->execute("DELETE FROM " + table);
    if (auto ok = apply_all(**book, **vault, findings, progress); !ok) return ok.error();
    all.commit();
    return findings;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake

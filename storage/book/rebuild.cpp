#include "storage/book/rebuild.hpp"

#include <deque>
#include <string>

#include "storage/book/data_folder.hpp"
#include "storage/engine/lock_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/replay.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

/// Everything that the terminal has, into the records beside it.
Result<Done> apply_all(Database& records, Vault& vault, const std::filesystem::path& folder,
                       std::vector<Finding>& findings, const std::function<void(Seq)>& progress) {
  feed::Unreadable unreadable;
  if (auto ok = feed::replay_feed(records, vault, folder, unreadable); !ok) return ok;
  if (auto ok = feed::replay_own(records, vault, unreadable, progress); !ok) return ok;
  for (std::string& each : unreadable) findings.push_back({"I11", std::move(each)});
  return Done{};
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
    if (auto ok = records::migrate(**fresh); !ok) return ok.error();
    sqlite::attach_to_read(**fresh, database_file(folder));
    std::vector<Finding> findings;
    // One moment of the book: what is sold meanwhile is in neither side of the comparison.
    Transaction moment(**fresh);
    if (auto ok = apply_all(**fresh, **vault, folder, findings, progress); !ok) return ok.error();
    compare(**fresh, records::tables(), texts, findings);
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
  auto book = sqlite::open(database_file(folder));
  if (!book) return book.error();
  try {
    if (auto ok = feed::upgrade_base(**book, folder); !ok) return ok.error();
    std::vector<Finding> findings;
    Transaction all(**book);
    records::clear(**book);
    if (auto ok = apply_all(**book, **vault, folder, findings, progress); !ok) return ok.error();
    all.commit();
    return findings;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake

#include "storage/book/rebuild.hpp"

#include <deque>

#include "storage/book/data_folder.hpp"
#include "storage/domain/fact.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/facts/codec.hpp"
#include "storage/records/apply.hpp"
#include "storage/records/schema.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

constexpr std::size_t facts_a_read = 500;
constexpr std::size_t bytes_a_read = 4 * 1024 * 1024;

void remove_database(const std::filesystem::path& file) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(file.string() + suffix, ignored);
  }
}

/// The second file holds the same personal values as the first: it goes whatever happens (I9).
class Scratch {
 public:
  explicit Scratch(std::filesystem::path file) : file_(std::move(file)) { remove_database(file_); }
  ~Scratch() { remove_database(file_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

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

Result<Done> build(Database& source, Database& fresh, Vault& vault, std::vector<Finding>& findings,
                   const std::function<void(Seq)>& progress) {
  for (Seq next = 1;;) {
    const auto records = journal::read(source, next, facts_a_read, bytes_a_read);
    if (records.empty()) return Done{};
    Transaction transaction(fresh);
    for (const Record& record : records)
      if (auto ok = apply_stored(fresh, record, vault, findings); !ok) return ok;
    transaction.commit();
    next = records.back().seq + 1;
    if (progress) progress(records.back().seq);
  }
}

constexpr Sql attach{"rebuild.attach", "ATTACH $1 AS fresh"};
constexpr Sql tables{"rebuild.tables",
                     "SELECT name FROM fresh.sqlite_schema WHERE type = 'table'"
                     " AND name <> 'schema_part' AND name NOT LIKE 'sqlite_%' ORDER BY name"};

/// Rows that one side has and the other has not. Every table has a primary key, so a set says it
/// all.
void compare(Database& source, std::deque<std::string>& texts, std::vector<Finding>& findings) {
  std::vector<std::string> names;
  for (auto row = source.query(tables); row->step();) names.emplace_back(row->text(0));
  auto only_in = [&](const std::string& table, const char* a, const char* b) {
    // Statements are cached by the address of their text, so the texts outlive the connection.
    const std::string& text =
        texts.emplace_back("SELECT count(*) FROM (SELECT * FROM " + std::string(a) + "." + table +
                           " EXCEPT SELECT * FROM " + b + "." + table + ")");
    auto row = source.query({"rebuild.compare", text});
    return row->step() ? row->integer(0) : 0;
  };
  for (const std::string& table : names) {
    if (const auto rows = only_in(table, "main", "fresh"); rows > 0)
      findings.push_back(
          {"I11", std::to_string(rows) + " rows of " + table + " are not what the journal gives"});
    if (const auto rows = only_in(table, "fresh", "main"); rows > 0)
      findings.push_back({"I11", std::to_string(rows) + " rows of " + table +
                                     " that the journal gives are missing"});
  }
}

}  // namespace

Result<std::vector<Finding>> rebuild_check(const std::filesystem::path& folder,
                                           const std::filesystem::path& scratch,
                                           const std::function<void(Seq)>& progress) {
  const Scratch second(scratch);
  auto vault = open_existing_vault(folder);
  if (!vault) return vault.error();
  std::deque<std::string> texts;
  auto source = open_to_read(folder);
  if (!source) return source.error();
  auto fresh = sqlite::open(second.file(), {.durability = sqlite::Durability::normal});
  if (!fresh) return fresh.error();
  if (auto ok = records::migrate(**fresh); !ok) return ok.error();
  try {
    {
      auto row = (*source)->query(attach);
      row->bind_text(1, second.file().string());
      row->step();
    }
    std::vector<Finding> findings;
    // One moment of the book: what is sold meanwhile is in neither side of the comparison.
    Transaction moment(**source);
    if (auto ok = build(**source, **fresh, **vault, findings, progress); !ok) return ok.error();
    compare(**source, texts, findings);
    moment.commit();
    return findings;
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake

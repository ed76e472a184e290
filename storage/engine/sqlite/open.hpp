#pragma once
// SQLite behind the Database interface; the only folder that includes sqlite3.h.
//
// SQLite up to 3.51.2 has the WAL-reset race: two connections that write or checkpoint at once can
// corrupt a file. So for each file in WAL mode at most ONE connection of ONE process is a `writer`
// (LockFile sees to that); every other is a `reader`, which never writes and never checkpoints.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/engine/database.hpp"

namespace keepsake::sqlite {

enum class Mode {
  writer,  ///< creates the file when absent; the one connection that writes and checkpoints
  reader,  ///< read-only; the file must exist; begin() pins a snapshot
};
enum class Log {
  wal,       ///< readers never wait for the writer
  rollback,  ///< safe with several writing processes; for small, rarely written files
  /// No way back, and nothing is waited for: for a file that nothing names yet, which is thrown away when
  /// work on it fails or is cut short. Whoever gives it a name syncs it first (rename_durably).
  none,
};
enum class Durability {
  full,    ///< a commit is on the disk when it returns (I1)
  normal,  ///< only for control runs of the power-cut test, and scratch files
};

struct Options {
  Mode mode = Mode::writer;
  Log log = Log::wal;
  Durability durability = Durability::full;
};

/// Failure::unavailable, ::busy, ::corrupt ("db.not-a-database"; "db.foreign-log": a copy was put in
/// the place of a file whose log is still there), ::not_found for a missing file to read.
Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                       const Options& options = {});

/// A database for the time of one task. SQLite takes its file's name away as it makes it in `folder`,
/// so that a process that is killed leaves nothing to be read. Failure::unavailable.
Result<std::unique_ptr<Database>> open_scratch(const std::filesystem::path& folder);
/// Lets a scratch read `file` as the schema `book`, in its own transactions: one moment of both.
/// Throws DatabaseError.
void attach_to_read(Database& scratch, const std::filesystem::path& file);

/// While it stands, a commit of this writer does not wait for the disk: a power cut may lose it, whole, and
/// whatever came after. For what can be learnt again. The next commit that waits makes it last, too, and
/// so does sync_log(). Nothing where a commit never waits, or there is no write-ahead log. Made and ended
/// outside of transactions; throws DatabaseError.
class WithoutWaiting {
 public:
  explicit WithoutWaiting(Database& writer);
  ~WithoutWaiting();
  WithoutWaiting(const WithoutWaiting&) = delete;
  WithoutWaiting& operator=(const WithoutWaiting&) = delete;

 private:
  Database& writer_;
};

/// What was committed without waiting is on the disk from here on. Throws DatabaseError.
void sync_log(Database& writer);

/// Moves the log into the database file. Writer only; never waits for readers.
void checkpoint(Database& writer);

/// Moves the whole log into the database file and empties it, so that no old page is left there.
/// Writer only, outside of a transaction; waits for nobody. Failure::busy "db.readers" when a reader
/// holds an older moment.
Result<Done> empty_log(Database& writer);

/// PRAGMA integrity_check and foreign_key_check: one line per complaint, empty when sound.
std::vector<std::string> complaints(Database& database);

/// Copies what `reader` sees now into `file` while others go on writing: written beside it, synced,
/// renamed into place. The reader must not be inside a transaction.
Result<Done> backup(Database& reader, const std::filesystem::path& file,
                    const std::function<void(int percent)>& progress);

}  // namespace keepsake::sqlite

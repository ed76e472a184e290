#include "storage/engine/sqlite/open.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <cstdlib>
#include <fstream>
#include <sqlite3.h>
#include <unordered_map>

#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/fault.hpp"
#include "storage/engine/sqlite/handle.hpp"
#include "storage/engine/sqlite/statement.hpp"

namespace keepsake::sqlite {

namespace {

constexpr int busy_timeout_ms = 5000;

/// Where the index of the write-ahead log is kept. A reader that is alone in the folder makes the
/// shared one, which needs 32 KiB of disk; on a full disk it keeps one in its own memory, which
/// SQLite only does for a connection that locks the file and could write.
/// https://www.sqlite.org/wal.html#noshm
enum class LogIndex { shared, own };

class Connection : public Database {
 public:
  /// `file` empty: a temporary one.
  Connection(const std::filesystem::path& file, const Options& options, LogIndex index)
      : mode_(options.mode),
        has_durable_log_(options.log == Log::wal && options.durability == Durability::full),
        database_(file.string(), SQLite::OPEN_NOMUTEX | flags(file, options, index),
                  busy_timeout_ms) {
    configure(options, index);
  }

  std::unique_ptr<Query> query(const Sql& sql) override {
    auto found = statements_.find(sql.text.data());
    // A text that reused the address of another one is a programming error that would run the wrong
    // SQL.
    if (found != statements_.end() && !found->second.is_for(sql)) {
      statements_.erase(found);
      found = statements_.end();
    }
    if (found == statements_.end()) {
      found = statements_.try_emplace(sql.text.data(), database_.getHandle(), sql).first;
    }
    // In a release too: sharing a running statement would mix two results without a word.
    if (found->second.in_use())
      throw DatabaseError({Failure::internal, "db.in-use", "A statement is used twice at once",
                           std::string(sql.name), "Report this as a defect."});
    return std::make_unique<StatementQuery>(found->second);
  }

  void execute(std::string_view script) override {
    check(
        sqlite3_exec(database_.getHandle(), std::string(script).c_str(), nullptr, nullptr, nullptr),
        "script");
  }

  void begin() override {
    wait_for_log(waits_);
    run(mode_ == Mode::reader ? begin_snapshot : begin_writing);
  }
  void commit() override { run(commit_sql); }
  void rollback() noexcept override {
    // SQLite rolls back by itself on some errors (disk full, I/O); then there is nothing left to
    // do.
    if (sqlite3_get_autocommit(database_.getHandle()) == 0)
      sqlite3_exec(database_.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  SQLite::Database& handle() { return database_; }

  /// Whether a commit waits until the log is on the disk.
  void stop_waiting() {
    waits_ = !has_durable_log_;
    wait_for_log(waits_);
  }
  void wait_again() noexcept {
    waits_ = true;
    try {
      wait_for_log(true);
    } catch (const DatabaseError&) {
      // The next transaction does not begin without it.
    }
  }

  void check(int code, std::string_view where) {
    if (code != SQLITE_OK) throw DatabaseError(fault_of(database_.getHandle(), where));
  }

 private:
  static int flags(const std::filesystem::path& file, const Options& options, LogIndex index) {
    const int temporary = file.empty() ? SQLite::OPEN_URI : 0;  // for attach_to_read()
    if (options.mode == Mode::writer)
      return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | temporary;
    return index == LogIndex::own ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
  }

  static constexpr Sql begin_writing{"transaction.begin", "BEGIN IMMEDIATE"};
  static constexpr Sql begin_snapshot{"transaction.begin-snapshot", "BEGIN"};
  static constexpr Sql commit_sql{"transaction.commit", "COMMIT"};

  void run(const Sql& sql) { query(sql)->step(); }

  void wait_for_log(bool waits) {
    if (waits == waits_now_) return;
    execute(waits ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    waits_now_ = waits;
  }

  void configure(const Options& options, LogIndex index) {
    sqlite3* handle = database_.getHandle();
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (options.mode == Mode::reader) {
      sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
      if (index == LogIndex::own) execute("PRAGMA locking_mode = EXCLUSIVE;");  // before any read
      execute(
          "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;"
          "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
    } else {
      execute(options.log == Log::wal    ? "PRAGMA journal_mode = WAL;"
              : options.log == Log::none ? "PRAGMA journal_mode = OFF;"
                                         : "PRAGMA journal_mode = TRUNCATE;");
      // Keys and personal values must be gone when they are erased.
      execute("PRAGMA secure_delete = ON;");
      execute(options.log == Log::none                   ? "PRAGMA synchronous = OFF;"
              : options.durability == Durability::normal ? "PRAGMA synchronous = NORMAL;"
              : options.log == Log::wal                  ? "PRAGMA synchronous = FULL;"
                                                         : "PRAGMA synchronous = EXTRA;");
      execute(
          "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
          "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
          "PRAGMA journal_size_limit = 67108864;");
    }
    execute("SELECT count(*) FROM sqlite_schema");  // reads the header: a wrong file is found here
  }

  const Mode mode_;
  const bool has_durable_log_;
  bool waits_ = true;      ///< a commit is to wait for the disk, as far as it ever does
  bool waits_now_ = true;  ///< as SQLite was told
  SQLite::Database database_;
  std::unordered_map<const char*, Statement> statements_;  // destroyed before the connection
};

Connection& connection(Database& database) {
  auto* connection = dynamic_cast<Connection*>(&database);
  assert(connection != nullptr && "not a SQLite database");
  return *connection;
}

void copy(Connection& source, const std::filesystem::path& part,
          const std::function<void(int)>& progress) {
  // The pinned snapshot keeps the copy from starting over whenever somebody writes.
  Transaction snapshot(source);
  source.execute("SELECT count(*) FROM sqlite_schema");
  SQLite::Database target(part.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  {
    SQLite::Backup backup(target, source.handle());
    constexpr int pages_a_step = 256;
    for (int code = SQLITE_OK; code != SQLITE_DONE;) {
      code = backup.executeStep(pages_a_step);
      const int total = backup.getTotalPageCount();
      if (progress && total > 0) progress(100 - 100 * backup.getRemainingPageCount() / total);
    }
  }
  // A copy says that it has no log, so that one which is found beside it is known to be another's.
  target.exec("PRAGMA journal_mode = DELETE");
}

/// A file that has no write-ahead log by its own word, as a copy has, and one stands beside it that has
/// something in it: it was left by the file that was in this place. SQLite would take it in.
Result<Done> check_log(const std::filesystem::path& file) {
  constexpr std::streamoff write_version = 18;
  constexpr char without_log = 1;
  const auto log = std::filesystem::path(file).concat("-wal");
  std::error_code none;
  const auto bytes = std::filesystem::file_size(log, none);
  if (none || bytes == 0) return Done{};
  std::ifstream header(file, std::ios::binary);
  header.seekg(write_version);
  if (header.get() != without_log) return Done{};
  return Error{
      Failure::corrupt, "db.foreign-log",
      "The log beside the data file is of another file, as after a copy was put in its place",
      log.string(), "Move the files that end in -wal and -shm away, and try again."};
}

Result<std::unique_ptr<Database>> connect(const std::filesystem::path& file, const Options& options,
                                          LogIndex index) {
  if (auto ok = check_log(file); !ok) return ok.error();
  try {
    return std::unique_ptr<Database>(std::make_unique<Connection>(file, options, index));
  } catch (const DatabaseError& error) {
    Error fault = error.error();
    fault.where = file.string();
    return fault;
  } catch (const SQLite::Exception& error) {
    return fault(error.getExtendedErrorCode(), file.string());
  }
}

}  // namespace

sqlite3* handle_of(Database& database) { return connection(database).handle().getHandle(); }

Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, const Options& options) {
  std::error_code ignored;
  if (options.mode == Mode::reader && !std::filesystem::exists(file, ignored))
    return Error{Failure::not_found, "db.none", "There is no data file", file.string(),
                 "Check the folder's name."};
  auto opened = connect(file, options, LogIndex::shared);
  if (options.mode == Mode::reader && !opened && opened.error().code == "disk.full")
    return connect(file, options, LogIndex::own);
  return opened;
}

Result<std::unique_ptr<Database>> open_scratch(const std::filesystem::path& folder) {
  // SQLite asks the environment each time it makes a temporary file.
  ::setenv("SQLITE_TMPDIR", folder.c_str(), 1);
  const Options options{.log = Log::rollback, .durability = Durability::normal};
  auto opened = connect("", options, LogIndex::shared);
  if (opened) return opened;
  Error fault = opened.error();
  fault.where = folder.string();
  return fault;
}

void attach_to_read(Database& scratch, const std::filesystem::path& file) {
  static constexpr Sql attach{"attach.read", "ATTACH $1 AS book"};
  std::string address = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#')
      address += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    else
      address += c;
  }
  auto row = scratch.query(attach);
  row->bind_text(1, address + "?mode=ro");
  row->step();
}

WithoutWaiting::WithoutWaiting(Database& writer) : writer_(writer) {
  connection(writer_).stop_waiting();
}

WithoutWaiting::~WithoutWaiting() { connection(writer_).wait_again(); }

void sync_log(Database& writer) {
  Connection& target = connection(writer);
  sqlite3_file* log = nullptr;
  target.check(
      sqlite3_file_control(target.handle().getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log),
      "log");
  // None where nothing was written yet.
  if (log == nullptr || log->pMethods == nullptr) return;
  if (const int code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL); code != SQLITE_OK)
    throw DatabaseError(fault(code, "log"));
}

void checkpoint(Database& writer) {
  Connection& target = connection(writer);
  target.check(sqlite3_wal_checkpoint_v2(target.handle().getHandle(), nullptr,
                                         SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr),
               "checkpoint");
}

Result<Done> empty_log(Database& writer) {
  sqlite3* handle = connection(writer).handle().getHandle();
  // Whoever wants to write would wait, too.
  sqlite3_busy_timeout(handle, 0);
  const int code =
      sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle, busy_timeout_ms);
  if (code == SQLITE_OK) return Done{};
  if ((code & 0xff) == SQLITE_BUSY)
    return Error{Failure::busy, "db.readers", "Another program is reading the data", "",
                 "Close reports and other programs, then try again."};
  return fault(code, "checkpoint");
}

std::vector<std::string> complaints(Database& database) {
  static constexpr Sql integrity{"integrity.check", "PRAGMA integrity_check(20)"};
  static constexpr Sql foreign_keys{"integrity.foreign-keys", "PRAGMA foreign_key_check"};
  std::vector<std::string> found;
  for (auto row = database.query(integrity); row->step();)
    if (row->text(0) != "ok") found.emplace_back(row->text(0));
  for (auto row = database.query(foreign_keys); row->step() && found.size() < 40;)
    found.push_back("a row of " + std::string(row->text(0)) + " points to nothing in " +
                    std::string(row->text(2)));
  return found;
}

Result<Done> backup(Database& reader, const std::filesystem::path& file,
                    const std::function<void(int percent)>& progress) {
  std::filesystem::path part = file;
  part += ".part";
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  // A copy holds the customers' names and may lie outside of the data folder: its owner's alone.
  std::ofstream(part).close();
  std::filesystem::permissions(
      part, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  const auto copied = [&]() -> Result<Done> {
    try {
      copy(connection(reader), part, progress);
      return rename_durably(part, file);
    } catch (const DatabaseError& error) {
      return error.error();
    } catch (const SQLite::Exception& error) {
      return fault(error.getExtendedErrorCode(), part.string());
    }
  }();
  if (!copied)
    for (const char* ending : {"", "-journal"})
      std::filesystem::remove(part.string() + ending, ignored);
  return copied;
}

}  // namespace keepsake::sqlite

#pragma once
// One small interface over SQL databases: SQLite at the terminal and, by default, at the centre.
//
// Statements are written once, as named constants in the common subset of SQLite and PostgreSQL
// ($1 parameters, ON CONFLICT, RETURNING), and are prepared once per connection. A failed
// statement throws DatabaseError; the public functions of journal and book turn it into an Error,
// so that nothing above storage sees an exception. A connection belongs to one thread at a time.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

class DatabaseError : public std::runtime_error {
 public:
  explicit DatabaseError(Error error);
  /// Its kind: busy, unavailable (full, I/O), corrupt, refused (constraint), internal.
  const Error& error() const { return error_; }

 private:
  Error error_;
};

/// A named SQL text with static storage. The name appears in errors and traces, never the values.
struct Sql {
  std::string_view name;
  std::string_view text;
};

/// A running statement: bind 1..n, step, read columns 0..m. Resets when destroyed. Abstract for the
/// reason that Database is.
class Query {
 public:
  virtual ~Query() = default;
  virtual void bind(int index, std::int64_t value) = 0;
  virtual void bind_text(int index, std::string_view value) = 0;  ///< copied
  virtual void bind_blob(int index, std::string_view bytes) = 0;
  virtual void bind_null(int index) = 0;
  virtual bool step() = 0;  ///< true: a row is there; false: done
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  ///< valid until the next step
  virtual std::string_view blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;
};

/// Abstract because the records must not know which database keeps them: SQLite's types stay in
/// storage/engine/sqlite, and tests of the centre put one in its place whose disk is full.
class Database {
 public:
  virtual ~Database() = default;
  /// The statement, prepared on first use. One Query per Sql at a time (assert).
  virtual std::unique_ptr<Query> query(const Sql& sql) = 0;
  virtual void execute(std::string_view script) = 0;  ///< no parameters, no rows: migrations
  virtual void begin() = 0;                           ///< takes the write lock at once (IMMEDIATE)
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
};

/// Rolls back when it leaves scope without commit().
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(&database) { database.begin(); }
  ~Transaction() {
    if (database_) database_->rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    database_->commit();
    database_ = nullptr;
  }

 private:
  Database* database_;
};

}  // namespace keepsake

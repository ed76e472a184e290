#pragma once
// The bare limit of whatever writes rows: SQLite, given the very rows that were written, into the same
// tables with the same indexes under the same settings, by prepared statements, values at hand.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_value;

namespace keepsake::bench {

/// The rows of one state of a file that a former state lacks; what changed is among them.
class NewRows {
 public:
  /// Both are copies that nobody writes. `tables`: of these alone; none: of all.
  NewRows(const std::filesystem::path& before, const std::filesystem::path& after,
          const std::vector<std::string>& tables = {});
  ~NewRows();
  NewRows(const NewRows&) = delete;
  NewRows& operator=(const NewRows&) = delete;
  std::int64_t count() const { return count_; }

 private:
  friend class BareWriter;
  struct Table {
    std::string insert;
    int columns = 0;
    std::vector<sqlite3_value*> values;
  };
  std::vector<Table> tables_;
  std::int64_t count_ = 0;
};

/// Opens a file as the product's writers do (storage/engine/sqlite/open.cpp).
class BareWriter {
 public:
  explicit BareWriter(const std::filesystem::path& file);
  ~BareWriter();
  BareWriter(const BareWriter&) = delete;
  BareWriter& operator=(const BareWriter&) = delete;
  /// Milliseconds, statements prepared before; one transaction.
  double write(const NewRows& rows);

 private:
  sqlite3* database_ = nullptr;
};

/// A consistent copy of a file that others have open.
void copy_database(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace keepsake::bench

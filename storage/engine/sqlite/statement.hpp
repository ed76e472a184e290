#pragma once

#include <memory>
#include <vector>

#include "storage/engine/database.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace keepsake::sqlite {

/// A prepared statement of one connection, used again and again.
class Statement {
 public:
  Statement(sqlite3* connection, const Sql& sql);

  bool is_for(const Sql& sql) const { return text_ == sql.text; }
  bool in_use() const { return in_use_; }
  void set_in_use(bool in_use) { in_use_ = in_use; }
  std::string_view name() const { return name_; }
  sqlite3_stmt* handle() const { return handle_.get(); }
  /// SQLite numbers "$2" by first appearance, not by its digit; this is the digit's way.
  int position(int parameter) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  std::string name_;
  std::string text_;
  std::vector<int> positions_;
  bool in_use_ = false;
};

class StatementQuery : public Query {
 public:
  explicit StatementQuery(Statement& statement) : statement_(&statement) {
    statement.set_in_use(true);
  }
  ~StatementQuery() override;
  StatementQuery(const StatementQuery&) = delete;
  StatementQuery& operator=(const StatementQuery&) = delete;

  void bind(int index, std::int64_t value) override;
  void bind_text(int index, std::string_view value) override;
  void bind_blob(int index, std::string_view bytes) override;
  void bind_null(int index) override;
  bool step() override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  std::string_view blob(int column) const override;
  bool is_null(int column) const override;

 private:
  void check(int code) const;
  void rewind();

  Statement* statement_;
  bool done_ = false;
};

}  // namespace keepsake::sqlite

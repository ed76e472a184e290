#include "storage/engine/sqlite/statement.hpp"

#include <cassert>
#include <charconv>
#include <sqlite3.h>

#include "storage/engine/sqlite/fault.hpp"

namespace keepsake::sqlite {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* connection, const Sql& sql) : name_(sql.name), text_(sql.text) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection, text_.data(), static_cast<int>(text_.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  handle_.reset(statement);
  if (code != SQLITE_OK) {
    Error error = fault_of(connection, name_);
    // At preparation nothing is bound yet, so the message can only speak of the text itself.
    if (error.kind == Failure::internal)
      error.what += std::string(": ") + sqlite3_errmsg(connection);
    throw DatabaseError(std::move(error));
  }
  const int count = sqlite3_bind_parameter_count(statement);
  for (int i = 1; i <= count; ++i) {
    const std::string_view parameter = sqlite3_bind_parameter_name(statement, i);
    std::size_t number = 0;
    std::from_chars(parameter.data() + 1, parameter.data() + parameter.size(), number);
    assert(number > 0 && "parameters are $1, $2, ...");
    if (positions_.size() < number) positions_.resize(number, 0);
    positions_[number - 1] = i;
  }
}

int Statement::position(int parameter) const {
  const auto index = static_cast<std::size_t>(parameter) - 1;
  assert(index < positions_.size() && "no such parameter in the text");
  return index < positions_.size() ? positions_[index] : 0;  // 0: SQLite reports "out of range"
}

StatementQuery::~StatementQuery() {
  sqlite3_reset(statement_->handle());
  statement_->set_in_use(false);
}

void StatementQuery::check(int code) const {
  if (code == SQLITE_OK) return;
  throw DatabaseError(fault_of(sqlite3_db_handle(statement_->handle()), statement_->name()));
}

/// A finished statement may be bound and stepped again: one Query inserts many rows.
void StatementQuery::rewind() {
  if (!done_) return;
  sqlite3_reset(statement_->handle());
  done_ = false;
}

void StatementQuery::bind(int index, std::int64_t value) {
  rewind();
  check(sqlite3_bind_int64(statement_->handle(), statement_->position(index), value));
}

// SQLITE_TRANSIENT copies into a buffer that the statement keeps between uses: no allocation per
// row.
void StatementQuery::bind_text(int index, std::string_view value) {
  rewind();
  check(sqlite3_bind_text64(statement_->handle(), statement_->position(index),
                            value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8));
}

void StatementQuery::bind_blob(int index, std::string_view bytes) {
  rewind();
  check(sqlite3_bind_blob64(statement_->handle(), statement_->position(index),
                            bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_TRANSIENT));
}

void StatementQuery::bind_null(int index) {
  rewind();
  check(sqlite3_bind_null(statement_->handle(), statement_->position(index)));
}

bool StatementQuery::step() {
  rewind();
  const int code = sqlite3_step(statement_->handle());
  if (code == SQLITE_ROW) return true;
  done_ = true;
  if (code == SQLITE_DONE) return false;
  check(code);
  return false;
}

std::int64_t StatementQuery::integer(int column) const {
  return sqlite3_column_int64(statement_->handle(), column);
}

std::string_view StatementQuery::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_->handle(), column);
  const int size = sqlite3_column_bytes(statement_->handle(), column);
  return bytes == nullptr ? std::string_view{}
                          : std::string_view(reinterpret_cast<const char*>(bytes),
                                             static_cast<std::size_t>(size));
}

std::string_view StatementQuery::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_->handle(), column);
  const int size = sqlite3_column_bytes(statement_->handle(), column);
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool StatementQuery::is_null(int column) const {
  return sqlite3_column_type(statement_->handle(), column) == SQLITE_NULL;
}

}  // namespace keepsake::sqlite

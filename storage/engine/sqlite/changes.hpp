#pragma once
// What a transaction changes in some tables, kept so that it can be taken back later, by SQLite's
// session extension (https://www.sqlite.org/sessionintro.html).

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "storage/engine/database.hpp"

namespace keepsake::sqlite {

/// Follows these tables of a writer from here until it is destroyed. A table without a primary key
/// is not followed. Throws DatabaseError.
class ChangeRecorder {
 public:
  ChangeRecorder(Database& writer, std::span<const std::string> tables);
  ~ChangeRecorder();
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;
  /// What is different now, for take_back(); empty: nothing. It holds the values of rows.
  std::string changes() const;

 private:
  struct Session;  // keeps SQLite out of this header
  std::unique_ptr<Session> session_;
};

/// Every row that `changes` touched becomes what it was before. Changes are taken back in the
/// opposite order to that in which they were made, inside the caller's transaction. Throws
/// DatabaseError: ::corrupt "db.not-as-left" when a row is not as the changes left it; the
/// transaction must then be rolled back.
void take_back(Database& writer, std::string_view changes);

}  // namespace keepsake::sqlite

#pragma once
// For this folder alone: what SQLite itself wants to be asked.

struct sqlite3;

namespace keepsake {
class Database;
}

namespace keepsake::sqlite {

/// The connection behind a database that sqlite::open has opened (assert).
sqlite3* handle_of(Database& database);

}  // namespace keepsake::sqlite

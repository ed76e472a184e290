#include "storage/engine/sqlite/changes.hpp"

// Debian's SQLite has the extension; its header shows it on these words only.
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>

#include "storage/engine/sqlite/fault.hpp"
#include "storage/engine/sqlite/handle.hpp"

namespace keepsake::sqlite {

namespace {

void check(int code, std::string_view where) {
  if (code != SQLITE_OK) throw DatabaseError(fault(code, where));
}

struct Free {
  void operator()(void* bytes) const { sqlite3_free(bytes); }
};
using Bytes = std::unique_ptr<void, Free>;

int size_of(std::string_view bytes) { return static_cast<int>(bytes.size()); }
/// SQLite reads changesets through pointers that are not const.
void* bytes_of(std::string_view bytes) { return const_cast<char*>(bytes.data()); }

int refuse(void*, int, sqlite3_changeset_iter*) { return SQLITE_CHANGESET_ABORT; }

}  // namespace

struct ChangeRecorder::Session {
  sqlite3_session* handle = nullptr;
  ~Session() { sqlite3session_delete(handle); }
};

ChangeRecorder::ChangeRecorder(Database& writer, std::span<const std::string> tables)
    : session_(std::make_unique<Session>()) {
  check(sqlite3session_create(handle_of(writer), "main", &session_->handle), "changes.record");
  for (const std::string& table : tables)
    check(sqlite3session_attach(session_->handle, table.c_str()), "changes.record");
}

ChangeRecorder::~ChangeRecorder() = default;

std::string ChangeRecorder::changes() const {
  int size = 0;
  void* made = nullptr;
  const int code = sqlite3session_changeset(session_->handle, &size, &made);
  const Bytes bytes(made);
  check(code, "changes.record");
  return {static_cast<const char*>(made), static_cast<std::size_t>(size)};
}

void take_back(Database& writer, std::string_view changes) {
  if (changes.empty()) return;
  int size = 0;
  void* made = nullptr;
  const int code = sqlite3changeset_invert(size_of(changes), bytes_of(changes), &size, &made);
  const Bytes inverse(made);
  check(code, "changes.take-back");
  const int applied =
      sqlite3changeset_apply(handle_of(writer), size, made, nullptr, refuse, nullptr);
  if (applied == SQLITE_ABORT)
    throw DatabaseError({Failure::corrupt, "db.not-as-left", "A row is not as it was left",
                         "changes.take-back", "Run: keepsake rebuild"});
  check(applied, "changes.take-back");
}

}  // namespace keepsake::sqlite

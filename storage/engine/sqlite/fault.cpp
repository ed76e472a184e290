#include "storage/engine/sqlite/fault.hpp"

#include <sqlite3.h>

#include "storage/engine/disk_fault.hpp"

namespace keepsake::sqlite {

namespace {

Error out_of_memory(const std::string& place) {
  return {Failure::unavailable, "memory.full", "The computer is out of memory", place,
          "Close other programs, then try again."};
}

}  // namespace

Error fault(int extended, std::string_view where, int system_errno) {
  // sqlite3_errmsg() can quote values of a row (a CHECK's expression, a bad token); errstr() cannot
  // (I9).
  const std::string reason = sqlite3_errstr(extended);
  const std::string place(where);
  switch (extended & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Failure::busy, "db.busy", "The data is in use: " + reason, place,
              "Try again in a moment."};
    case SQLITE_FULL:
      return disk_full("The disk is full", place);
    case SQLITE_NOMEM:
      return out_of_memory(place);
    case SQLITE_INTERRUPT:
    case SQLITE_PROTOCOL:
    case SQLITE_SCHEMA:
      return {Failure::unavailable, "db.interrupted", "The database was interrupted: " + reason,
              place, "Try again in a moment."};
    case SQLITE_IOERR:
      if (extended == SQLITE_IOERR_NOMEM) return out_of_memory(place);
      [[fallthrough]];
    case SQLITE_CANTOPEN:
      if (says_full(system_errno)) return disk_full("The disk is full", place);
      [[fallthrough]];
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Failure::unavailable, "disk.io", "The disk cannot be used: " + reason, place,
              "Check the disk and the folder's permissions."};
    case SQLITE_CORRUPT:
      return {Failure::corrupt, "db.corrupt", "The data file is damaged: " + reason, place,
              "Stop using this folder and restore the newest backup."};
    case SQLITE_NOTADB:
      return {Failure::corrupt, "db.not-a-database", "The file is not a Keepsake data file", place,
              "Stop using this folder and restore the newest backup."};
    case SQLITE_CONSTRAINT:
      return {Failure::refused, "db.constraint", "The data rejects this: " + reason, place,
              "Report this as a defect if it came from normal use."};
    case SQLITE_TOOBIG:
      return {Failure::limit, "db.too-big", "A value is too large to store", place, "Shorten it."};
    default:
      return {Failure::internal, "db.internal", "The database refused a statement: " + reason,
              place, "Report this as a defect."};
  }
}

Error fault_of(sqlite3* connection, std::string_view where) {
  return fault(sqlite3_extended_errcode(connection), where, sqlite3_system_errno(connection));
}

}  // namespace keepsake::sqlite

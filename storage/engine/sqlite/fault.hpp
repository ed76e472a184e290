#pragma once
// SQLite's result codes as what a caller can do about them.

#include <string_view>

#include "storage/domain/values/result.hpp"

struct sqlite3;

namespace keepsake::sqlite {

/// `extended` is an extended result code; `where` the statement's name or the file, never a value.
/// `system_errno` is what the operating system said of a failed read or write (0: not known): a full
/// disk also shows itself as an I/O error, where SQLite makes its shared memory.
/// Failure::unavailable is what may pass by itself or by the shop's doing (no space, no memory, a
/// failed read); Failure::internal is a defect of ours.
Error fault(int extended, std::string_view where, int system_errno = 0);
/// Of the last failed call on this connection.
Error fault_of(sqlite3* connection, std::string_view where);

}  // namespace keepsake::sqlite

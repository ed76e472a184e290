#pragma once
// Copies of a data folder and folders made of copies. FILE is the database, FILE.files beside it
// the sealed contents of customers' files, FILE.base the rows that the records began with (where there
// are any), FILE.toml the settings. Keys are copied apart
// (vault/key_backup.hpp).

#include <filesystem>
#include <functional>

#include "storage/domain/values/result.hpp"

namespace keepsake {

struct BackupDone {
  std::uintmax_t database_bytes = 0;
  std::int64_t files_copied = 0;   ///< each was read back and is the same
  std::int64_t files_kept = 0;     ///< were in the copy already
  std::int64_t files_dropped = 0;  ///< of people who were erased, or removed since the last copy
};

/// May run while the shop is open. The database comes first, so that every file it names is copied.
/// An interrupted backup resumes; files already copied are kept. An earlier backup is replaced, any
/// other file never: Failure::bad_input "file.exists", "backup.inside". Failure::corrupt
/// "backup.differs" when a disk reads back something other than what was written.
Result<BackupDone> back_up(const std::filesystem::path& folder, const std::filesystem::path& file,
                           const std::function<void(int percent)>& progress);

/// Makes a data folder, without keys, from a backup; `folder` must hold no book. Failure::refused
/// "book.exists", ::not_found "backup.none".
Result<Done> restore(const std::filesystem::path& file, const std::filesystem::path& folder);

/// After keys came back from a copy: destroys those of everybody whose erasure the book knows.
/// Gives their number.
Result<std::int64_t> destroy_erased_keys(const std::filesystem::path& folder);

}  // namespace keepsake

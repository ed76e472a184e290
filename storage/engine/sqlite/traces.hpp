#pragma once
// What was deleted may still stand in the free space of pages: secure_delete overwrites what it
// deletes, but where a page is split or filled anew a copy is left behind. Here such copies are looked
// for in the file, while others read and write, and overwritten in place, a few pages at a time: the
// file is never written anew, nor held in memory.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/values/result.hpp"

struct sqlite3_file;

namespace keepsake {
class Database;
}

namespace keepsake::sqlite {

/// A look at the file as it is, without the log and without a transaction: whatever is in the log
/// comes into the file by empty_log(). For one thread.
class FileLook {
 public:
  /// Failure as open(), and ::internal "pages.format" for a file whose pages are not as ours are.
  static Result<std::unique_ptr<FileLook>> open(const std::filesystem::path& file);
  ~FileLook();

  std::uint32_t pages();  ///< that the file has now
  /// Which of `count` pages from `first` (1 ..) hold one of `values` in their free space; without
  /// values, anything at all. Failure as the disk's.
  Result<std::vector<std::uint32_t>> find(std::uint32_t first, std::uint32_t count,
                                          const std::optional<std::vector<std::string>>& values);
  Result<Done> sync();  ///< what overwrite() wrote is on the disk

 private:
  FileLook(std::unique_ptr<Database> reader, sqlite3_file* file);

  std::unique_ptr<Database> reader_;
  sqlite3_file* file_;  ///< the reader's
  std::uint32_t page_bytes_ = 0;
  std::uint32_t reserved_ = 0;
  std::string buffer_;
};

/// Overwrites the free space of these pages with zeros. Writer only, outside of a transaction, when
/// empty_log() has just been done. What holds something is not touched, so that a reader sees no
/// change, and a power cut harms nothing where a disk keeps to the bytes that it was told to write
/// (which SQLite expects of it, too). Failure as the disk's.
Result<Done> overwrite_gaps(Database& writer, std::span<const std::uint32_t> pages);

}  // namespace keepsake::sqlite

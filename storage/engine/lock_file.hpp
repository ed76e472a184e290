#pragma once

#include <filesystem>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// Admits one writing process to a data folder. The kernel drops the lock when the process ends,
/// however it ends. Move-only.
class LockFile {
 public:
  /// Failure::busy "book.locked" with the holder (program and process id) in `where`;
  /// ::unavailable.
  static Result<LockFile> acquire(const std::filesystem::path& file);

  LockFile() = default;
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  int descriptor_ = -1;
};

}  // namespace keepsake

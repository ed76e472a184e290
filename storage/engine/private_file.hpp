#pragma once
// A file with personal data while it is written: its owner's alone, and there whole or not at all,
// and never in place of another.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "storage/domain/values/result.hpp"

namespace keepsake {

class PrivateFile {
 public:
  /// Begins "FILE.part", mode 0600. Failure::unavailable "file.write", ::bad_input "file.exists".
  static Result<std::unique_ptr<PrivateFile>> create(const std::filesystem::path& file);
  ~PrivateFile();  ///< what was not finished is removed
  /// A small one at once.
  static Result<Done> put(const std::filesystem::path& file, std::string_view bytes);
  PrivateFile(const PrivateFile&) = delete;
  PrivateFile& operator=(const PrivateFile&) = delete;

  void write(std::string_view bytes);  ///< a fault shows at finish()
  /// Synced, then named `file`. Failure as create().
  Result<Done> finish();

 private:
  PrivateFile(std::filesystem::path file, std::FILE* out) : file_(std::move(file)), out_(out) {}
  std::filesystem::path part() const { return file_.string() + ".part"; }

  std::filesystem::path file_;
  std::FILE* out_;
};

}  // namespace keepsake

#pragma once
// DIR/head: how far the journal had come, beside the database. A journal that is whole but ends
// earlier (a folder copied without its log, an older copy put in its place, a log cut off at a
// damaged page) looks sound by itself; only this file says that confirmed sales are missing.

#include <filesystem>
#include <optional>

#include "storage/domain/values/hash.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;

struct KeptHead {
  Seq seq = 0;
  Hash hash{};
};

/// One line, written over in place after each commit and not synced: after a power cut it may be a
/// few facts behind the journal, or no head at all, which says nothing. Move-only.
class HeadFile {
 public:
  /// Failure::unavailable.
  static Result<HeadFile> open(const std::filesystem::path& folder);
  HeadFile(HeadFile&& other) noexcept;
  HeadFile& operator=(HeadFile&&) = delete;
  ~HeadFile();

  void write(const KeptHead& head);

 private:
  explicit HeadFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

/// nullopt: there is none, or it is cut or damaged.
std::optional<KeptHead> read_head(const std::filesystem::path& folder);

/// Failure::corrupt "journal.behind" when the journal lacks what `folder` says was confirmed. Throws
/// DatabaseError.
Result<Done> check_head(Database& database, const std::filesystem::path& folder);

}  // namespace keepsake

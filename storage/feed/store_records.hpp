#pragma once
// A store's records as a till has them that has pulled everything and done nothing itself: made by the
// very code that a till pulls with, in a file of their own, so that a new till may begin with them
// (FEED.md, Snapshots). For one thread at a time.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "storage/domain/feed_base.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::feed {

class StoreRecords {
 public:
  /// Makes the file where there is none, and brings its tables up to date. Failure as the database's.
  static Result<std::unique_ptr<StoreRecords>> open(const std::filesystem::path& file,
                                                    Vault& vault);
  ~StoreRecords();

  FeedCursor at() const { return at_; }
  Hash hash() const { return hash_; }  ///< of the feed's chain there

  /// Puts pages on top, whose entries are nobody's own, in one transaction; one that does not go on from
  /// where the one before it ends, or from at(), changes nothing. Failure as records::apply, and the
  /// database's.
  Result<Done> take(std::span<const FeedPage> pages);
  Result<Done> take(const FeedPage& page) { return take({&page, 1}); }
  /// It begins anew with this order.
  Result<Done> begin(std::int64_t generation);
  /// Nothing is left of whoever was erased since. Doing it twice changes nothing.
  Result<Done> clean();
  /// The rows alone, in a new file.
  Result<Done> copy_rows_to(const std::filesystem::path& file);
  /// Whose keys a till needs to read them: customers who are not dormant there, and staff.
  Result<std::vector<CustomerRef>> whose_keys();

 private:
  StoreRecords(std::filesystem::path file, std::unique_ptr<Database> database, Vault& vault);
  void load();
  void save(bool unclean);
  Result<bool> apply(const FeedPage& page);
  Result<bool> apply(const FeedEntry& entry);

  std::filesystem::path file_;
  std::unique_ptr<Database> database_;
  Vault& vault_;
  FeedCursor at_;
  Hash hash_{};
  bool unclean_ = false;  ///< somebody was erased, and what was deleted may still be read
};

}  // namespace keepsake::feed

#pragma once
// One snapshot of a store's records: made of the feed, sealed in parts, and read again part by part
// (storage/feed/FEED.md, Snapshots). Its key is kept in memory alone: without it the file is nothing.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/feed_base.hpp"
#include "storage/vault/file_key.hpp"
#include "sync/wire/snapshot.hpp"

namespace keepsake {
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

class StoreSnapshot {
 public:
  /// `folder` is the centre's for snapshots. `stopped`: asked between steps. Failure::unavailable
  /// "snapshot.stopped", and as the database's, the vault's and the disk's.
  static Result<StoreSnapshot> make(const std::filesystem::path& folder, Database& reader,
                                    Vault& vault, std::string_view store,
                                    const std::function<bool()>& stopped);
  /// As made, and read: rows first, then keys. Failure::not_found "snapshot.gone".
  Result<std::string> part(std::uint32_t n) const;
  void remove() const;  ///< its file

  /// All but what is said to one terminal alone: placed, and the key.
  const SnapshotOffer& offer() const { return offer_; }
  const FileKey& key() const { return key_; }

 private:
  StoreSnapshot(std::filesystem::path file, const FileKey& key)
      : file_(std::move(file)), key_(key) {}

  std::filesystem::path file_;
  FileKey key_;
  SnapshotOffer offer_;
  std::vector<std::uint64_t> ends_;  ///< of each part, from the file's start
};

/// Whoever asked for a part of it asks for another snapshot.
Error snapshot_gone();

/// Where the store's records are kept, as a till has them.
std::filesystem::path store_records_file(const std::filesystem::path& folder,
                                         std::string_view store);
/// Brings them up to date; of whoever was erased since nothing is left in them. Failure as make().
Result<Done> follow_feed(const std::filesystem::path& folder, Database& reader, Vault& vault,
                         std::string_view store, const std::function<bool()>& stopped);
/// They are made anew of the feed when they are wanted again.
void drop_store_records(const std::filesystem::path& folder, std::string_view store);
/// What an earlier run left of snapshots: nobody has their keys.
void sweep_snapshots(const std::filesystem::path& folder);

}  // namespace keepsake::sync::central

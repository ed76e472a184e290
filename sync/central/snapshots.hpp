#pragma once
// Snapshots of stores' records for terminals that lack much of the feed: who gets which, and the thread
// that makes them, so that neither pushes nor pulls wait for one. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>

#include "sync/central/register.hpp"
#include "sync/central/store_snapshot.hpp"
#include "sync/serving/refusal.hpp"

namespace spdlog {
class logger;
}

namespace keepsake {
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

class Snapshots {
 public:
  /// `worth`: a terminal that lacks fewer facts is to pull. `reader` and `vault` are its thread's alone. Nobody who was erased before is left in what an
  /// earlier run has kept, as soon as the thread has looked.
  Snapshots(std::filesystem::path folder, std::unique_ptr<Database> reader,
            std::unique_ptr<Vault> vault, std::int64_t worth, std::shared_ptr<spdlog::logger> log);
  ~Snapshots();  ///< stops and joins
  Snapshots(const Snapshots&) = delete;
  Snapshots& operator=(const Snapshots&) = delete;

  struct BeingMade {};  ///< ask again in a second
  using Answer = std::variant<Refusal, BeingMade, SignedSnapshotOffer>;
  /// Where none can be made, terminals pull for ten minutes, and then it is tried again.
  /// For a terminal whose feed stands at `cursor`; `lost`: and that has lost its own. 404 "snapshot.none" when it is to pull (sync/wire/WIRE.md,
  /// Snapshot). In a transaction of `reader`, whose thread calls it, as `vault`; throws DatabaseError.
  Answer offer(Database& reader, Vault& vault, const Terminal& terminal, const FeedCursor& cursor,
               std::int64_t records, bool lost);
  /// Of the store's terminals only. Failure::not_found "snapshot.gone".
  Result<std::string> part(std::string_view store, const SnapshotId& id, std::uint32_t n);
  /// Somebody was erased: what was made is gone when this returns, and soon nothing of them is left in
  /// what new ones are made of.
  void erased();

 private:
  void run(const std::stop_token& token);
  void make(const std::string& store, const std::stop_token& token);
  void follow_all(const std::stop_token& token);
  Result<StoreSnapshot> make_of(const std::string& store, const std::stop_token& token);
  bool failed_lately(const std::string& store) const;
  void note(const Error& error);

  const std::filesystem::path folder_;
  std::unique_ptr<Database> reader_;
  std::unique_ptr<Vault> vault_;
  const std::int64_t worth_;
  std::shared_ptr<spdlog::logger> log_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::set<std::string> wanted_;                                ///< stores
  std::map<std::string, std::shared_ptr<StoreSnapshot>> made_;  ///< the last one of each store
  /// When none could be made of a store.
  std::map<std::string, std::chrono::steady_clock::time_point> failed_;
  bool follow_ = true;
  int erasures_ = 0;
  std::jthread thread_;  ///< last: it runs while all above stands
};

}  // namespace keepsake::sync::central

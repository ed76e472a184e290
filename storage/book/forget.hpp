#pragma once
// After an erasure has committed, at a terminal or at the centre: destroying keys and whatever old
// copies of personal values the database's file still holds. What is pending is kept in the table
// `cleaning`, so that a crash or a reader in the way only delays it.
//
// The writing connection is needed for a moment at a time: looking through the file is done beside
// it, and what is found is overwritten in place a few pages at a time (storage/engine/sqlite/traces.hpp).

#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

class Database;
class Vault;

/// Gives the writing connection to `work`, outside of a transaction, and to nobody else meanwhile.
using Exclusively = std::function<Result<Done>(const std::function<Result<Done>(Database&)>& work)>;

/// Whether somebody's erasure is not finished.
bool has_pending(Database& database);

std::vector<CustomerRef> pending_customers(Database& database);

/// Thread-safe but for add().
class Forgetting {
 public:
  /// `unfinished`: has_pending() where it begins: nobody knows any more what those people's values were.
  Forgetting(std::filesystem::path file, Vault& vault, bool unfinished);

  /// Inside the transaction of the erasure. `values`: what must not be found any more
  /// (records::personal_values). Throws DatabaseError.
  void add(Database& writer, std::span<const CustomerRef> customers,
           std::vector<std::string> values);
  /// How often somebody was erased since this was made.
  int added() const { return added_; }
  /// Something was added that run() has not finished.
  bool due() const { return due_; }

  /// Destroys the keys of those who are pending and leaves no value of theirs in the file. One at a
  /// time: a second caller waits. Failure::busy "erase.readers": the keys are destroyed, the rest waits
  /// for the next call.
  Result<Done> run(const Exclusively& exclusively);
  /// Lets a run end early: what it leaves is pending.
  void stop() { stopped_ = true; }

  static constexpr std::size_t pages_at_once = 64;  ///< while the writer waits

 private:
  using Traces = std::optional<std::vector<std::string>>;

  Result<Done> clean(const Exclusively& exclusively, const Traces& traces);
  Result<std::size_t> pass(const Exclusively& exclusively, const Traces& traces);
  Result<Done> patiently(const Exclusively& exclusively,
                         const std::function<Result<Done>(Database&)>& work);
  Traces take_traces();
  void put_back(Traces traces);

  const std::filesystem::path file_;
  Vault& vault_;
  std::mutex running_;
  std::mutex mutex_;  ///< guards traces_
  Traces traces_;     ///< of those pending; nullopt: not known
  std::atomic<int> added_{0};
  std::atomic<bool> due_{false};
  std::atomic<bool> stopped_{false};
};

}  // namespace keepsake

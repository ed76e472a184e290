#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "sync/central/publication_log.hpp"

namespace keepsake {
class Clock;
class Database;
class Forgetting;
class Vault;
struct Fact;
}  // namespace keepsake

namespace keepsake::sync::central {

/// What came into force, and what is next.
struct Released {
  std::vector<std::string> stores;  ///< that have news; each once
  std::optional<Instant> next;      ///< when something comes into force; nothing: nothing waits
};

/// A new store begins with what head office says to every store. Inside the caller's transaction;
/// throws DatabaseError.
void introduce(Database& database, Vault& vault, std::string_view store);

/// Head office as an author. Its facts are applied to each store's records and go down in the
/// store's feed, as facts of terminal 0; those of one publication together. What it says to every
/// store is also kept as its own (store ""). No sockets, no threads: one caller at a time, the one
/// that owns the writing connection.
class Publishing {
 public:
  /// `forgetting`: what is left of customers whom head office erases, to be run by whoever owns it.
  Publishing(Database& writer, Vault& vault, const Clock& clock, Forgetting& forgetting)
      : database_(writer), vault_(vault), clock_(clock), forgetting_(forgetting) {}

  /// Keeps it until release_due(). A programme gets its version when it comes into force. The number.
  /// Failure::bad_input "publication.empty", as check_fact; ::not_found "store.unknown".
  Result<std::int64_t> publish(Publication publication, const std::vector<Fact>& facts);
  /// Failure::not_found "publication.unknown", ::refused "publication.in-force".
  Result<Done> withdraw(std::int64_t number, std::string_view by);
  /// Brings into force whose time has come, each whole or not at all.
  Result<Released> release_due();

 private:
  void erase(const Fact& fact);
  std::vector<std::string> bring_into_force(const Publication& publication,
                                            const std::vector<std::string>& stores);

  Database& database_;
  Vault& vault_;
  const Clock& clock_;
  Forgetting& forgetting_;
};

}  // namespace keepsake::sync::central

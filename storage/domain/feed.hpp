#pragma once
// What head office sends down to a terminal (storage/feed/FEED.md).

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/customer/sealed_key.hpp"
#include "storage/domain/record.hpp"
#include "storage/domain/values/ids.hpp"

namespace keepsake {

enum class FactType : std::uint16_t;

/// A place in head office's order of facts; it rises, with gaps. 0: before the first.
using FeedPosition = std::int64_t;

/// How far a terminal has come. Another generation is another order: nothing of the former counts.
struct FeedCursor {
  std::int64_t generation = 0;  ///< 0: none yet
  FeedPosition position = 0;
  bool operator==(const FeedCursor&) const = default;
};

/// A fact of another terminal, or the place of one of this terminal's own.
///   store   that took it, where it is another one: it came because of a customer of both, and counts
///           here only for what it says of that customer; empty: this store's, or head office's
struct FeedEntry {
  FeedPosition position = 0;
  FactId id;
  std::uint16_t type = 0;
  bool own = false;  ///< the terminal has it in its journal
  std::string body;  ///< empty when own
  std::string store = {};
  bool operator==(const FeedEntry&) const = default;
};

/// Everything for this terminal after a place, up to another. Entries rise in position.
struct FeedPage {
  std::int64_t generation = 1;
  FeedPosition after = 0;
  FeedPosition head = 0;  ///< nothing for this terminal lies between the last entry and here
  bool complete = true;   ///< head office has no more now; else ask again at once
  bool whole = true;      ///< nothing that belongs together is cut after the last entry
  std::vector<FeedEntry> entries;
  std::vector<SealedKey> keys;  ///< of customers whom these facts enrol
  /// The newest change of what is set aside for this terminal (storage/domain/sale/reservation.hpp).
  std::int64_t reservation_change = 0;
  std::vector<FactOutcome> outcomes =
      {};  ///< of the terminal's own facts among the entries, by seq
  bool operator==(const FeedPage&) const = default;
};

/// Whether it says what things cost, what they earn or how a till is set: that comes into force
/// between two sales, never in the middle of one.
bool changes_prices(FactType type);
/// A sale that was left lying must not keep new prices from a till for ever.
inline constexpr std::chrono::minutes longest_sale{30};

bool changes_prices(
    const FeedEntry& entry);                ///< of another's: what is its own the till has already
bool changes_prices(const FeedPage& page);  ///< any of its entries

}  // namespace keepsake

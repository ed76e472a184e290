#pragma once
// What the centre says of a snapshot of a store's records (WIRE.md, Snapshot). As messages.hpp.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/feed_base.hpp"
#include "storage/domain/record.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync {

/// Of the rows' file, in one part but the last; sealed and compressed it fits into an answer.
inline constexpr std::size_t snapshot_part_bytes = 768 * 1024;
/// Of customers and staff whose keys are in one part.
inline constexpr std::size_t snapshot_keys_per_part = 10'000;
/// With much room for a store of millions of customers; what is larger is none.
inline constexpr std::int64_t snapshot_bytes = std::int64_t{64} << 30;
/// A terminal that lacks fewer facts than these pulls them.
inline constexpr std::int64_t snapshot_worth = 5'000;

struct SnapshotOffer {
  FeedBase base;
  FactId placed_id;          ///< of the terminal's own fact base.placed; nobody's where that is 0
  std::int64_t records = 0;  ///< version of the tables
  std::int64_t bytes = 0;    ///< of the rows' file
  Hash content{};            ///< of the rows' file (SnapshotHash)
  std::uint32_t row_parts = 0;  ///< as many as `bytes` need
  std::uint32_t key_parts = 0;  ///< they come after the rows
  std::string key;              ///< of the parts, sealed to the terminal's box key
  /// Of the terminal's own facts in it, whose pages it does not pull; at most outcomes_per_answer.
  std::vector<FactOutcome> outcomes;
  bool operator==(const SnapshotOffer&) const = default;
};

/// As SignedFeedPage.
struct SignedSnapshotOffer {
  std::string offer;    ///< encode(SnapshotOffer, Format::binary)
  Bytes64 signature{};  ///< Ed25519 over snapshot_signing_bytes (signing.hpp)
  bool operator==(const SignedSnapshotOffer&) const = default;
};

std::string encode(const SnapshotOffer& offer, Format format = Format::binary);
std::string encode(const SignedSnapshotOffer& offer, Format format = Format::binary);
/// As codec.hpp.
Result<SnapshotOffer> decode_snapshot_offer(std::string_view bytes, Format format = Format::binary);
Result<SignedSnapshotOffer> decode_signed_snapshot_offer(std::string_view bytes,
                                                         Format format = Format::binary);

/// How many parts so many bytes are.
std::uint32_t snapshot_parts(std::int64_t bytes);

}  // namespace keepsake::sync

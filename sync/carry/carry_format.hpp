#pragma once
// The bytes of a carry file, in which a terminal without a line and head office give each other what
// else goes over the wire. Pure; the format: CARRY.md.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/domain/feed.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake::sync {

enum class CarryWay : std::uint8_t {
  to_office = '>',    ///< what a terminal has not been acknowledged
  to_terminal = '<',  ///< the answers to it, and what is new
};

/// In clear, and all that is: it says nothing of people or sales.
struct CarryHeader {
  CarryWay way = CarryWay::to_office;
  TerminalNumber terminal;
  Epoch epoch;
  Bytes32 office{};  ///< which head office: SHA-256 of its box key
  FeedCursor feed;   ///< where the terminal wants the feed to go on; answers repeat it
  Instant made;
  bool operator==(const CarryHeader&) const = default;
};

/// Stable numbers, as all on the wire.
enum class PartKind : std::uint8_t {
  end = 0,              ///< a signature, not sealed
  batch = 1,            ///< to the office: the body of a push
  acknowledgement = 2,  ///< to the terminal: SignedAcknowledgement
  refusal = 3,          ///< to the terminal: CarriedRefusal
  feed_page = 4,        ///< to the terminal: SignedFeedPage
  opaque = 5,           ///< to the office: OpaqueRecord, for the batch of one record before it
};

/// What stands before the bytes of each part.
struct PartHead {
  PartKind kind = PartKind::end;
  std::uint32_t bytes = 0;
  bool operator==(const PartHead&) const = default;
};

/// Head office's no to a batch that was carried: what a push would have been answered.
struct CarriedRefusal {
  Seq first = 1;  ///< of the batch; last is first - 1 for a greeting
  Seq last = 0;
  std::uint16_t status = 500;
  Problem problem;
  bool operator==(const CarriedRefusal&) const = default;
};

inline constexpr std::size_t carry_header_bytes = 78;
inline constexpr std::size_t part_head_bytes = 5;
inline constexpr std::size_t signature_bytes = 64;
/// Of one file, with room for a year of a busy till's sales: what is larger is no carry file.
inline constexpr std::uint64_t carry_file_bytes = 512 * 1024 * 1024;

std::string encode(const CarryHeader& header);
/// Failure::bad_input "carry.foreign" (no carry file), "carry.newer" (of a later version, or with
/// what this one does not know), "carry.damaged".
Result<CarryHeader> decode_carry_header(std::string_view bytes);

std::string encode(const PartHead& head);
/// Failure::bad_input "carry.newer", "carry.damaged" (a part that goes the other way, or longer than
/// any of its kind).
Result<PartHead> decode_part_head(std::string_view bytes, CarryWay way);

std::string encode(const CarriedRefusal& refusal);
/// Failure as the codec's.
Result<CarriedRefusal> decode_carried_refusal(std::string_view bytes);

/// "keepsake carry v1" | the hash of the file up to its end part (CARRY.md).
std::string carry_signing_bytes(const Bytes32& hash);

// What is wrong with a file; `where` is its reader's to fill in.
Error carry_damaged(std::string where);
Error carry_foreign();
Error carry_newer();

}  // namespace keepsake::sync

#pragma once
// What tills of one store say to each other, and to head office about each other, so that what head
// office has not acknowledged lies at more than one of them. As messages.hpp.

#include <string>
#include <vector>

#include "storage/domain/values/time.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

inline constexpr std::string_view mirror_path = "/v1/mirror";
/// A batch that is sealed to head office, with what sealing adds.
inline constexpr std::size_t sealed_batch_bytes = request_bytes + 48;
inline constexpr std::size_t mirror_bytes = sealed_batch_bytes + answer_bytes + 4096;
inline constexpr std::size_t handed_in_at_once = 16;
inline constexpr std::size_t hand_in_bytes = 768 * 1024;
inline constexpr std::size_t neighbours_most = 255;
inline constexpr std::size_t addresses_most = 8;

struct NeighboursRequest {
  std::vector<std::string> addresses;  ///< as to_text(Address), at most addresses_most
  bool operator==(const NeighboursRequest&) const = default;
};

/// Another terminal of the store, as head office knows it.
struct Neighbour {
  TerminalIdentity identity;
  std::uint32_t till = 0;
  std::vector<std::string> addresses;  ///< where it listens; none: it does not
  bool operator==(const Neighbour&) const = default;
};

struct NeighboursAnswer {
  std::vector<Neighbour> neighbours;
  bool operator==(const NeighboursAnswer&) const = default;
};

/// A place in a terminal's chain.
struct ChainPlace {
  Seq seq = 0;
  Hash hash{};
  bool operator==(const ChainPlace&) const = default;
};

/// Part of a terminal's journal that only head office can open. 1 <= first <= last.
struct MirroredBatch {
  Seq first = 1;
  Seq last = 0;
  Hash base_hash{};
  Hash head_hash{};
  std::string sealed;  ///< not empty
  bool operator==(const MirroredBatch&) const = default;
};

struct MirrorRequest {
  Seq acked = 0;
  std::string acknowledgement;           ///< SignedAcknowledgement, or empty
  std::optional<ChainPlace> own{};       ///< its own chain where the neighbour holds it
  std::optional<MirroredBatch> batch{};  ///< nothing: it only asks
  bool operator==(const MirrorRequest&) const = default;
};

struct MirrorAnswer {
  ChainPlace held;              ///< seq 0: nothing is held
  std::string acknowledgement;  ///< SignedAcknowledgement, or empty
  bool full = false;
  bool operator==(const MirrorAnswer&) const = default;
};

struct HandedIn {
  std::string sealed;
  Instant kept;
  bool operator==(const HandedIn&) const = default;
};

struct HandIn {
  TerminalIdentity whose;
  std::vector<HandedIn> batches;  ///< 1 to handed_in_at_once
  bool operator==(const HandIn&) const = default;
};

/// HandInAnswer.code: the centre cannot cope with this one, whoever brings it, and with others it can.
inline constexpr std::string_view hand_in_failed = "internal";

struct HandInAnswer {
  std::uint32_t taken = 0;
  std::string code;  ///< why the next was not taken; empty: all were
  std::string message;
  std::string acknowledgement;  ///< SignedAcknowledgement, or empty
  bool operator==(const HandInAnswer&) const = default;
};

std::string encode(const NeighboursRequest& request, Format format = Format::binary);
std::string encode(const NeighboursAnswer& answer, Format format = Format::binary);
std::string encode(const MirrorRequest& request, Format format = Format::binary);
std::string encode(const MirrorAnswer& answer, Format format = Format::binary);
std::string encode(const HandIn& hand_in, Format format = Format::binary);
std::string encode(const HandInAnswer& answer, Format format = Format::binary);

/// Addresses are numeric, with a port.
Result<NeighboursRequest> decode_neighbours_request(std::string_view bytes,
                                                    Format format = Format::binary);
Result<NeighboursAnswer> decode_neighbours_answer(std::string_view bytes,
                                                  Format format = Format::binary);
Result<MirrorRequest> decode_mirror_request(std::string_view bytes, Format format = Format::binary);
Result<MirrorAnswer> decode_mirror_answer(std::string_view bytes, Format format = Format::binary);
Result<HandIn> decode_hand_in(std::string_view bytes, Format format = Format::binary);
Result<HandInAnswer> decode_hand_in_answer(std::string_view bytes, Format format = Format::binary);

}  // namespace keepsake::sync

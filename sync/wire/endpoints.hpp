#pragma once
// Paths, header names and sizes of the protocol, written once for both ends.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/feed.hpp"
#include "storage/domain/feed_base.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/limits.hpp"

namespace keepsake::sync {

inline constexpr std::string_view ca_path = "/v1/ca";
inline constexpr std::string_view enrol_path = "/v1/enrol";
inline constexpr std::string_view status_path = "/v1/status";

inline constexpr std::size_t request_bytes = limits::batch_bytes;  ///< any body as sent
inline constexpr std::size_t enrol_bytes =
    16 * 1024;  ///< body of POST /v1/enrol, .../renew, .../look-up
inline constexpr std::size_t answer_bytes = 1024 * 1024;  ///< any answer
inline constexpr std::size_t outcomes_per_answer = limits::batch_facts;

/// How long the centre keeps a pull waiting for news when it has none.
inline constexpr std::chrono::seconds feed_wait_most{25};

/// "/v1/t/{terminal}/{epoch}/batch", decimal.
std::string batch_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/opaque".
std::string opaque_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/look-up".
std::string look_up_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/reservations".
std::string reservations_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/neighbours".
std::string neighbours_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/hand-in".
std::string hand_in_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/renew".
std::string renew_path(TerminalNumber terminal, Epoch epoch);
/// "/v1/t/{terminal}/{epoch}/feed/{generation}/{position}?wait={seconds}&reservations={change}".
std::string feed_path(TerminalNumber terminal, Epoch epoch, const FeedCursor& cursor,
                      std::chrono::seconds wait, std::optional<std::int64_t> reservations = {});

/// "/v1/t/{terminal}/{epoch}/snapshot/{generation}/{position}?records={version}", and "&lost=1" from one
/// that has lost what its records began with: it needs one however little it lacks.
std::string snapshot_path(TerminalNumber terminal, Epoch epoch, const FeedCursor& cursor,
                          std::int64_t records, bool lost = false);
/// "/v1/t/{terminal}/{epoch}/snapshot-part/{id}/{part}", the id in hexadecimal digits.
std::string snapshot_part_path(TerminalNumber terminal, Epoch epoch, const SnapshotId& id,
                               std::uint32_t part);

enum class TerminalAction {
  batch,
  opaque,
  look_up,
  renew,
  feed,
  reservations,
  snapshot,
  snapshot_part,
  neighbours,
  hand_in
};

/// What a path below "/v1/t/" names.
struct TerminalPath {
  TerminalNumber terminal;
  Epoch epoch;
  std::optional<FeedCursor> feed;  ///< of a feed or a snapshot
  std::chrono::seconds wait{0};    ///< at most feed_wait_most
  TerminalAction action = TerminalAction::batch;
  /// Of a feed: which change of its reservations is known there; none: it does not ask.
  std::optional<std::int64_t> reservations = {};
  std::int64_t records = 0;  ///< of a snapshot: the version of the tables that is wanted
  bool lost = false;         ///< of a snapshot: what the records began with
  SnapshotId snapshot = {};  ///< of a part
  std::uint32_t part = 0;
  bool operator==(const TerminalPath&) const = default;
};
/// nullopt: no path of a terminal.
std::optional<TerminalPath> parse_terminal_path(std::string_view path);

}  // namespace keepsake::sync

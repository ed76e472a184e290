#pragma once
// How far head office has come, for screens and commands.

#include <cstdint>
#include <optional>
#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"
#include "storage/domain/views/mirror_state.hpp"

namespace keepsake {

enum class LinkState { not_enrolled, never_reached, online, offline, refused };

/// What the sync screen and the pill in the header show.
struct SyncState {
  LinkState link = LinkState::not_enrolled;
  std::int64_t waiting = 0;  ///< facts not yet acknowledged
  std::int64_t acknowledged = 0;
  std::int64_t exceptions = 0;  ///< that nobody has settled
  std::optional<Instant> last_success;
  std::optional<Instant> next_try;
  std::optional<Instant> oldest_waiting;
  /// When everything that head office knows was here last, to the minute.
  std::optional<Instant> up_to_date;
  /// How much is here of the store's records, which head office sends as a whole; nullopt: it sends none.
  std::optional<int> arriving_percent;
  std::optional<Error> pull_error;  ///< why what is new does not come
  std::string store;                ///< name of the store, when enrolled
  TerminalNumber terminal;
  std::uint32_t till = 0;  ///< what people call this terminal in its store; 0: not told
  std::optional<Error> last_error;
  /// Since when head office takes nothing of this terminal's.
  std::optional<Instant> refused_since;
  MirrorState mirror;  ///< copies at other tills, and of other tills here
  bool operator==(const SyncState&) const = default;
};

}  // namespace keepsake

#pragma once
// Copies of what head office has not acknowledged, at other tills of the store, for screens and
// commands (sync/mirror/MIRROR.md).

#include <cstdint>
#include <string>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {

/// What another till keeps of this one.
struct MirrorCopy {
  std::uint32_t till = 0;  ///< what people call the other one
  TerminalNumber terminal;
  Seq held = 0;         ///< up to this record; 0: nothing is left there
  Instant at;           ///< when it said so
  std::string trouble;  ///< why the last try came to nothing; empty: it did not
  bool operator==(const MirrorCopy&) const = default;
};

/// What this till keeps for another one.
struct KeptForTill {
  std::uint32_t till = 0;  ///< 0: head office no longer counts it among the store's
  TerminalNumber terminal;
  std::int64_t records = 0;    ///< that head office has not had yet
  std::int64_t refused = 0;    ///< of them, that it does not take
  std::int64_t handed_in = 0;  ///< ever, from here
  bool operator==(const KeptForTill&) const = default;
};

struct MirrorState {
  std::vector<MirrorCopy> copies;
  std::vector<KeptForTill> kept;
  bool operator==(const MirrorState&) const = default;
};

}  // namespace keepsake

#pragma once
// What a till asks head office for the sake of the others of its store: who they are, and to take what
// is kept of theirs.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/book/enrolment.hpp"
#include "storage/domain/values/result.hpp"
#include "sync/agent/transport.hpp"

namespace keepsake {
class Clock;
}  // namespace keepsake

namespace keepsake::sync::mirror {

class MirrorFile;

/// Tells head office where this till listens and keeps who its neighbours are. Failure as
/// Transport::exchange; ::not_found "neighbours.none" (head office is of an earlier version), ::refused
/// when it does not accept this terminal (then it has no neighbours any more), ::unavailable.
Result<Done> ask_for_neighbours(Transport& line, const Enrolment& enrolment, MirrorFile& file,
                                const std::vector<std::string>& addresses);

struct HandedOver {
  std::int64_t batches = 0;  ///< that head office has now
  std::int64_t refused = 0;  ///< that it does not take: kept, and told
  std::int64_t failed = 0;   ///< among these: with which it could not cope
};
/// Everything that is kept and waits. One till's that is refused as a whole does not hold up another's.
/// Failure as Transport::exchange, ::unavailable "hand-in.refused", of the file; what was handed in before
/// stays handed in.
Result<HandedOver> hand_in_all(Transport& line, const Enrolment& enrolment, MirrorFile& file,
                               const Clock& clock);

}  // namespace keepsake::sync::mirror

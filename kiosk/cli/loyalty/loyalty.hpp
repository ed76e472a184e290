#pragma once
// What the commands about loyalty share.

#include "kiosk/cli/program.hpp"
#include "storage/services/active_programme.hpp"
#include "storage/services/loyalty_events.hpp"

namespace keepsake::cli {

/// An occasion and what came of it: {"event", "earned", "points"} or why nothing was earned.
Json to_json(const Occasion& occasion, const Judged& judged);
void tell(std::ostream& out, const Occasion& occasion, const Judged& judged);

}  // namespace keepsake::cli

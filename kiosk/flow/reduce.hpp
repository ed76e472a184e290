#pragma once
// The one function that changes a session. Pure: same arguments, same step.
//
// Guarantees (tests/kiosk/flow):
//  - while Visit::pending is set, only news (shared/news.hpp) but Scan, and its answer, do anything;
//  - an answer whose ticket is not awaited does nothing;
//  - a customer's visit that nobody touches ends as Visit{}; a member of staff's ends locked, with
//    the Till kept;
//  - a basket is lost only by ClearPane's Submit, put on hold, or by a recorded purchase;
//  - a till goes by context.active, but part paid by the programme it began with (Till::programme).

#include <optional>
#include <vector>

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/session.hpp"
#include "kiosk/flow/shared/context.hpp"

namespace keepsake::flow {

struct Step {
  Session session;
  std::vector<Effect> effects;
};

Step reduce(Session session, const Event& event, const Context& context, LocalTime now);

/// When the next Tick is due; nullopt: nothing will change by itself.
std::optional<Instant> next_deadline(const Session& session);

}  // namespace keepsake::flow

#pragma once
// The one function that changes a session. Pure: same arguments, same step.
//
// Guarantees (tests/kiosk/flow):
//  - while Visit::pending is set, only Tick, answers, SyncChanged and Printed do anything;
//  - an answer whose ticket is not awaited does nothing;
//  - a customer's visit that nobody touches ends as Visit{}; a member of staff's ends locked, Till
//  kept;
//  - a basket is lost only by ClearPane's Submit or by a recorded purchase.

#include <chrono>
#include <optional>
#include <vector>

#include "kiosk/flow/context.hpp"
#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/session.hpp"

namespace keepsake::flow {

struct Step {
  Session session;
  std::vector<Effect> effects;
};

Step reduce(Session session, const Event& event, const Context& context, LocalTime now);

/// When the next Tick is due; nullopt: nothing will change by itself.
std::optional<Instant> next_deadline(const Session& session);

/// Chosen in this visit, else the shop's.
Language language_of(const Session& session, const Context& context);

/// Something is being waited for and the primary button shows that it is working.
bool working(const Session& session);

// Doubled in large text or high contrast.
inline constexpr std::chrono::seconds customer_idle{45};
inline constexpr std::chrono::seconds warning{20};
inline constexpr std::chrono::seconds staff_idle{120};
inline constexpr std::chrono::seconds done_stays{8};

}  // namespace keepsake::flow

#pragma once
// A manager gives a level on a customer's page: which, until when, and why, one after the other.

#include <string>

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

/// The first step; "": what was given before ends, and has no last day.
void pick_level(Turn& turn, FieldEntry& entry, const std::string& level);
/// Goes on from the last day, or asks the worker once there is a reason. `page` is being edited.
void submit_level(Turn& turn, CustomerPage& page);

}  // namespace keepsake::flow

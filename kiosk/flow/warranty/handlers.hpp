#pragma once
// Inside of reduce(): registering a warranty by itself.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void on(Turn& turn, WarrantyForm& screen, const Event& event);
void on(Turn& turn, WarrantyDone& screen, const Event& event);

}  // namespace keepsake::flow

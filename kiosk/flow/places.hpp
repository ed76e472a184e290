#pragma once
// Where buttons lead. Places one may not enter lead to the screen that lets one in.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void go_to(Turn& turn, Place place);

}  // namespace keepsake::flow

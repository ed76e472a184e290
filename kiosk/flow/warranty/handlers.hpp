#pragma once
// Inside of reduce(): registering a warranty by itself, and items under cover.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void on(Turn& turn, WarrantyForm& screen, const Event& event);
void on(Turn& turn, WarrantyDone& screen, const Event& event);
void on(Turn& turn, ItemPage& screen, const Event& event);
/// To the page of the one, or to the list of several. None: it says so, and what was stays.
void show_items(Turn& turn, std::vector<ItemSeen> found, Kept kept);

}  // namespace keepsake::flow

#pragma once
// Inside of reduce(): registering a warranty by itself, and items under cover.

#include "kiosk/flow/turn.hpp"

namespace keepsake::flow {

void on(Turn& turn, WarrantyForm& screen, const Event& event);
void on(Turn& turn, WarrantyDone& screen, const Event& event);
/// A serial was refused: says why, and whether a manager may say that it stands so on the item.
void refuse_serial(Turn& turn, const Error& error, bool& refused, Kept kept);
/// A serial was taken; a sign of it may be wrong that nothing can tell.
void say_unproven(Turn& turn, const Article& article, const std::string& serial, Kept kept);
void on(Turn& turn, ItemPage& screen, const Event& event);
/// To the page of the one, or to the list of several. None: it says so, and what was stays.
void show_items(Turn& turn, std::vector<ItemSeen> found, Kept kept);

}  // namespace keepsake::flow

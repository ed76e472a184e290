#pragma once
// The worker's answers about items under cover.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::ItemsFound on(Work& work, const flow::FindItems& job);
flow::ItemsFound on(Work& work, const flow::LoadItem& job);

/// Items by exactly this serial, as the asker may see them.
Result<std::vector<flow::ItemSeen>> items_of_serial(Work& work, const std::string& scanned,
                                                    const flow::Requester& requester);

}  // namespace keepsake::app

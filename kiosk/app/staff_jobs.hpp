#pragma once
// The worker's answers about who works at the store's tills.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::StaffLoaded on(Work& work, const flow::LoadStaff& job);
flow::StaffChanged on(Work& work, const flow::ChangeStaff& job);
flow::StaffChanged on(Work& work, const flow::RemoveStaff& job);

}  // namespace keepsake::app

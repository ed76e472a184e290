#pragma once
// The worker's answers about what waits for a manager to settle.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::ExceptionsLoaded on(Work& work, const flow::LoadExceptions& job);
flow::ExceptionAnswered on(Work& work, const flow::SettleException& job);

}  // namespace keepsake::app

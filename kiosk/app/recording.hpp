#pragma once
// The worker's answers to what is to be recorded.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::Recorded on(Work& work, const flow::RecordFact& job);
flow::Recorded on(Work& work, const flow::Enrol& job);

}  // namespace keepsake::app

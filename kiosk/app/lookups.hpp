#pragma once
// The worker's answers about scans, articles, customers at the till, and PINs.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::ScanResolved on(Work& work, const flow::ResolveScan& job);
flow::ArticlesFound on(Work& work, const flow::SearchArticles& job);
flow::CustomerFound on(Work& work, const flow::FindCustomer& job);
flow::CustomerFound on(Work& work, const flow::LoadCustomer& job);
flow::ShiftLoaded on(Work& work, const flow::LoadShift& job);
flow::PinChecked on(Work& work, const flow::CheckPin& job);

}  // namespace keepsake::app

#pragma once
// The worker's answers about scans, articles, customers at the till, and PINs.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::ScanResolved on(Work& work, const flow::ResolveScan& job);
/// Whose card was scanned, by whatever keyboard the scanner takes itself for; nullopt: nobody's.
Result<std::optional<CustomerRef>> holder_of(Work& work, const std::string& scanned);
flow::ArticlesFound on(Work& work, const flow::SearchArticles& job);
flow::PointsFound on(Work& work, const flow::FindPoints& job);
flow::CustomerFound on(Work& work, const flow::FindCustomer& job);
flow::CustomerFound on(Work& work, const flow::LoadCustomer& job);
flow::ShiftLoaded on(Work& work, const flow::LoadShift& job);
flow::ClockConfirmed on(Work& work, const flow::ConfirmClock& job);
flow::PinChecked on(Work& work, const flow::CheckPin& job);
flow::MemberProved on(Work& work, const flow::CheckMemberPin& job);

}  // namespace keepsake::app

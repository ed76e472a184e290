#pragma once
// The worker's answers about loyalty, gift cards and baskets of before.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::MemberLoaded on(Work& work, const flow::LoadMember& job);
flow::GiftCardFound on(Work& work, const flow::LookUpGiftCard& job);
flow::LinesFound on(Work& work, const flow::LoadLines& job);
flow::Parked on(Work& work, const flow::Park& job);
flow::LinesFound on(Work& work, const flow::TakeUp& job);

}  // namespace keepsake::app

#pragma once
// The worker's answers about loyalty, gift cards and baskets of before.

#include "kiosk/app/work.hpp"

namespace keepsake::app {

flow::MemberLoaded on(Work& work, const flow::LoadMember& job);
flow::GiftCardFound on(Work& work, const flow::LookUpGiftCard& job);
flow::LinesFound on(Work& work, const flow::LoadLines& job);
flow::OnHold on(Work& work, const flow::PutOnHold& job);
flow::LinesFound on(Work& work, const flow::Recall& job);

}  // namespace keepsake::app

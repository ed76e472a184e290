#pragma once
// All that can happen to a session: touches, news, and answers by ticket.

#include "kiosk/flow/question.hpp"
#include "kiosk/flow/shared/news.hpp"
#include "kiosk/flow/touch.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

using AnyEvent =
    Concat<AnyTouch, News, SaleAnswers, CustomerAnswers, WarrantyAnswers, StaffAnswers>;
struct Event : Choice<AnyEvent> {
  using Choice::Choice;
};

Event event_of(const Touch& touch);

/// The ticket of an answer; nullptr for every other event.
const Ticket* ticket_of(const Event& event);

}  // namespace keepsake::flow

#include "kiosk/flow/event.hpp"

#include "storage/domain/values/choice_members.hpp"

template struct keepsake::Choice<keepsake::flow::AnyEvent>;

namespace keepsake::flow {

Event event_of(const Touch& touch) {
  return std::visit([](const auto& what) { return Event(what); }, touch);
}

const Ticket* ticket_of(const Event& event) {
  return std::visit(
      [](const auto& what) -> const Ticket* {
        if constexpr (requires { what.ticket; })
          return &what.ticket;
        else
          return nullptr;
      },
      event);
}

}  // namespace keepsake::flow

#include "kiosk/flow/event.hpp"

namespace keepsake::flow {

Event event_of(const Touch& touch) {
  return visit([](const auto& what) { return Event(what); }, touch);
}

const Ticket* ticket_of(const Event& event) {
  return visit(
      [](const auto& what) -> const Ticket* {
        if constexpr (requires { what.ticket; })
          return &what.ticket;
        else
          return nullptr;
      },
      event);
}

}  // namespace keepsake::flow

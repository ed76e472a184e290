#include "kiosk/input/event.hpp"

namespace keepsake::input {

Ticks time_of(const Event& event) {
  return std::visit([](const auto& e) { return e.time; }, event);
}

}  // namespace keepsake::input

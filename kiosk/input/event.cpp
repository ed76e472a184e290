#include "kiosk/input/event.hpp"

#include "storage/domain/loyalty/basket.hpp"

namespace keepsake::input {

Ticks time_of(const Event& event) {
  return std::visit([](const auto& e) { return e.time; }, event);
}

}  // namespace keepsake::input

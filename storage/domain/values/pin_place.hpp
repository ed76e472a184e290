#pragma once

#include <string_view>

namespace keepsake {

/// Where a PIN is typed; wrong ones are counted for each apart, so that what is tried from the
/// customers' side does not keep a cashier from unlocking the till.
enum class PinPlace : unsigned char { stand = 0, locked_till = 1 };

constexpr std::string_view name_of(PinPlace place) {
  return place == PinPlace::stand ? "stand" : "till";
}

}  // namespace keepsake

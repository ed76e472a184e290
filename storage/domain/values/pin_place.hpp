#pragma once

namespace keepsake {

/// Where a PIN is typed; wrong ones are counted for each apart, so that what is tried from the
/// customers' side does not keep a cashier from unlocking the till.
enum class PinPlace : unsigned char { stand = 0, locked_till = 1 };

}  // namespace keepsake

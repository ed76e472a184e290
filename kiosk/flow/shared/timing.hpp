#pragma once
// How long things stay (kiosk/ui/UX.md). Doubled in large text or high contrast.

#include <chrono>

namespace keepsake::flow {

inline constexpr std::chrono::seconds customer_idle{45};
inline constexpr std::chrono::seconds idle_warning{20};
inline constexpr std::chrono::seconds staff_idle{120};
inline constexpr std::chrono::seconds done_stays{8};

/// A number that is looked up at the stand is answered after this, whether anybody has it or not.
inline constexpr std::chrono::milliseconds number_answer{700};

/// What has just appeared is not confirmed by the end of the gesture that called it.
inline constexpr std::chrono::milliseconds dead_time{350};

}  // namespace keepsake::flow

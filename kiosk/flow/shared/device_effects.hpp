#pragma once
// What the reducer asks of the devices around the screen.

#include <string>
#include <variant>

#include "kiosk/flow/shared/language.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/types.hpp"

namespace keepsake::flow {

struct Print {  ///< receipt of a recorded purchase or return -> Printed; on the printer's own
                ///< thread
  FactId fact;
  Language language = Language::en;
  std::string staff_name;
};

struct OpenDrawer {};

struct Sync {};  ///< nudge the agent

enum class Sound { click, scan_ok, good, error };

struct Play {
  Sound sound = Sound::click;
};

using DeviceEffects = Types<Print, OpenDrawer, Sync, Play>;

}  // namespace keepsake::flow

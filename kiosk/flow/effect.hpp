#pragma once
// What the reducer asks the world to do. kiosk/app performs it; a question is answered exactly once,
// by the event that it names.

#include "kiosk/flow/question.hpp"
#include "kiosk/flow/shared/device_effects.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

using AnyEffect = Concat<AnyQuestion, DeviceEffects>;
struct Effect : Choice<AnyEffect> {
  using Choice::Choice;
};

}  // namespace keepsake::flow

#pragma once
// What a screen can send: touches come by meaning, not by widget. The reducer takes any of them on
// any screen; one that means nothing there does nothing.

#include "kiosk/flow/customer/touches.hpp"
#include "kiosk/flow/sale/touches.hpp"
#include "kiosk/flow/shared/touches.hpp"
#include "kiosk/flow/staff/touches.hpp"
#include "kiosk/flow/warranty/touches.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

using AnyTouch = Concat<SharedTouches, CustomerTouches, SaleTouches, WarrantyTouches, StaffTouches>;
struct Touch : Choice<AnyTouch> {
  using Choice::Choice;
};

}  // namespace keepsake::flow

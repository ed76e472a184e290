#pragma once

#include "kiosk/flow/staff/customer_pages.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

/// Joining: one of the shop's own fields, which may be left out.
void draw_own_field(Scene& scene, const flow::FieldEntry& entry);

}  // namespace keepsake::screens

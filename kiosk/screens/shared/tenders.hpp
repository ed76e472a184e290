#pragma once
// What paying and refunding have in common: the ways the money goes.

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

ui::Icon icon_of(TenderKind kind);

/// The slip's reference, or the gift card's number, has letters: a keyboard over the screen, closed
/// by going back to the amount.
void reference_panel(Scene& scene, TenderKind kind, const std::string& reference);

}  // namespace keepsake::screens

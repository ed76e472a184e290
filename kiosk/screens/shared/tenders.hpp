#pragma once
// What paying and refunding have in common: the ways the money goes.

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

ui::Icon icon_of(TenderKind kind);

/// Where money goes back to: "to the card".
std::string way_back(const Scene& scene, const Tender& refund);
/// One of several: "200.00 to the card".
std::string part_of_refund(const Scene& scene, const Tender& refund);

/// The slip's reference, or the gift card's number, has letters: a keyboard over the screen, closed
/// by going back to the amount.
void reference_panel(Scene& scene, TenderKind kind, const std::string& reference);

}  // namespace keepsake::screens

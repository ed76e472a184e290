#pragma once
// The sale in pieces: the basket, what stands beside it, and the panes over it.

#include "kiosk/flow/sale/state.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

/// The basket's rows.
void draw_basket(Scene& scene, const ui::Rect& at, const flow::Sale& sale);

/// Who is buying, with cues for the person serving.
void draw_customer(Scene& scene, const ui::Rect& at);
/// The same at the top of `column`, as high as its cues are; `leave_mm` stay for what is below it,
/// but the name is always there.
void draw_customer(Scene& scene, ui::Rect& column, float leave_mm);
/// Articles, tax, points, and the one total.
void draw_totals(Scene& scene, const ui::Rect& at);
/// The least that shows every line of it, in a column of this width.
float totals_height(Scene& scene, float width_mm);

void draw_pane(Scene& scene, const flow::SearchPane& pane);  ///< instead of the basket
/// Panels over the basket.
void draw_pane(Scene& scene, const flow::WeightPane& pane);
void draw_pane(Scene& scene, const flow::QuantityPane& pane);
void draw_pane(Scene& scene, const flow::CustomerPane& pane);
void draw_pane(Scene& scene, const flow::PeoplePane& pane);  ///< instead of the basket
void draw_pane(Scene& scene, const flow::SerialPane& pane);
void draw_pane(Scene& scene, const flow::ClearPane& pane);
void draw_pane(Scene& scene, const flow::RewardsPane& pane);
void draw_pane(Scene& scene, const flow::CouponPane& pane);
void draw_pane(Scene& scene, const flow::ChoicePane& pane);
void draw_pane(Scene& scene, const flow::WhyPane& pane);
void draw_pane(Scene& scene, const flow::MorePane& pane);
void draw_pane(Scene& scene, const flow::GiftCardPane& pane);
void draw_pane(Scene& scene, const flow::HeldSalesPane& pane);
void draw_pane(Scene& scene, const flow::AgainPane& pane);
inline void draw_pane(Scene&, const flow::Lines&) {}

}  // namespace keepsake::screens

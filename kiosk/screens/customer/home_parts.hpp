#pragma once
// The parts of a member's page. Not for other screens.

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

void hidden(Scene& scene, const ui::Rect& at);
void purchases_tab(Scene& scene, const ui::Rect& at, const flow::CustomerHome& home);
void warranties_tab(Scene& scene, const ui::Rect& at, const flow::CustomerHome& home);
void rewards_tab(Scene& scene, const ui::Rect& at, const flow::CustomerHome& home);

/// The balance, its worth and age; the tier; what expires next; the way to the points history.
void points_card(Scene& scene, const ui::Rect& at, const flow::CustomerHome& home);
/// How high it wants to be in portrait.
float points_card_height(const flow::CustomerHome& home);
/// The two rewards that matter most now, as cards: what can be had, and what comes next.
void within_reach(Scene& scene, ui::Rect room, const MemberStanding& standing);

// ---- words

/// "340 kr to Gold, by 31 Dec"; empty at the highest tier.
std::string wallet_words(const Scene& scene, const loyalty::Overview& overview);
std::string tier_words(const Scene& scene, const loyalty::TierStanding& tier);
/// "120 points expire in 12 days"; empty where nothing ever expires.
std::string expiry_reasons(const Scene& scene, const loyalty::Overview& overview);
/// "You owe 30 points ..."; empty without debt.
std::string debt_words(const Scene& scene, const loyalty::Overview& overview);
std::string points_words_of(const Scene& scene, Points points);  ///< "1 284 points"

}  // namespace keepsake::screens

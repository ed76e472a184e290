#pragma once
// One item's cover: its name, how long it lasts, and the timeline with today on it.

#include "kiosk/flow/customer/touches.hpp"
#include "kiosk/flow/session.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

/// "24 months"; empty: none.
std::string period_words(const Scene& scene, const Period& period);
/// "24 months' warranty" of the maker's; empty: a piece of it is registered under nothing.
std::string warranty_words(const Scene& scene, const Article& article);

/// The signs of a cover's state: shape, word and colour together.
ui::Chip cover_chip(Scene& scene, const Cover& cover, std::string& words);

/// The timeline alone, with the dates below it; returns the height it used.
float cover_line(Scene& scene, const ui::Rect& room, const Cover& cover);
float cover_line_height(const Scene& scene);

/// A row of a list of warranties. `privacy` masks the serial.
void cover_row(Scene& scene, const ui::Rect& room, const WarrantySummary& warranty,
               flow::Privacy privacy);
float cover_row_height(Scene& scene, float width_mm, const WarrantySummary& warranty);

/// "····7731": the end of a serial number, enough to tell two items apart.
std::string masked_serial(std::string_view serial);

ui::Icon icon_of_category(std::string_view category);

}  // namespace keepsake::screens

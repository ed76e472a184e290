#pragma once
// The line to head office in words: for the pill on staff screens and the sync screen.

#include "kiosk/flow/shared/notice.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

struct LineWords {
  ui::Tone tone = ui::Tone::plain;
  ui::Icon icon = ui::Icon::none;
  std::string brief;   ///< fits a pill on a small display: "Offline"
  std::string middle;  ///< between the two; may be empty
  std::string text;    ///< "Offline since 13:40. Sales are saved here, 3 records waiting."
  std::string detail;  ///< what it means for the shop, for the sync screen
};
LineWords line_words(const Scene& scene);

/// The state as a button at the right of `room`, as long as there is room for; leads to the sync
/// screen.
void sync_status_pill(Scene& scene, const ui::Rect& room);

/// Good news or a remark as a strip that leaves by itself; cut off the top of `room`.
void draw_good_news(Scene& scene, ui::Rect& room, const flow::Notice& news);

/// What there is to say that nobody needs to answer; nullptr: nothing, or a dialog's matter.
const flow::Notice* good_news(const Scene& scene);
/// The same on a card of its own that fills `at`: for pages that keep their height.
void draw_news_card(Scene& scene, const ui::Rect& at, const flow::Notice& news);

}  // namespace keepsake::screens

#pragma once
// Text. It never vanishes silently: what does not fit its room is drawn with an ellipsis and marked
// clipped in the probe, which the audit refuses.

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/text_style.hpp"
#include "kiosk/ui/ui.hpp"

namespace keepsake::ui {

/// The text as it is drawn: in Latin letters where no face has its own, or where they join or run
/// leftwards. All that draws or measures text does this by itself. Valid for this frame.
std::string_view shown(Ui& ui, std::string_view text);

float cap_height(const Ui& ui, const TextStyle& style);
float line_height(const Ui& ui, const TextStyle& style);
float text_width(Ui& ui, std::string_view text, const TextStyle& style);

/// One line in `room`. Returns the width drawn.
float text(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style = {});

/// One line that takes the largest height of capitals at or below the style's that fits, not below
/// `least_cap_mm`: for totals and titles whose length nobody knows.
float text_fit(Ui& ui, const Rect& room, std::string_view text, TextStyle style,
               float least_cap_mm);

/// An amount, a number of points or a weight: text_fit() down to the smallest capitals that are read
/// here (least_cap_mm). What would not fit even so becomes smaller still and is reported as clipped:
/// no figure is ever shortened, neither here nor where it stands in other text.
float figure(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style);
/// The smallest capitals for the frame's audience: 4.05 for customers, 2.05 for staff.
float least_cap_mm(const Ui& ui);

/// As many lines as needed, broken at spaces. Returns the height used. A word longer than a line is
/// broken inside; that, and lines beyond the room's height, are reported as clipped.
float paragraph(Ui& ui, const Rect& room, std::string_view text, const TextStyle& style = {});
/// What paragraph() would use.
float paragraph_height(Ui& ui, float width_mm, std::string_view text, const TextStyle& style = {});

/// paragraph() with the largest height of capitals at or below the style's at which no word is
/// broken and all lines fit the room, not below `least_cap_mm`.
float paragraph_fit(Ui& ui, const Rect& room, std::string_view text, TextStyle style,
                    float least_cap_mm);

/// Several runs on one line, e.g. "worth" + bold "kr 128,40" + "here today". Returns the width.
struct Run {
  std::string_view text;
  Weight weight = Weight::regular;
  Token colour = Token::ink;
};
float runs(Ui& ui, const Rect& room, const std::vector<Run>& runs, const TextStyle& style = {});

/// Label left, value right, on one line: a row of a bill. The value is never shortened.
void label_value(Ui& ui, const Rect& room, std::string_view label, std::string_view value,
                 const TextStyle& label_style, const TextStyle& value_style);

}  // namespace keepsake::ui

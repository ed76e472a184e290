#pragma once
// How a text looks.

#include "kiosk/ui/theme.hpp"

namespace keepsake::ui {

/// Height of capitals, customer on a small display / on a large one / staff (normal text; large
/// text is 1.56 times, capped for titles): caption 4.2/4.8/2.15, body 4.8/5.4/2.5,
/// heading 5.2/5.9/2.8, title 8/10/3.6, number 14/24/7. `number` may be used at any height through
/// cap_mm.
enum class TextSize : unsigned char { caption, body, heading, title, number };
enum class Weight : unsigned char { regular, semibold, bold };
enum class Align : unsigned char { left, centre, right };
enum class VAlign : unsigned char { top, middle, bottom };

struct TextStyle {
  TextSize size = TextSize::body;
  Weight weight = Weight::regular;  ///< heading, title and number are bold unless semibold is asked
  Token colour = Token::ink;
  Align align = Align::left;
  VAlign valign = VAlign::middle;
  float cap_mm = 0;  ///< for number and title only: another height of capitals
};

}  // namespace keepsake::ui

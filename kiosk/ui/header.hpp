#pragma once
// The top of a screen: the same corner everywhere.

#include "kiosk/ui/card.hpp"

namespace keepsake::ui {

/// Which of the reader's tools was touched.
enum class HeaderAction : unsigned char { none, back, language, text_size, contrast };

/// What stands at the left of header_around().
enum class Leading : unsigned char { nothing, back };

/// Customer header: shop sign or Back at the left; language (globe and native name), text size and
/// contrast at the right. Ids: "back", "language", "text-size", "contrast".
struct CustomerHeader {
  std::string_view shop;
  std::string_view beside_sign = {};  ///< empty: the shop's name
  bool back = false;                  ///< Back instead of the shop's sign
};
HeaderAction customer_header(Ui& ui, Rect& remaining, const CustomerHeader& header);

/// The same without words or sign, in the row `at` of targets, for a low display that has no second
/// row: cuts Back off its left and the reader's tools off its right; between is the screen's.
HeaderAction header_around(Ui& ui, Rect& at, Leading leading);

/// "AA", a small and a large letter: text size, understood without reading.
void text_size_sign(Ui& ui, const Rect& at, Token colour);

/// Staff bar: white, full width, with a hairline. Returns what is left of the bar for the screen's
/// own buttons, right to left, vertically centred targets of metrics().target_small.
struct StaffBar {
  std::string_view title;
  std::string_view detail = {};
  bool back = false;  ///< id "back" with back_label
  std::string_view back_label = {};
  bool sign = true;  ///< the shop's letter
  std::string_view shop = {};
  /// What the screen's own buttons need at least: the detail, Back's word and then the title's size
  /// give way to it.
  float keep_mm = 0;
};
struct StaffBarResult {
  Rect room;  ///< right part of the bar, for chips and buttons
  bool back = false;
};
StaffBarResult staff_bar(Ui& ui, Rect& remaining, const StaffBar& bar);

/// Big title with a muted line under it; cuts itself off the top of `remaining`.
void page_title(Ui& ui, Rect& remaining, std::string_view title, std::string_view detail = {});

}  // namespace keepsake::ui

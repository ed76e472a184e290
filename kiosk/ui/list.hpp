#pragma once
// Rows that may be more than fit: page buttons first, drag as an extra, "more below" said always.

#include <functional>

#include "kiosk/ui/card.hpp"

namespace keepsake::ui {

struct List {
  std::string_view id;  ///< page buttons are id + ".up" and ".down"
  Rect at;
  std::size_t count = 0;
  float row_mm = 0;  ///< every row's height
  /// Heights per row instead of row_mm, when they differ; count entries.
  const std::vector<float>* row_heights = nullptr;
  bool separators = true;
  bool card = false;            ///< draws the card it lies on, its rows follow the round corners
  bool stick_to_end = false;    ///< a new last row scrolls into view (the basket)
  std::string_view empty = {};  ///< said in the middle when count is 0
};

/// Draws the visible rows. `row` gets the index and its rectangle (may be partly outside; drawing
/// is clipped and the probe marks what is cut). When all rows fit there are no page buttons.
void list(Ui& ui, const List& list, const std::function<void(std::size_t, const Rect&)>& row);

/// How wide a row is at least: on a low display the page buttons stand beside the rows. What measures
/// the heights of rows measures by it.
float row_width(const Ui& ui, float list_width_mm);

/// A row that can be chosen: ground and press state; draw the content over it.
struct Row {
  std::string_view id;
  Rect at;
  std::string_view label;
  bool selected = false;
  Token ground = Token::surface;
};
bool row(Ui& ui, const Row& row);

}  // namespace keepsake::ui

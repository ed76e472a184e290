#pragma once
// A question over the screen. What is under it is dimmed and dead.

#include "kiosk/ui/button.hpp"
#include "kiosk/ui/card.hpp"

namespace keepsake::ui {

struct DialogChoice {
  std::string_view id;
  std::string_view label;
  ButtonKind kind = ButtonKind::quiet;
  Icon icon = Icon::none;
  ButtonState state = ButtonState::ready;
};

struct Dialog {
  std::string_view title;
  std::string_view text = {};
  Icon icon = Icon::none;
  Tone tone = Tone::plain;
  std::vector<DialogChoice> choices;  ///< the first is the primary one
  /// Escape chooses this one; -1 means Escape does nothing.
  int escape = -1;
  /// A countdown drawn large (seconds); negative: none.
  int seconds = -1;
};
/// Draws on its own layer. Returns the index of the choice activated in this frame, -1 otherwise.
int dialog(Ui& ui, const Dialog& dialog);

/// For content of one's own: dims the screen, draws the card, enters the layer. Returns the inside.
Rect begin_panel(Ui& ui, float width_mm, float height_mm);
void end_panel(Ui& ui);

}  // namespace keepsake::ui

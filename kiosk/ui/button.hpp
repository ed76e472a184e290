#pragma once

#include <string_view>

#include "kiosk/ui/text.hpp"

namespace keepsake::ui {

enum class ButtonKind : unsigned char {
  primary,    ///< pine; one a screen
  quiet,      ///< surface with a border
  sunk,       ///< Finish, cancel
  danger,     ///< rose border and text: undoes something
  link,       ///< pine text with a chevron, no box; the touch area is the rect all the same
  on_hero,    ///< the one button on attract
  hero_soft,  ///< a language on attract
  chosen,     ///< quiet with a pine border: the selected of several
};

enum class ButtonState : unsigned char { ready, working, disabled };

struct Button {
  std::string_view id;
  Rect at;
  std::string_view label;
  ButtonKind kind = ButtonKind::quiet;
  Icon icon = Icon::none;  ///< left of the label; alone when icon_only
  Icon icon_right = Icon::none;
  bool icon_only = false;  ///< label is still needed: it is what the probe and audit see
  ButtonState state = ButtonState::ready;
  std::string_view reason = {};  ///< second line: why disabled, or what it does
  Align align = Align::centre;
  TextSize size = TextSize::heading;  ///< of the label; steps down to body, then wraps to two lines
  Role role = Role::button;
  bool selected = false;
  bool repeats = false;  ///< a second tap right after the first is meant, as of "one more"
};

/// True in the frame in which it was activated. A working or disabled button never is.
bool button(Ui& ui, const Button& button);

/// Minus, figure, plus. Returns -1, 0 or +1. Ids are `id` + ".less" and ".more".
struct Counter {
  std::string_view id;
  Rect at;
  std::string_view value;
  std::string_view label;  ///< of the thing, for the probe: "Kettle"
  bool can_less = true;
  bool can_more = true;
};
int counter(Ui& ui, const Counter& counter);

/// A box with a tick, and its text right of it. Returns true when it was activated; the caller owns
/// the value.
struct Toggle {
  std::string_view id;
  Rect at;
  std::string_view label;
  bool on = false;
  std::string_view hint = {};
};
bool toggle(Ui& ui, const Toggle& toggle);

/// A row of exclusive choices (tabs). Returns the index chosen in this frame, -1 otherwise.
struct Tab {
  std::string_view id;
  std::string_view label;
  std::string_view badge = {};
};
int tabs(Ui& ui, const Rect& at, const std::vector<Tab>& tabs, int selected);

}  // namespace keepsake::ui

#pragma once
// Panels over the sale: what they have in common.

#include <string>
#include <vector>

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

/// Title with a way out at its right, by the id `close`; cut off the top of `room`.
void pane_title(Scene& scene, ui::Rect& room, const std::string& title,
                std::string_view close = "pane.close");

struct KeypadPane {
  std::string title;
  std::string_view id;
  std::string label;
  std::string text;
  std::string placeholder;
  flow::Field which;
  std::string submit;
  ui::Icon icon = ui::Icon::check;
  std::string error;
  ui::FieldMask mask = ui::FieldMask::none;
};
struct ExtraButton {
  std::string_view id;
  std::string label;
  ui::Icon icon;
  flow::Touch event;
};
/// What takes a serial number by the name `label`; one that was refused a manager may say to stand so.
ExtraButton serial_button(Scene& scene, std::string label, bool refused);
/// One amount, its keypad, and the button that takes it.
void keypad_pane(Scene& scene, const KeypadPane& pane, const std::vector<ExtraButton>& extras = {});

/// A member chooses a PIN of their own, once and once more; `removable`: they have one already.
struct PinPane {
  std::string entry;
  bool again = false;
  bool removable = false;
};
void new_pin_pane(Scene& scene, const PinPane& pane);

/// One text with letters, its keyboard, and the button that takes it.
struct KeyboardPane {
  std::string title;
  std::string_view id;
  std::string label;
  std::string text;
  std::string placeholder;
  flow::Field which;
  std::string submit;
  ui::Icon icon = ui::Icon::check;
  ui::Icon sign = ui::Icon::barcode;   ///< in the field
  flow::Touch event = flow::Submit{};  ///< of its button
};
void keyboard_pane(Scene& scene, const KeyboardPane& pane);

/// A panel of rows with a title above and a row of buttons below.
struct ListPanel {
  ui::Rect room;     ///< of the list
  ui::Rect buttons;  ///< below it
};
ListPanel begin_list_panel(Scene& scene, const std::string& title);
/// A basket to choose, as a row: its first article and how many more, a line about it, its total.
struct BasketRow {
  std::string id;
  std::string first;
  std::int64_t others = 0;
  Money total;
  std::string detail;
};
bool basket_row(Scene& scene, const ui::Rect& at, const BasketRow& row);
/// Height of a row with a name and a line about it.
float two_lines(const Scene& scene);

}  // namespace keepsake::screens

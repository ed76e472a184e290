#pragma once
// What several screens share: frames with header and Finish, fields wired to events, small signs.

#include <functional>
#include <string>
#include <string_view>

#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

// ---- frames

struct CustomerFrame {
  std::string title;  ///< empty: no title, the screen needs the height
  std::string detail;
  enum class Left { sign, back } left = Left::back;
  std::string beside_sign = {};  ///< instead of the shop's name
  int action_rows = 0;           ///< rows of buttons above Finish; beside it in landscape
};
struct Framed {
  ui::Rect body;
  ui::Rect actions;  ///< empty without action_rows
  ui::Rect upper;    ///< the second row above it in landscape; empty without one
};
/// Ground, header, title and Finish of a customer screen.
Framed customer_frame(Scene& scene, const CustomerFrame& frame);
/// For steps of a form whose keyboard leaves no room for more than one field: ground, header and
/// Finish. On a low display both stand in the field's row.
struct Typing {
  ui::Rect row;  ///< of the field and what stands beside it
  ui::Rect keys;
};
Typing typing_frame(Scene& scene);
/// A customer's landscape display: a keyboard takes nearly all of its height, so forms go by steps.
bool step_by_step(const Scene& scene);
/// Finish where a screen has to place it itself.
void finish_button(Scene& scene, const ui::Rect& at);
/// How wide Finish is when it shares its row.
float finish_width(Scene& scene);

struct StaffFrame {
  std::string title;
  std::string detail;
  std::string back;  ///< label of the back button; empty: none
};
/// Ground and staff bar with language, contrast, sync status and Lock. Returns the padded rest.
ui::Rect staff_frame(Scene& scene, const StaffFrame& frame);

/// "Marit, till 2".
std::string who(const Scene& scene);

// ---- fields

/// Draws the field; touching it or typing on a real keyboard becomes the matching event.
void field(Scene& scene, const ui::Field& look, flow::Field which);
/// On-screen keyboard in the reader's script, for an e-mail address in Latin with its signs;
/// `submit` is the label of its primary key.
void keyboard(Scene& scene, const ui::Rect& at, std::string_view submit,
              ui::Keyboard::For purpose = ui::Keyboard::For::text);
/// What it needs in a room of this width. A customer's landscape display lends it its margins.
float keyboard_height(const Scene& scene, float width_mm);
/// Keypad for what `which` takes.
void keypad(Scene& scene, const ui::Rect& at, flow::Field which, std::string_view submit = {});
float keypad_height(const Scene& scene, int rows);
float keypad_width(const Scene& scene);

/// "1 234,5" of "1234.5" while it is being typed: grouped, with the reader's separator.
std::string typed_amount(const Locale& locale, std::string_view entry);

/// A list on a card's ground.
/// The last row of a list that does not hold all that was found: the next ones by ShowMore, or when
/// no more are listed, the advice to type more. `row_mm` of the others is enough for it.
void more_row(Scene& scene, const ui::Rect& at, bool can_go_on);

void card_list(Scene& scene, const ui::List& list,
               const std::function<void(std::size_t, const ui::Rect&)>& row);

// ---- text

float line(const Scene& scene, ui::TextSize size);  ///< height of one line
/// The smallest capitals that are still readable here; fitted text shrinks no further.
float least_cap(const Scene& scene);
/// A name and one line about it. A name too long for its line becomes smaller, then lines.
struct NameAndDetail {
  std::string_view name;
  std::string_view detail;
  ui::TextStyle name_style;
  ui::TextStyle detail_style;
};
void name_and_detail(Scene& scene, const ui::Rect& room, const NameAndDetail& words);
float name_and_detail_height(Scene& scene, float width_mm, const NameAndDetail& words);
/// How wide the longest word of `text` is at its smallest: narrower, it is broken inside.
float longest_word_mm(Scene& scene, std::string_view text, ui::TextStyle style);
/// Title of a card, cut off the top of `room`.
void card_title(Scene& scene, ui::Rect& room, std::string_view title);
/// Icon, one sentence and a hint in the middle of `room`: lists without rows.
void empty_state(Scene& scene, const ui::Rect& room, ui::Icon icon, std::string_view text,
                 std::string_view hint = {});
/// Icon left of one line of text.
void icon_line(Scene& scene, const ui::Rect& room, ui::Icon icon, std::string_view text,
               const ui::TextStyle& style);

/// At most two initials of a name as it is drawn: "IH". Empty for no name.
std::string initials(const Scene& scene, std::string_view name);

}  // namespace keepsake::screens

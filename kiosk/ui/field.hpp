#pragma once
// Fields and the two ways to fill them without a real keyboard. The text is the caller's (in
// Session); nothing here keeps it. The caret is always at the end.

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/ui/button.hpp"

namespace keepsake::ui {

/// One edit of a field's text.
struct Edit {
  enum class Kind : unsigned char { none, insert, backspace, clear, submit } kind = Kind::none;
  std::string text = {};  ///< of insert: UTF-8
  enum class By : unsigned char { finger, keyboard } by = By::finger;
  std::string burst = {};  ///< of submit: input::KeyPress::burst
  explicit operator bool() const { return kind != Kind::none; }
};

/// Applies an edit; keeps the text valid UTF-8 and at most max_bytes. An insert that does not fit
/// leaves the text as it was and returns false. submit changes nothing.
bool apply(std::string& text, const Edit& edit, std::size_t max_bytes);

enum class FieldMask : unsigned char { none, secret };  ///< secret: dots

struct Field {
  std::string_view id;
  Rect at;
  std::string_view label;  ///< small, above the box, inside `at`
  std::string_view text;
  std::string_view placeholder = {};
  std::string_view error = {};  ///< shown under the box in rose with an icon, inside `at`
  FieldMask mask = FieldMask::none;
  Align align = Align::left;
  Icon icon = Icon::none;
  TextSize size = TextSize::body;
  bool active = false;  ///< this one has the caret (screens keep which in Session)
  bool enabled = true;
  /// The last field of a page of a form: Tab after typing goes on to the next page, as Enter does.
  bool leads_on = false;
};

struct FieldResult {
  bool chosen = false;  ///< touched or focused by keyboard: make it the active one
  Edit edit;            ///< from a real keyboard, only while active
};
FieldResult field(Ui& ui, const Field& field);
/// Height of a field with label (and room for an error line).
enum class ErrorRoom : bool { no, yes };
float field_height(const Ui& ui, ErrorRoom room);

/// The smallest side of a key.
inline float least_key_mm(Audience audience) {
  return audience == Audience::customer ? 15.0f : 9.0f;
}

struct Keypad {
  std::string_view id;  ///< keys are id + ".0" ... ".9", ".sep", ".back"
  Rect at;
  std::string_view separator = {};  ///< bottom left key: "," or "00" or "+"; empty leaves it out
  std::string_view submit = {};     ///< a fifth row with a primary key of this label: id + ".ok"
  bool enabled = true;
};
/// Digits and backspace also come from the real keyboard.
Edit keypad(Ui& ui, const Keypad& keypad);

enum class KeyboardLayout : unsigned char { latin, latin_nb, latin_nl, latin_fil, ukrainian };
KeyboardLayout layout_of(Language language);
/// accents: Latin letters of other languages, which no layout has room for.
enum class KeyboardPage : unsigned char { letters, shifted, digits, accents, accents_shifted };

/// The on-screen keyboard; its page is the caller's (in Session).
struct Keyboard {
  std::string_view id;  ///< letter keys are id + ".k" + row + "." + column (language-free)
  Rect at;
  KeyboardLayout layout = KeyboardLayout::latin;
  KeyboardPage page = KeyboardPage::letters;
  enum class For : unsigned char { text, email };
  For purpose = For::text;       ///< email: @ and . on page one, Latin letters
  std::string_view submit = {};  ///< label of the bottom right key: id + ".ok"
  bool can_swap_script = false;  ///< shows АБВ/ABC: id + ".script"
};
struct KeyboardResult {
  Edit edit;
  std::optional<KeyboardPage> page;  ///< the page to show from now on
  bool swap_script = false;
};
KeyboardResult keyboard(Ui& ui, const Keyboard& keyboard);
/// Height at which its keys are as small as they may be; `at` is ignored. Give it more if you can.
float keyboard_height(Ui& ui, const Keyboard& keyboard, float width_mm);
/// The rows of a page, each key one UTF-8 string: the data table itself, for tests.
std::vector<std::vector<std::string_view>> keyboard_rows(KeyboardLayout layout, KeyboardPage page,
                                                         Keyboard::For purpose);

}  // namespace keepsake::ui

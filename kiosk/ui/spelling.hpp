#pragma once
// A text as the faces can show it: a person's name is never drawn as question marks or blanks,
// whatever script it is in. Internal to kiosk/ui.

#include <string>
#include <string_view>
#include <unordered_map>

#include "kiosk/ui/typefaces.hpp"

namespace keepsake::ui {

class Spelling {
 public:
  /// `faces` outlives it.
  explicit Spelling(Typefaces& faces) : faces_(faces) {}

  /// The text itself when all its letters can be drawn one by one. Else with letters composed with
  /// their marks; words of other scripts, and of those that join letters or run leftwards, in Latin
  /// letters; signs that no face has (emoji) left out, or as an empty box when nothing else stands
  /// there. Valid until the frame after the next one begins.
  std::string_view shown(std::string_view text);
  /// What is not drawn any more is forgotten: it may be a person's name.
  void begin_frame();

 private:
  struct Spelled {
    std::string text;
    bool used = true;
  };
  bool can_draw(char32_t code);
  std::string spelled(std::string_view text);
  std::string only_drawn(std::string_view text);

  Typefaces& faces_;
  std::unordered_map<std::string, Spelled> known_;
};

}  // namespace keepsake::ui

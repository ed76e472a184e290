#pragma once
// Grounds and small signs.

#include "kiosk/ui/button.hpp"

namespace keepsake::ui {

/// Draws a card and returns its inside (padded by metrics().pad). Call end_card() after its
/// content: it restores what text is thought to lie on.
Rect begin_card(Ui& ui, const Rect& at, Token ground = Token::surface);
void end_card(Ui& ui);
/// Card that is itself a button (content drawn over it by the caller): true when activated.
struct CardButton {
  std::string_view id;
  Rect at;
  std::string_view label;
  bool selected = false;
};
bool card_button(Ui& ui, const CardButton& card);

/// Sunk, mint, amber, rose, sky.
enum class Tone : unsigned char { plain, good, soon, bad, service };

/// A pill with an icon and a word: state by shape, word and colour together. Sits at the given
/// corner of `room` by `align`; returns its rectangle.
struct Chip {
  std::string_view text;
  Tone tone = Tone::plain;
  Icon icon = Icon::none;
  Align align = Align::left;
  TextSize size = TextSize::caption;
};
Rect chip(Ui& ui, const Rect& room, const Chip& chip);
float chip_width(Ui& ui, const Chip& chip);

/// A full-width strip; wraps. With an id it is a button with a chevron. Returns true when
/// activated.
struct Banner {
  Rect at;
  std::string_view text;
  Tone tone = Tone::plain;
  Icon icon = Icon::none;
  std::string_view id = {};
  TextSize size = TextSize::body;
};
bool banner(Ui& ui, const Banner& banner);
float banner_height(Ui& ui, float width_mm, const Banner& banner);

/// Initials in a circle, at most two letters; the sign of a person without any.
void avatar(Ui& ui, float x, float y, float radius_mm, std::string_view initials);
/// Icon on a rounded square of the tone.
void badge(Ui& ui, const Rect& square, Icon icon, Tone tone);
/// The shop's sign: its first letter on a rounded square, its name right of it. on a hero ground
/// inverted.
enum class SignGround : unsigned char { paper, hero };
/// `words` stand beside the letter; empty: the shop's name.
void shop_sign(Ui& ui, const Rect& room, std::string_view shop,
               SignGround ground = SignGround::paper, std::string_view words = {});
/// A letter on a pine square: the shop's sign alone.
void badge_letter(Ui& ui, const Rect& square, std::string_view shop,
                  SignGround ground = SignGround::paper);
void hairline(Ui& ui, float x, float y, float width_mm);  ///< horizontal

Token ground_of(Tone tone);
Token ink_of(Tone tone);

}  // namespace keepsake::ui

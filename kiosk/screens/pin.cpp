// The staff's door.
#include <algorithm>

#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// One dot per digit, on a field's ground: how many is no secret, which is.
void dots(Scene& s, const Rect& at, std::size_t digits) {
  s.ui.fill(at, ui::Token::surface, s.metrics().button_radius);
  s.ui.border(at, ui::Token::pine, s.metrics().button_radius, 0.5f);
  const float pitch = std::min(6.0f, at.w / 9);
  const auto n = static_cast<float>(std::max<std::size_t>(digits, 4));
  const float first = at.centre_x() - (n - 1) * pitch / 2;
  for (std::size_t i = 0; i < std::max<std::size_t>(digits, 4); ++i)
    s.ui.circle(first + static_cast<float>(i) * pitch, at.centre_y(), i < digits ? 1.5f : 0.6f,
                i < digits ? ui::Token::ink : ui::Token::muted);
}

void words(Scene& s, const Rect& room, const flow::PinEntry& pin) {
  const bool basket = !s.session.till.empty();
  const std::string title = pin.locked ? s.tr("The till is locked") : s.tr("Staff only");
  const std::string text =
      basket ? s.tr("A sale is waiting. Type your PIN to go on with it.") : s.tr("Type your PIN.");
  const ui::TextStyle strong{.size = ui::TextSize::title};
  const ui::TextStyle soft{
      .colour = ui::Token::muted, .align = ui::Align::left, .valign = ui::VAlign::top};
  const float side = 18;
  const float below = ui::paragraph_height(s.ui, room.w, text, soft);
  Rect box = room.centred(
      room.w, std::min(room.h, side + 4 + ui::line_height(s.ui, strong) + 1.2f + below));
  box.x = room.x;
  const Rect sign = box.take_top(side, 4);
  ui::badge(s.ui, {sign.x, sign.y, side, side}, ui::Icon::lock,
            basket ? ui::Tone::soon : ui::Tone::good);
  ui::text_fit(s.ui, box.take_top(ui::line_height(s.ui, strong), 1), title, strong, 2.5f);
  ui::paragraph_fit(s.ui, box, text, soft, least_cap(s));
}

}  // namespace

void draw(Scene& s, const flow::PinEntry& pin) {
  Rect body = staff_frame(
      s,
      {.title = s.context.shop, .detail = {}, .back = pin.locked ? std::string() : s.tr("Back")});
  const float wide = s.portrait() ? 120.0f : 84.0f;
  Rect box;
  if (s.portrait()) {
    body = body.centred(150, std::min(body.h, 260.0f));
    words(s, body.take_top(70, 8), pin);
    box = body.centred(wide, std::min(body.h, 170.0f));
    box.y = body.y;
  } else {
    body = body.centred(std::min(body.w, 190.0f), std::min(body.h, 110.0f));
    box = body.take_right(wide, 14);
    words(s, body, pin);
  }
  dots(s, box.take_top(s.metrics().target + 2, s.metrics().gap + 1), pin.digits.size());
  s.press({.id = "submit",
           .at = box.take_bottom(s.metrics().target + 2, s.metrics().gap),
           .label = s.tr("Sign in"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::unlock,
           .state = s.readiness()},
          flow::Submit{});
  keypad(s, box, flow::Field::pin);
}

}  // namespace keepsake::screens

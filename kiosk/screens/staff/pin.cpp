// The staff's door.
#include <algorithm>

#include "kiosk/flow/sale/till.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/hero_panel.hpp"
#include "kiosk/screens/shared/parts.hpp"

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

}  // namespace

void draw(Scene& s, const flow::PinEntry& pin) {
  const Rect body = staff_frame(
      s,
      {.title = s.context.shop, .detail = {}, .back = pin.locked ? std::string() : s.tr("Back")});
  const bool basket = !s.till.empty();
  Rect room = beside_hero(s, body,
                          {.icon = ui::Icon::lock,
                           .title = pin.locked ? s.tr("The till is locked") : s.tr("Staff only"),
                           .text = basket ? s.tr("A sale is open. Type your PIN to continue.")
                                          : s.tr("Type your PIN.")},
                          s.portrait() ? 150.0f : 88.0f);
  dots(s, room.take_top(s.metrics().target + 2, s.metrics().gap + 1), pin.digits.size());
  s.press({.id = "submit",
           .at = room.take_bottom(s.metrics().target + 2, s.metrics().gap),
           .label = s.tr("Sign in"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::unlock,
           .state = s.readiness()},
          flow::Submit{});
  keypad(s, room, flow::Field::pin);
}

}  // namespace keepsake::screens

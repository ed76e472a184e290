// Who is it? A card under the scanner, or a phone number.
#include <algorithm>

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"
#include "kiosk/screens/shared/sync_status.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

flow::Field keys_of(const flow::Identify& identify) {
  return identify.pin ? flow::Field::pin : flow::Field::phone;
}

/// With their points before them, who has a PIN sees the rest by it.
bool may_type_pin(const flow::Identify& identify) { return identify.points && !identify.pin; }

void actions(Scene& s, Rect row, const flow::Identify& identify) {
  const auto& m = s.metrics();
  if (identify.points && !identify.pin) {
    s.press({.id = "join",
             .at = row.take_left((row.w - m.gap) / 2, m.gap),
             .label = s.tr("Join now"),
             .icon = ui::Icon::user_plus},
            flow::Go{flow::Place::join});
  }
  if (may_type_pin(identify))
    return s.press({.id = "use-pin",
                    .at = row,
                    .label = s.tr("Use my PIN"),
                    .kind = ui::ButtonKind::primary,
                    .icon = ui::Icon::unlock,
                    .state = s.readiness()},
                   flow::Edit{flow::Field::pin});
  s.press({.id = "find",
           .at = row,
           .label = s.tr("Continue"),
           .kind = ui::ButtonKind::primary,
           .icon = identify.pin ? ui::Icon::unlock : ui::Icon::search,
           .state = identify.withheld ? ui::ButtonState::working : s.readiness()},
          flow::Submit{});
}

void pin_field(Scene& s, const Rect& at, const std::string& typed) {
  field(s,
        {.id = "pin",
         .at = at,
         .label = s.tr("PIN"),
         .text = typed,
         .mask = ui::FieldMask::secret,
         .icon = ui::Icon::lock,
         .size = ui::TextSize::heading,
         .active = true},
        flow::Field::pin);
}

void phone_field(Scene& s, const Rect& at, const flow::Identify& identify) {
  if (identify.pin) return pin_field(s, at, *identify.pin);
  field(s,
        {.id = "phone",
         .at = at,
         .label = s.tr("Phone number"),
         .text = identify.phone,
         .placeholder = s.context.calling_code,
         .error = {},
         .icon = ui::Icon::phone,
         .size = ui::TextSize::heading,
         .active = true},
        flow::Field::phone);
}

/// Shows what to do with a card, or what the number has: no name, no level, nothing of whoever has it.
void scan_card(Scene& s, const Rect& at, const flow::Identify& identify) {
  const Rect inside = ui::begin_card(s.ui, at);
  Rect room = inside;
  // On a low display the words of what to do now matter more than a sign.
  if (s.portrait() || !identify.points) {
    const float side = std::min(room.h, s.portrait() ? 44.0f : 24.0f);
    const Rect sign = room.take_left(side, s.metrics().pad);
    ui::badge(s.ui, sign.centred(side, side), identify.points ? ui::Icon::gift : ui::Icon::barcode,
              ui::Tone::good);
  }
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const ui::TextStyle strong{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
  const std::string title =
      identify.points
          ? s.tr("{points} on this number", {{"points", s.locale().points_words(*identify.points)}})
          : s.tr("Scan your card");
  const std::string hint =
      identify.pin      ? s.tr("Type the PIN that you chose. Without one, scan your card.")
      : identify.points ? s.tr("To see more or to use them, scan your card or ask our staff.")
                        : s.tr("or type your phone number");
  std::string pending = identify.points ? pending_words(s, identify.pending) : std::string();
  const float above = ui::paragraph_height(s.ui, room.w, title, strong);
  const float below = ui::paragraph_height(s.ui, room.w, hint, soft);
  float between = ui::paragraph_height(s.ui, room.w, pending, soft);
  if (!pending.empty() && above + between > room.h) {
    // Where there is little room, both share one size; where there is none, the points stand alone.
    const std::string both = title + "\n" + pending;
    if (ui::paragraph_height(s.ui, room.w, both, {.cap_mm = least_cap(s)}) <= room.h) {
      ui::paragraph_fit(s.ui, room, both, {.valign = ui::VAlign::middle}, least_cap(s));
      ui::end_card(s.ui);
      return;
    }
    pending.clear();
    between = 0;
  }
  Rect words = room.centred(room.w, std::min(room.h, above + between + below));
  words.x = room.x;
  ui::paragraph_fit(s.ui, words.take_top(above), title, strong, least_cap(s));
  if (!pending.empty())
    ui::paragraph_fit(s.ui, words.take_top(std::min(between, words.h)), pending, soft,
                      least_cap(s));
  if (words.h + 0.1f >= below) ui::paragraph_fit(s.ui, words, hint, soft, least_cap(s));
  ui::end_card(s.ui);
}

}  // namespace

void draw(Scene& s, const flow::Identify& identify) {
  const auto& m = s.metrics();
  if (s.portrait()) {
    auto frame = customer_frame(s, {.title = s.tr("Welcome back"), .detail = {}, .action_rows = 1});
    actions(s, frame.actions, identify);
    Rect body = frame.body;
    keypad(s, body.take_bottom(4 * 25.0f + 3 * m.gap, m.gap + 4), keys_of(identify));
    phone_field(s, body.take_bottom(ui::field_height(s.ui, ui::ErrorRoom::yes), m.gap + 4),
                identify);
    body.take_top(4);
    scan_card(s, body.take_top(std::min(body.h, 84.0f)), identify);
    return;
  }
  auto frame = customer_frame(s, {.title = {}, .detail = {}, .action_rows = 1});
  actions(s, frame.actions, identify);
  Rect body = frame.body;
  keypad(s, body.take_right(std::max(keypad_width(s), body.w * 0.34f), m.gap + 3),
         keys_of(identify));
  // On a low display the label gives way to what the number has.
  const float high =
      s.ui.low() ? m.target + 2.2f * least_cap(s) : ui::field_height(s.ui, ui::ErrorRoom::yes);
  phone_field(s, body.take_bottom(std::min(high, body.h), m.gap), identify);
  if (const flow::Notice* news = good_news(s)) return draw_news_card(s, body, *news);
  if (body.h > 15) scan_card(s, body, identify);
}

}  // namespace keepsake::screens

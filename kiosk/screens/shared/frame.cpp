// Frames: what stands in the same corner on every screen.
#include <algorithm>

#include "kiosk/flow/shared/device.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/sync_status.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

void act(Scene& s, ui::HeaderAction action) {
  switch (action) {
    case ui::HeaderAction::none:
      return;
    case ui::HeaderAction::back:
      return s.send(flow::Back{});
    case ui::HeaderAction::language:
      return s.send(flow::OpenLanguages{});
    case ui::HeaderAction::text_size:
      return s.send(flow::SwitchTextSize{});
    case ui::HeaderAction::contrast:
      return s.send(flow::SwitchContrast{});
  }
}

void header(Scene& s, Rect& room, CustomerFrame::Left left, std::string_view beside_sign = {}) {
  act(s, ui::customer_header(s.ui, room,
                             {.shop = s.context.shop,
                              .beside_sign = beside_sign,
                              .back = left == CustomerFrame::Left::back}));
}

/// The reader's tools in the staff bar, right to left.
void tools(Scene& s, Rect& room) {
  const float size = s.metrics().target_small;
  const float gap = s.metrics().gap;
  const auto tool = [&](std::string_view id, std::string_view label, ui::Icon icon,
                        flow::Touch event) {
    const Rect at = room.take_right(size, gap);
    s.press({.id = id, .at = at, .label = label, .icon = icon, .icon_only = true},
            std::move(event));
    return at;
  };
  tool("contrast", s.tr("Contrast"), ui::Icon::contrast, flow::SwitchContrast{});
  const Rect text_size =
      tool("text-size", s.tr("Text size"), ui::Icon::none, flow::SwitchTextSize{});
  ui::text_size_sign(s.ui, text_size, ui::Token::ink);
  tool("language", s.tr("Language"), ui::Icon::globe, flow::OpenLanguages{});
}

}  // namespace

float finish_width(Scene& s) {
  const float words =
      ui::text_width(s.ui, s.tr("Finish"), {.size = ui::TextSize::heading}) + s.metrics().target;
  return std::clamp(words + 6, 40.0f, s.ui.screen().w * 0.27f);
}

namespace {

void finish(Scene& s, const Rect& at, bool sign) {
  s.press({.id = "finish",
           .at = at,
           .label = s.tr("Finish"),
           .kind = ui::ButtonKind::sunk,
           .icon = ui::Icon::finish,
           .icon_only = sign},
          flow::Finish{});
}

}  // namespace

void finish_button(Scene& s, const Rect& at) { finish(s, at, false); }

bool step_by_step(const Scene& s) { return !s.staff() && !s.portrait(); }

Typing typing_frame(Scene& s) {
  s.ui.ground(ui::Token::paper);
  const auto& m = s.metrics();
  Rect room = s.ui.screen().inset(m.margin);
  if (!s.ui.low()) header(s, room, CustomerFrame::Left::back);
  const Rect keys = room.take_bottom(keyboard_height(s, room.w), m.gap);
  const float high = std::min(room.h, ui::field_height(s.ui, ui::ErrorRoom::no));
  Rect row{room.x, room.bottom() - high, room.w, high};
  const float target = m.target_small;
  if (s.ui.low()) {
    Rect targets{row.x, row.bottom() - target, row.w, target};
    finish(s, targets.take_right(target, m.gap), true);
    act(s, ui::header_around(s.ui, targets, ui::Leading::back));
    row.x = targets.x;
    row.w = targets.w;
  } else {
    const Rect finish = row.take_right(finish_width(s), m.gap);
    finish_button(s, {finish.x, finish.bottom() - target, finish.w, target});
  }
  return {row, keys};
}

Framed customer_frame(Scene& s, const CustomerFrame& frame) {
  s.ui.ground(ui::Token::paper);
  Rect room = s.ui.screen().inset(s.metrics().margin);
  header(s, room, frame.left, frame.beside_sign);
  const auto& m = s.metrics();
  Rect actions;
  Rect upper;
  if (s.portrait()) {
    finish_button(s, room.take_bottom(m.target, m.gap + 2));
    if (frame.action_rows > 0) {
      const auto rows = static_cast<float>(frame.action_rows);
      actions = room.take_bottom(rows * m.target + (rows - 1) * (m.gap + 2), m.gap + 4);
    }
  } else {
    Rect row = room.take_bottom(m.target_small + 1, m.gap);
    finish_button(s, row.take_left(finish_width(s), m.gap));
    if (frame.action_rows > 0) actions = row;
    if (frame.action_rows > 1) upper = room.take_bottom(m.target_small + 1, m.gap);
  }
  const flow::Notice* news = good_news(s);
  if (news != nullptr && !frame.title.empty()) {
    draw_good_news(s, room, *news);
  } else if (!frame.title.empty()) {
    ui::page_title(s.ui, room, frame.title, frame.detail);
  }
  return {room, actions, upper};
}

std::string who(const Scene& s) {
  const std::string name = s.visit.staff ? s.visit.staff->name : std::string();
  const std::uint32_t till = s.device.sync.till;
  if (till == 0) return name;
  return s.tr("{name}, till {number}", {{"name", name}, {"number", s.locale().number(till)}});
}

Rect staff_frame(Scene& s, const StaffFrame& frame) {
  s.ui.ground(ui::Token::paper);
  Rect room = s.ui.screen();
  const auto& m = s.metrics();
  const float square = m.target_small + m.gap;
  const float tools_mm = 4 * square;  // the line's state is one of them: at least its sign
  auto bar = ui::staff_bar(s.ui, room,
                           {.title = frame.title,
                            .detail = frame.detail,
                            .back = !frame.back.empty(),
                            .back_label = frame.back,
                            .sign = frame.back.empty(),
                            .shop = s.context.shop,
                            .keep_mm = tools_mm + (s.visit.staff ? square : 0)});
  if (bar.back) s.send(flow::Back{});
  if (s.visit.staff) {
    const float wide = ui::text_width(s.ui, s.tr("Lock"), {.weight = ui::Weight::semibold}) +
                       5 * ui::cap_height(s.ui, {}) + 2;
    const bool sign = wide + m.gap + tools_mm > bar.room.w;
    s.press({.id = "lock",
             .at = bar.room.take_right(sign ? m.target_small : wide, m.gap),
             .label = s.tr("Lock"),
             .icon = ui::Icon::lock,
             .icon_only = sign,
             .size = ui::TextSize::body},
            flow::Finish{});
  }
  tools(s, bar.room);
  sync_status_pill(s, bar.room);
  room = room.inset(m.margin, std::min(m.margin, 3.5f));
  if (const flow::Notice* news = good_news(s)) draw_good_news(s, room, *news);
  return room;
}

}  // namespace keepsake::screens

#include "kiosk/screens/shared/sync_status.hpp"

#include <algorithm>

#include "kiosk/flow/shared/device.hpp"
#include "kiosk/screens/shared/notices.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

std::string waiting(const Scene& s) {
  return s.trn("{n} record waiting", "{n} records waiting", s.device.sync.waiting);
}

LineWords online(const Scene& s) {
  const SyncState& sync = s.device.sync;
  if (sync.waiting > 0)
    return {ui::Tone::good,
            ui::Icon::cloud_up,
            waiting(s),
            {},
            s.tr("Sending. {waiting}.", {{"waiting", waiting(s)}}),
            s.tr("Records are sent to head office one by one, oldest first.")};
  const std::string at = sync.last_success ? s.moment(*sync.last_success) : std::string();
  return {ui::Tone::good,
          ui::Icon::check,
          s.tr("All sent"),
          {},
          at.empty() ? s.tr("All sent") : s.tr("All sent, {time}", {{"time", at}}),
          s.tr("Head office has every record of this till.")};
}

LineWords offline(const Scene& s) {
  const SyncState& sync = s.device.sync;
  const std::string kept = s.tr(
      "You can keep selling. Everything is saved here and sent automatically once you are back "
      "online.");
  if (!sync.last_success)
    return {ui::Tone::soon,
            ui::Icon::offline,
            s.tr("Offline"),
            {},
            s.tr("Offline. Sales are saved here, {waiting}.", {{"waiting", waiting(s)}}),
            kept};
  return {ui::Tone::soon,
          ui::Icon::offline,
          s.tr("Offline"),
          s.tr("Offline since {time}", {{"time", s.moment(*sync.last_success)}}),
          s.tr("Offline since {time}. Sales are saved here, {waiting}.",
               {{"time", s.moment(*sync.last_success)}, {"waiting", waiting(s)}}),
          kept};
}

}  // namespace

LineWords line_words(const Scene& s) {
  switch (s.device.sync.link) {
    case LinkState::online:
      return online(s);
    case LinkState::offline:
      return offline(s);
    case LinkState::never_reached:
      return {ui::Tone::soon,
              ui::Icon::offline,
              s.tr("Offline"),
              {},
              s.tr("Not connected to head office yet. {waiting}.", {{"waiting", waiting(s)}}),
              s.tr("You can keep selling. Everything is saved here and sent automatically once "
                   "head office responds.")};
    case LinkState::refused:
      return {ui::Tone::bad,
              ui::Icon::warning,
              s.tr("Rejected"),
              {},
              s.tr("Head office rejects this till. {waiting}.", {{"waiting", waiting(s)}}),
              s.tr("You can keep selling and everything is saved. Call the technician: this till "
                   "must be enrolled again.")};
    case LinkState::not_enrolled:
      break;
  }
  return {
      ui::Tone::plain,
      ui::Icon::info,
      s.tr("Not enrolled"),
      {},
      s.tr("Not enrolled yet"),
      s.tr("You can keep selling. The technician enrols this till with a code from head office.")};
}

void sync_status_pill(Scene& s, const Rect& room) {
  const LineWords words = line_words(s);
  const ui::TextStyle style{.size = ui::TextSize::body, .weight = ui::Weight::semibold};
  const float cap = ui::cap_height(s.ui, style);
  const float icon_room = 2.2f * cap;
  const float pad = 1.3f * cap;
  std::string_view text = words.text;
  float width = ui::text_width(s.ui, text, style) + icon_room + 2 * pad + 0.1f;
  for (const std::string* shorter : {&words.middle, &words.brief}) {
    if (width <= room.w || shorter->empty()) continue;
    text = *shorter;
    width = ui::text_width(s.ui, text, style) + icon_room + 2 * pad + 0.1f;
  }
  const bool icon_only = width > room.w;
  if (icon_only) width = s.metrics().target_small;
  if (width > room.w) return;  // large text on a small display: the sale matters more
  Rect at = room;
  at = at.take_right(width);
  const float height = std::min(room.h, s.metrics().target_small);
  at = Rect{at.x, room.centre_y() - height / 2, at.w, height};
  const ui::Token ground = ui::ground_of(words.tone);
  const ui::Token ink = ui::ink_of(words.tone);
  const auto touch = s.ui.interact(
      {.id = "sync",
       .label = words.text,
       .rect = at,
       .fore = ink,
       .ground = ground,
       .border = ui::is_high_contrast(s.ui.look().palette) ? ui::Token::control : ground});
  s.ui.fill(at, ground, height / 2);
  if (ui::is_high_contrast(s.ui.look().palette))
    s.ui.border(at, ui::Token::control, height / 2, s.ui.theme().control_border_mm);
  s.ui.push_ground(ground);
  const float icon_x = icon_only ? at.centre_x() : at.x + pad + 0.8f * cap;
  s.ui.icon(words.icon, icon_x, at.centre_y(), 1.5f * cap, ink);
  if (!icon_only)
    ui::text(s.ui, {at.x + pad + icon_room, at.y, at.w - 2 * pad - icon_room + 0.5f, at.h}, text,
             {.size = style.size, .weight = style.weight, .colour = ink});
  s.ui.pop_ground();
  if (touch.activated) s.send(flow::Go{flow::Place::sync});
}

namespace {

std::string news_words(const Scene& s, const flow::Notice& notice) {
  const NoticeWords words = notice_words(s.locale(), notice);
  return words.next.empty() ? words.what : words.what + " " + words.next;
}

ui::Tone tone_of(const flow::Notice& news) {
  if (news.tone == flow::Tone::question) return ui::Tone::soon;
  return news.tone == flow::Tone::good ? ui::Tone::good : ui::Tone::service;
}

}  // namespace

const flow::Notice* good_news(const Scene& s) {
  const auto& notice = s.visit.notice;
  if (!notice || notice->tone > flow::Tone::question) return nullptr;
  return notice->tone == flow::Tone::question && s.pane_asks ? nullptr : &*notice;
}

void draw_news_card(Scene& s, const Rect& at, const flow::Notice& news) {
  s.notice_said = true;
  const ui::Tone tone = tone_of(news);
  Rect room = ui::begin_card(s.ui, at, ui::ground_of(tone));
  const std::string text = news_words(s, news);
  const ui::TextStyle style{
      .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ui::ink_of(tone)};
  const float em = 1.5f * ui::cap_height(s.ui, style);
  const bool with_sign = room.w > 6 * em;
  const float wide = with_sign ? room.w - 1.6f * em : room.w;
  const float high = std::min(room.h, ui::paragraph_height(s.ui, wide, text, style));
  room = room.centred(room.w, high);
  if (with_sign) {
    const Rect sign = room.take_left(em, 0.6f * em);
    s.ui.icon(tone == ui::Tone::good ? ui::Icon::check_circle : ui::Icon::info, sign.centre_x(),
              sign.y + line(s, ui::TextSize::heading) / 2, em, style.colour);
  }
  ui::paragraph_fit(s.ui, room, text, style, least_cap(s));
  ui::end_card(s.ui);
}

void draw_good_news(Scene& s, Rect& room, const flow::Notice& news) {
  s.notice_said = true;
  const ui::Tone tone = tone_of(news);
  const std::string text = news_words(s, news);
  ui::Banner banner{.at = {room.x, room.y, room.w, 0},
                    .text = text,
                    .tone = tone,
                    .icon = tone == ui::Tone::good ? ui::Icon::check_circle : ui::Icon::info};
  banner.at.h = ui::banner_height(s.ui, room.w, banner);
  room.take_top(banner.at.h, s.metrics().gap);
  ui::banner(s.ui, banner);
}

}  // namespace keepsake::screens

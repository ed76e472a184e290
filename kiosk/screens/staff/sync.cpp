// Sync one can see: its state, its age, and a plain error.
#include <algorithm>

#include "kiosk/flow/shared/device.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/notices.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/sync_status.hpp"
#include "storage/domain/values/trusted_time.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Figure {
  std::string label;
  std::string value;
  std::string detail;
  ui::Token colour = ui::Token::ink;
};

/// One line; in a narrow card as many as the words need at their smallest.
float words_mm(Scene& s, float width, std::string_view words, ui::TextStyle style) {
  const float one = ui::line_height(s.ui, style);
  style.cap_mm = least_cap(s);
  if (ui::text_width(s.ui, words, style) <= width) return one;
  return std::max(one, ui::paragraph_height(s.ui, width, words, style) + 0.1f);
}

void figure_card(Scene& s, const Rect& at, const Figure& figure) {
  Rect room = ui::begin_card(s.ui, at);
  const float least = least_cap(s);
  const ui::TextStyle soft{.colour = ui::Token::muted};
  const ui::TextStyle small{.size = ui::TextSize::caption, .colour = figure.colour};
  const float top = words_mm(s, room.w, figure.label, soft);
  const float foot = words_mm(s, room.w, figure.detail, small);
  Rect words = room.centred(room.w, std::min(room.h, top + line(s, ui::TextSize::body) + foot +
                                                         line(s, ui::TextSize::title)));
  words.x = room.x;
  ui::paragraph_fit(s.ui, words.take_top(top), figure.label, soft, least);
  ui::TextStyle number{.size = ui::TextSize::title};
  number.cap_mm = 6;
  ui::text_fit(s.ui, words.take_top(words.h - foot), figure.value, number, least_cap(s));
  if (!figure.detail.empty()) ui::paragraph_fit(s.ui, words, figure.detail, small, least);
  ui::end_card(s.ui);
}

/// Off line: when it is tried again; else how much of the store's records is here while they come, or how
/// new what came down is.
std::string connection_words(const Scene& s) {
  const SyncState& sync = s.device.sync;
  if (sync.link == LinkState::online && sync.arriving_percent)
    return s.tr("store data received: {percent}",
                {{"percent", s.locale().percent_bp(std::int64_t{*sync.arriving_percent} * 100)}});
  if (sync.link == LinkState::online)
    return sync.up_to_date ? s.tr("up to date: {time}", {{"time", s.moment(*sync.up_to_date)}})
                           : std::string();
  return sync.next_try ? s.tr("next try: {time}", {{"time", s.moment(*sync.next_try)}})
                       : std::string();
}

/// Where what waits lies as well; empty: nowhere else.
std::string copy_words(const Scene& s) {
  if (s.device.sync.waiting == 0) return {};
  std::string tills;
  Instant newest;
  int count = 0;
  for (const MirrorCopy& copy : s.device.sync.mirror.copies) {
    if (copy.held == 0 || copy.till == 0) continue;
    tills += (tills.empty() ? "" : ", ") + std::to_string(copy.till);
    newest = std::max(newest, copy.at);
    ++count;
  }
  if (count == 0) return {};
  const auto words =
      count == 1 ? "copy at till {tills} ({time})" : "copies at tills {tills} ({time})";
  return s.tr(words, {{"tills", tills}, {"time", s.moment(newest)}});
}

/// What this till keeps for others; empty: nothing that head office has not had.
std::string kept_words(const Scene& s) {
  std::int64_t records = 0;
  for (const KeptForTill& kept : s.device.sync.mirror.kept) records += kept.records;
  if (records == 0) return {};
  return s.trn("{n} kept for another till", "{n} kept for other tills", records);
}

std::vector<Figure> figures_of(const Scene& s) {
  const SyncState& sync = s.device.sync;
  const Locale& l = s.locale();
  const std::string oldest =
      sync.oldest_waiting && sync.waiting > 0
          ? s.tr("oldest: {time}", {{"time", s.moment(*sync.oldest_waiting)}})
          : std::string();
  // How old the oldest is the state says as well.
  const std::string copies = copy_words(s);
  return {
      {s.tr("Waiting to be sent"), l.number(sync.waiting), copies.empty() ? oldest : copies,
       ui::Token::amber_ink},
      {s.tr("At head office"), l.number(sync.acknowledged), kept_words(s), ui::Token::muted},
      {s.tr("Exceptions"), l.number(sync.exceptions),
       sync.exceptions > 0 ? s.tr("ask a manager") : std::string(), ui::Token::rose},
      {s.tr("Last connection"), sync.last_success ? s.moment(*sync.last_success) : s.tr("never"),
       connection_words(s), ui::Token::muted}};
}

void state_card(Scene& s, const Rect& at) {
  const LineWords words = line_words(s);
  Rect room = ui::begin_card(s.ui, at);
  if (!s.ui.low()) {
    const float side = std::min(room.h, 20.0f);
    ui::badge(s.ui, room.take_left(side, s.metrics().pad + 1).centred(side, side), words.icon,
              words.tone);
  }
  const ui::TextStyle strong{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const float above = ui::paragraph_height(s.ui, room.w, words.text, strong);
  const float below = ui::paragraph_height(s.ui, room.w, words.detail, soft);
  Rect box = room.centred(room.w, std::min(room.h, above + 0.5f + below));
  box.x = room.x;
  ui::paragraph_fit(s.ui, box.take_top(above, 0.5f), words.text, strong, least_cap(s));
  if (box.h + 0.2f >= below) ui::paragraph_fit(s.ui, box, words.detail, soft, least_cap(s));
  ui::end_card(s.ui);
}

ui::TextSize banner_size(const Scene& s) {
  return s.ui.low() ? ui::TextSize::caption : ui::TextSize::body;
}

/// The last error in plain words; the code in small, for whoever is called.
void trouble(Scene& s, Rect& room) {
  const SyncState& sync = s.device.sync;
  const auto& error = sync.last_error ? sync.last_error : sync.pull_error;
  if (!error) return;
  const NoticeWords words = error_words(s.locale(), *error);
  const std::string text =
      words.what + " " + words.next + " (" + (error->code.empty() ? "?" : error->code) + ")";
  ui::Banner banner{.at = {},
                    .text = text,
                    .tone = ui::Tone::bad,
                    .icon = ui::Icon::warning,
                    .id = {},
                    .size = banner_size(s)};
  const float high = ui::banner_height(s.ui, room.w, banner);
  if (high > room.h) return;
  banner.at = room.take_top(high, s.metrics().gap);
  ui::banner(s.ui, banner);
}

std::string chores_words(const Scene& s, const Error& error) {
  if (doubts_clock(error))
    return s.tr(
        "This till's date may be wrong. Nothing expires and nobody is erased until a person says "
        "that the date is right.");
  if (error.code == "retention.many")
    return s.tr(
        "Many customers are due to be erased. A manager has to look at the list and say yes.");
  return s.tr(
      "Expired points and old data could not be cleaned up. It will be tried again "
      "automatically.");
}

/// The work that the till does by itself once a day, when it could not.
void chores(Scene& s, Rect& room) {
  const auto& error = s.device.chores.trouble;
  if (!error) return;
  const std::string text =
      chores_words(s, *error) + " (" + (error->code.empty() ? "?" : error->code) + ")";
  ui::Banner banner{.at = {},
                    .text = text,
                    .tone = ui::Tone::soon,
                    .icon = ui::Icon::hourglass,
                    .id = {},
                    .size = banner_size(s)};
  const float high = ui::banner_height(s.ui, room.w, banner);
  if (high > room.h) return;
  banner.at = room.take_top(high, s.metrics().gap);
  ui::banner(s.ui, banner);
  const bool manager = s.visit.staff && s.visit.staff->manager;
  if (!doubts_clock(*error) || !manager || room.h < s.metrics().target_small) return;
  s.press({.id = "clock.right",
           .at = room.take_top(std::min(room.h, s.metrics().target)),
           .label = s.tr("{date} is right", {{"date", s.locale().date_long(s.today())}}),
           .icon = ui::Icon::check,
           .state = s.readiness()},
          flow::SayDateIsRight{});
}

}  // namespace

void draw(Scene& s, const flow::SyncStatus&) {
  const auto& m = s.metrics();
  const SyncState& sync = s.device.sync;
  Rect body =
      staff_frame(s, {.title = s.tr("Head office"), .detail = sync.store, .back = s.tr("Back")});
  s.press(
      {.id = "sync-now",
       .at = body.take_bottom(m.target + 3, m.gap + 1),
       .label = s.tr("Send now"),
       .kind = ui::ButtonKind::primary,
       .icon = ui::Icon::refresh,
       .state = sync.link == LinkState::not_enrolled ? ui::ButtonState::disabled
                                                     : ui::ButtonState::ready,
       .reason = sync.link == LinkState::not_enrolled ? s.tr("Not enrolled yet") : std::string()},
      flow::SyncNow{});
  const bool large = s.ui.look().text == ui::TextScale::large;
  const auto figures = figures_of(s);
  if (s.ui.low()) {
    const bool troubles = (sync.last_error || sync.pull_error) && s.device.chores.trouble;
    const Rect grid = body.take_right(body.w * (troubles ? 0.4f : 0.52f), m.gap);
    for (int i = 0; i < 4; ++i)
      figure_card(s, grid.cell(i, 2, 2, m.gap), figures[static_cast<std::size_t>(i)]);
    trouble(s, body);
    chores(s, body);
    return state_card(s, body);
  }
  state_card(s, body.take_top(s.portrait() ? 56.0f : (large ? 34.0f : 30.0f), m.gap));
  trouble(s, body);
  const int columns = s.portrait() ? 2 : 4;
  const int rows = 4 / columns;
  Rect grid =
      body.take_top(std::min(body.h, s.portrait() ? 110.0f : (large ? 40.0f : 32.0f)), m.gap);
  for (int i = 0; i < 4; ++i)
    figure_card(s, grid.cell(i, columns, rows, m.gap), figures[static_cast<std::size_t>(i)]);
  chores(s, body);
}

}  // namespace keepsake::screens

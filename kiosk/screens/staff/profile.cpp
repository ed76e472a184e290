// A customer as staff see them: what is known, how they stand, and everything that happened.
#include <algorithm>
#include <numeric>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/customer/consent_words.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/blocking.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"
#include "kiosk/screens/staff/profile_rows.hpp"
#include "storage/locale/timeline_words.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

constexpr ui::TextStyle label_style{
    .size = ui::TextSize::caption, .colour = ui::Token::muted, .valign = ui::VAlign::top};
constexpr ui::TextStyle value_style{.weight = ui::Weight::semibold, .valign = ui::VAlign::top};

float row_height(Scene& s, float width, const ProfileRow& row) {
  const float words = width - 2 * s.metrics().pad - s.metrics().target_small - 3.2f;
  return std::max(s.metrics().target + 1,
                  ui::paragraph_height(s.ui, words, row.name, label_style) +
                      ui::paragraph_height(s.ui, words, row.value, value_style) + 2.5f);
}

void detail_row(Scene& s, const Rect& at, const ProfileRow& row) {
  const std::string label =
      row.label.empty() ? s.tr("Change {field}", {{"field", row.name}}) : row.label;
  if (ui::row(s.ui, {.id = row.id, .at = at, .label = label})) s.send(row.event);
  Rect room = at.inset(s.metrics().pad, 1);
  const Rect sign = room.take_right(s.metrics().target_small, 3);
  if (row.picture != nullptr)
    s.ui.picture(sign.centred(sign.w, std::min(sign.w, sign.h)), row.picture, 1.2f);
  else
    s.ui.icon(row.icon, sign.centre_x(), sign.centre_y(), 4, ui::Token::muted);
  const float above = ui::paragraph_height(s.ui, room.w, row.name, label_style);
  const float below = ui::paragraph_height(s.ui, room.w, row.value, value_style);
  Rect words = room.centred(room.w, std::min(room.h, above + below));
  words.x = room.x;
  ui::paragraph_fit(s.ui, words.take_top(above), row.name, label_style, least_cap(s));
  ui::paragraph_fit(s.ui, words, row.value, value_style, least_cap(s));
}

void details(Scene& s, Rect at, const flow::CustomerPage& page) {
  const auto rows = profile_rows(s, page);
  std::vector<float> heights;
  heights.reserve(rows.size());
  for (const ProfileRow& row : rows)
    heights.push_back(row_height(s, ui::row_width(s.ui, at.w), row));
  at.h = std::min(at.h, std::accumulate(heights.begin(), heights.end(), 0.5f));
  card_list(s,
            {.id = "details", .at = at, .count = rows.size(), .row_heights = &heights, .empty = {}},
            [&](std::size_t i, const Rect& row) { detail_row(s, row, rows[i]); });
}

struct Remark {
  std::string text;
  ui::Icon icon;
  ui::Token colour = ui::Token::ink;
};

/// What the person serving should know: standing, last order, consents.
std::vector<Remark> remarks_of(const Scene& s, const flow::ProfileSeen& seen) {
  std::vector<Remark> all;
  if (seen.standing) {
    const loyalty::Overview& o = seen.standing->overview;
    if (o.tier && !o.tier->level.empty())
      all.push_back({tier_name(s, o.tier->level), ui::Icon::star});
    if (o.tier && !tier_words(s, *o.tier).empty())
      all.push_back({tier_words(s, *o.tier), ui::Icon::arrow_up, ui::Token::muted});
    if (o.pending.until) all.push_back({pending_words(s, o.pending), ui::Icon::clock});
    if (!expiry_reasons(s, o).empty())
      all.push_back({expiry_reasons(s, o), ui::Icon::clock, ui::Token::amber_ink});
    if (o.wallet_state == WalletState::blocked)
      all.push_back({wallet_words(s, o), ui::Icon::lock, ui::Token::rose});
    else if (o.wallet_minor > 0)
      all.push_back({wallet_words(s, o), ui::Icon::card});
    // What the person has comes with what they owe, and neither is what there is no room for.
    if (!debt_words(s, o).empty()) {
      const bool wallet = o.wallet_minor > 0 || o.wallet_state == WalletState::blocked;
      if (wallet) std::rotate(all.begin(), all.end() - 1, all.end());
      all.insert(all.begin(), {debt_words(s, o), ui::Icon::warning, ui::Token::rose});
    }
  }
  if (!seen.view.last_purchases.empty()) {
    const PurchaseSummary& last = seen.view.last_purchases.front();
    all.push_back(
        {s.tr("Last: {article}, {when}",
              {{"article", last.first_article}, {"when", s.locale().date_long(last.at.date())}}),
         ui::Icon::again});
  }
  for (const ConsentState& each : seen.profile.consents)
    all.push_back({consent_name(s.locale(), each.purpose),
                   each.granted ? ui::Icon::check : ui::Icon::close,
                   each.granted ? ui::Token::pine : ui::Token::muted});
  if (!seen.profile.value(customer_field::do_not_contact).empty())
    all.push_back({s.tr("Do not contact"), ui::Icon::warning, ui::Token::rose});
  return all;
}

struct Remarks {
  std::vector<Remark> all;
  std::vector<float> heights;  ///< of each
  float em = 0;                ///< side of a sign
};

constexpr float remark_gap = 1.4f;

Remarks laid_out(Scene& s, float width, const flow::ProfileSeen& seen) {
  Remarks remarks;
  remarks.all = remarks_of(s, seen);
  remarks.em = 1.5f * ui::cap_height(s.ui, {});
  remarks.heights.reserve(remarks.all.size());
  for (const Remark& each : remarks.all)
    remarks.heights.push_back(
        ui::paragraph_height(s.ui, width - remarks.em - 2, each.text, {.valign = ui::VAlign::top}) +
        0.1f);
  return remarks;
}

float number_line(Scene& s) { return line(s, ui::TextSize::number) * 0.8f; }

/// How high the card is with all that it has to say.
float standing_height(Scene& s, float width, const flow::ProfileSeen& seen) {
  float high = 2 * s.metrics().pad + number_line(s) + 1;
  for (const float each : laid_out(s, width - 2 * s.metrics().pad, seen).heights)
    high += each + remark_gap;
  return high;
}

void standing_card(Scene& s, const Rect& at, const flow::ProfileSeen& seen) {
  Rect room = ui::begin_card(s.ui, at);
  const Points balance = seen.standing ? seen.standing->overview.balance : seen.view.balance;
  ui::text_fit(s.ui, room.take_top(number_line(s), 1), points_words_of(s, balance),
               {.size = ui::TextSize::number, .cap_mm = 5}, 2.4f);
  const Remarks remarks = laid_out(s, room.w, seen);
  for (std::size_t i = 0; i < remarks.all.size(); ++i) {
    const Remark& each = remarks.all[i];
    if (remarks.heights[i] > room.h) break;
    Rect strip = room.take_top(remarks.heights[i], remark_gap);
    const Rect sign = strip.take_left(remarks.em, 2);
    s.ui.icon(each.icon, sign.centre_x(), strip.y + line(s, ui::TextSize::body) / 2, remarks.em,
              each.colour);
    ui::paragraph_fit(s.ui, strip, each.text, {.colour = each.colour, .valign = ui::VAlign::top},
                      least_cap(s));
  }
  ui::end_card(s.ui);
}

struct Event {
  std::string title;
  std::string day;
  std::string figure;
};

std::vector<Event> events_of(const Scene& s, const flow::CustomerPage& page) {
  std::vector<Event> events;
  for (const TimelineEntry& entry : page.timeline) {
    Event event{timeline_title(s.locale(), s.programme().rules, entry),
                s.locale().date_long(entry.at.date()),
                {}};
    event.day += ", " + s.locale().time(entry.at);
    if (!entry.staff.empty()) event.day += " \u00b7 " + entry.staff;
    if (entry.amount) event.figure = s.locale().money(*entry.amount);
    if (entry.points.hundredths != 0) {
      if (!event.figure.empty()) event.day += " \u00b7 " + event.figure;
      event.figure = (entry.points.hundredths > 0 ? "+" : "") + s.locale().points(entry.points);
    }
    events.push_back(std::move(event));
  }
  return events;
}

void timeline(Scene& s, Rect at, const flow::CustomerPage& page) {
  const auto events = events_of(s, page);
  if (events.empty()) {
    const Rect inside = ui::begin_card(s.ui, at);
    empty_state(s, inside, ui::Icon::clock, s.tr("Loading details."));
    ui::end_card(s.ui);
    return;
  }
  if (page.more)
    s.press({.id = "older",
             .at = at.take_bottom(s.metrics().target_small, s.metrics().gap),
             .label = s.tr("Show earlier"),
             .icon = ui::Icon::clock,
             .size = ui::TextSize::body},
            flow::ShowOlder{});
  const ui::TextStyle figure{.weight = ui::Weight::semibold, .align = ui::Align::right};
  const auto beside = [&](const Event& event) {
    return event.figure.empty() ? 0 : ui::text_width(s.ui, event.figure, figure) + 3.5f;
  };
  std::vector<float> heights;
  heights.reserve(events.size());
  const float inside = ui::row_width(s.ui, at.w) - 2 * s.metrics().pad - 0.6f;
  for (const Event& event : events)
    heights.push_back(ui::paragraph_height(s.ui, inside - beside(event), event.title, value_style) +
                      ui::paragraph_height(s.ui, inside - beside(event), event.day, label_style) +
                      3);
  card_list(
      s, {.id = "timeline", .at = at, .count = events.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) {
        Rect room = row.inset(s.metrics().pad, 1.4f);
        const Event& event = events[i];
        if (!event.figure.empty())
          ui::text(s.ui, room.take_right(beside(event) - 3, 3), event.figure, figure);
        const float above = ui::paragraph_height(s.ui, room.w, event.title, value_style);
        ui::paragraph_fit(s.ui, room.take_top(above), event.title, value_style, least_cap(s));
        ui::paragraph_fit(s.ui, room, event.day, label_style, least_cap(s));
      });
}

void tools(Scene& s, Rect row, const flow::CustomerPage& page) {
  const auto& m = s.metrics();
  const Rect side = row.take_right(row.w * 0.5f, m.gap);
  s.press({.id = "use",
           .at = side.column(1, 2, m.gap),
           .label = s.tr("Add to sale"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::basket,
           .size = ui::TextSize::body},
          flow::UseCustomer{});
  s.press({.id = "note",
           .at = side.column(0, 2, m.gap),
           .label = s.tr("Note"),
           .icon = ui::Icon::comment,
           .size = ui::TextSize::body},
          flow::OpenEntry{std::string(flow::note_field), std::nullopt});
  const std::string known = s.tr("Details");
  const std::string happened = s.tr("History");
  const int chosen = ui::tabs(
      s.ui, row, {{.id = "tab.details", .label = known}, {.id = "tab.timeline", .label = happened}},
      page.tab == flow::ProfileTab::details ? 0 : 1);
  if (chosen >= 0)
    s.send(
        flow::ShowProfileTab{chosen == 0 ? flow::ProfileTab::details : flow::ProfileTab::timeline});
}

void ask_undo(Scene& s) {
  const std::string yes = s.tr("Undo merge");
  const std::string no = s.tr("Leave as is");
  const int chosen = ui::dialog(
      s.ui, {.title = s.tr("Undo the merge?"),
             .text = s.tr("Each customer gets their own purchases and points back."),
             .icon = ui::Icon::undo,
             .tone = ui::Tone::soon,
             .choices = {{.id = "undo.yes", .label = yes, .kind = ui::ButtonKind::danger},
                         {.id = "undo.no", .label = no}},
             .escape = 1});
  if (chosen == 0) s.send(flow::Submit{});
  if (chosen == 1) s.send(flow::Back{});
}

void draw_editing(Scene& s, const flow::CustomerPage& page) {
  if (page.editing->field != flow::level_field)
    return draw_entry(s, *page.editing, page.seen->has_pin);
  const bool known = page.seen->standing && page.seen->standing->overview.tier;
  draw_giving(s, *page.editing, known ? &*page.seen->standing->overview.tier : nullptr);
}

void ask_wallet_state(Scene& s, const loyalty::Overview& o) {
  const bool blocked = o.wallet_state == WalletState::blocked;
  const std::string amount = s.locale().money({o.wallet_minor, s.context.currency});
  ask_blocking(
      s, {.id = "wallet-state",
          .blocked = blocked,
          .title = blocked ? s.tr("This wallet is blocked") : s.tr("Block this wallet?"),
          .text = blocked ? s.tr("Balance {amount}. Once unblocked, the wallet can be used again.",
                                 {{"amount", amount}})
                          : s.tr("The balance of {amount} stays. The wallet cannot be used until a "
                                 "manager unblocks it.",
                                 {{"amount", amount}})});
}

}  // namespace

void draw(Scene& s, const flow::CustomerPage& page) {
  const auto& m = s.metrics();
  std::string name = s.tr("Customer");
  if (page.seen && !page.seen->profile.value(customer_field::name).empty())
    name = page.seen->profile.value(customer_field::name);
  Rect body = staff_frame(s, {.title = name, .detail = {}, .back = s.tr("Back")});
  if (!page.seen) {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, ui::Icon::user, s.tr("Loading details."));
    ui::end_card(s.ui);
    return;
  }
  tools(s, body.take_top(m.target, m.gap), page);
  const Rect side =
      s.portrait()
          ? body.take_top(std::min(body.h * 0.34f, standing_height(s, body.w, *page.seen)), m.gap)
          : body.take_right(body.w * 0.4f, m.gap);
  standing_card(s, side, *page.seen);
  page.tab == flow::ProfileTab::details ? details(s, body, page) : timeline(s, body, page);
  if (page.editing) draw_editing(s, page);
  if (page.undoing) ask_undo(s);
  if (page.asking_wallet && page.seen->standing) ask_wallet_state(s, page.seen->standing->overview);
  if (page.asking_consent && page.seen) consent_dialog(s, *page.seen, *page.asking_consent);
  if (page.file && *page.file < page.seen->files.size()) draw_file(s, page.seen->files[*page.file]);
}

}  // namespace keepsake::screens

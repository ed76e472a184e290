// Shift open and close. The closing count is blind: the figure it should be comes after it.
#include <algorithm>

#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/hero_panel.hpp"
#include "kiosk/screens/shared/notices.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/sync_status.hpp"
#include "storage/domain/views/shift_sync.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// What to do at the left, the count at the right (below it in portrait).
void counting(Scene& s, const Rect& body, const Asked& asked, const std::string& counted,
              const std::string& submit) {
  const auto& m = s.metrics();
  Rect right = beside_hero(s, body, asked, s.portrait() ? 170.0f : 88.0f);
  field(s,
        {.id = "counted",
         .at = right.take_top(ui::field_height(s.ui, ui::ErrorRoom::no), m.gap),
         .label = s.tr("Cash in the drawer"),
         .text = counted.empty() ? std::string() : typed_amount(s.locale(), counted),
         .placeholder = s.locale().amount(Money{0, s.context.currency}),
         .align = ui::Align::right,
         .size = ui::TextSize::title,
         .active = true},
        flow::Field::counted);
  s.press({.id = "submit",
           .at = right.take_bottom(m.target + 2, m.gap),
           .label = submit,
           .kind = ui::ButtonKind::primary,
           .state = s.readiness()},
          flow::Submit{});
  keypad(s, right, flow::Field::counted);
}

struct Row {
  std::string label;
  std::string value;
  bool strong = false;
};

void bill(Scene& s, Rect room, const std::vector<Row>& rows) {
  const float high = room.h / static_cast<float>(rows.size());
  bool first = true;
  for (const Row& row : rows) {
    const Rect strip = room.take_top(high);
    if (!first) ui::hairline(s.ui, strip.x, strip.y, strip.w);
    first = false;
    const ui::TextStyle label{.size = s.portrait() ? ui::TextSize::heading : ui::TextSize::body,
                              .weight = row.strong ? ui::Weight::semibold : ui::Weight::regular,
                              .colour = row.strong ? ui::Token::ink : ui::Token::muted};
    const ui::TextStyle value{.size = s.portrait() ? ui::TextSize::title : ui::TextSize::heading,
                              .weight = ui::Weight::semibold};
    Rect words = strip.inset(0, 0.3f);
    const float wide = ui::text_width(s.ui, row.value, value) + 0.3f;
    const Rect figure = words.take_right(wide, 2);
    ui::text(s.ui, figure, row.value, value);
    ui::paragraph_fit(s.ui, words, row.label, label, least_cap(s));
  }
}

ui::TextStyle verdict_number(const Scene& s) {
  ui::TextStyle number{.size = ui::TextSize::number};
  number.cap_mm = s.portrait() ? 18.0f : s.ui.low() ? 6.0f : 9.0f;
  return number;
}

/// The difference, by figure, word and colour.
void verdict(Scene& s, const Rect& at, Money difference) {
  const bool right = difference.minor == 0;
  const ui::Tone tone = right ? ui::Tone::good : ui::Tone::bad;
  const ui::Token ground = ui::ground_of(tone);
  const ui::Token ink = ui::ink_of(tone);
  s.ui.fill(at, ground, s.metrics().card_radius);
  s.ui.border(at, ui::is_high_contrast(s.ui.look().palette) ? ui::Token::line : ground,
              s.metrics().card_radius, s.ui.theme().card_border_mm);
  s.ui.push_ground(ground);
  Rect room = at.inset(s.metrics().pad + 1, 2);
  ui::TextStyle number = verdict_number(s);
  number.colour = ink;
  const float title = line(s, ui::TextSize::heading);
  const float figure = ui::line_height(s.ui, number);
  Rect words = room.centred(room.w, std::min(room.h, title * 2 + figure));
  words.x = room.x;
  ui::text(s.ui, words.take_top(title), s.tr("Difference"),
           {.size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ink});
  const std::string sign = difference.minor > 0 ? "+" : "";
  ui::figure(s.ui, words.take_top(figure), sign + s.locale().amount(difference), number);
  const std::string verdict = right                  ? s.tr("The drawer balances.")
                              : difference.minor > 0 ? s.tr("More cash than expected.")
                                                     : s.tr("Less cash than expected.");
  icon_line(s, words, right ? ui::Icon::check : ui::Icon::warning, verdict, {.colour = ink});
  s.ui.pop_ground();
}

/// What the difference needs at least.
float verdict_height(const Scene& s) {
  return 2 * line(s, ui::TextSize::heading) + ui::line_height(s.ui, verdict_number(s)) + 4;
}

/// A figure of what head office has of the shift.
struct Count {
  std::string label;
  std::int64_t records = 0;
  std::string detail;  ///< on a line of its own
};

float height_of(const Scene& s, const Count& count) {
  return line(s, ui::TextSize::body) + 0.8f +
         (count.detail.empty() ? 0.0f : line(s, ui::TextSize::caption));
}

void show(Scene& s, Rect strip, const Count& count) {
  const ui::TextStyle value{.weight = ui::Weight::semibold};
  const std::string number = s.locale().number(count.records);
  Rect words = strip.inset(0, 0.2f);
  Rect foot = words;
  if (!count.detail.empty()) foot = words.take_bottom(line(s, ui::TextSize::caption));
  ui::text(s.ui, words.take_right(ui::text_width(s.ui, number, value) + 0.3f, 2), number, value);
  ui::paragraph_fit(s.ui, words, count.label, {.colour = ui::Token::muted}, least_cap(s));
  if (!count.detail.empty())
    ui::text_fit(s.ui, foot, count.detail,
                 {.size = ui::TextSize::caption, .colour = ui::Token::amber_ink}, least_cap(s));
}

/// As many as there is room for: that something waits or has to be looked at matters most, and the sum
/// of the others least.
std::vector<Count> office_counts(const Scene& s, const ShiftView& shift, float room) {
  const ShiftSync sync = shift_sync(shift, s.device.sync);
  std::vector<Count> counts{
      {s.tr("Records of this shift"), sync.records, {}},
      {s.tr("Accepted by head office"), sync.accepted(), {}},
      {s.tr("Waiting to be sent"), sync.waiting,
       sync.oldest_waiting ? s.tr("oldest: {time}", {{"time", s.moment(*sync.oldest_waiting)}})
                           : std::string()},
      {s.tr("Exceptions"), sync.exceptions, {}},
  };
  const auto high = [&] {
    float sum = 0;
    for (const Count& each : counts) sum += height_of(s, each);
    return sum;
  };
  while (!counts.empty() && high() > room) counts.erase(counts.begin());
  return counts;
}

/// Between the difference and the state of the line; nothing at a till that has no head office.
void office_card(Scene& s, Rect& body, const ShiftView& shift) {
  if (s.device.sync.link == LinkState::not_enrolled) return;
  const auto& m = s.metrics();
  const float around = 2 * m.pad;
  const auto counts = office_counts(s, shift, body.h - verdict_height(s) - m.gap - around);
  if (counts.empty()) return;
  float taken = around;
  for (const Count& each : counts) taken += height_of(s, each);
  const auto rows = static_cast<float>(counts.size());
  const float air = std::clamp((body.h * 0.5f - taken) / rows, 0.0f, s.portrait() ? 7.0f : 2.5f);
  Rect room = ui::begin_card(s.ui, body.take_bottom(taken + air * rows, m.gap));
  for (const Count& each : counts) {
    if (&each != &counts.front()) ui::hairline(s.ui, room.x, room.y, room.w);
    show(s, room.take_top(height_of(s, each) + air).inset(0, air / 2), each);
  }
  ui::end_card(s.ui);
}

/// Why something waits, where head office or the line gave a reason; else how the line is.
std::string line_text(const Scene& s, const LineWords& words) {
  const SyncState& sync = s.device.sync;
  if (sync.link == LinkState::not_enrolled || sync.waiting == 0 || !sync.last_error)
    return words.text;
  const NoticeWords why = error_words(s.locale(), *sync.last_error);
  return why.what + " (" + (sync.last_error->code.empty() ? "?" : sync.last_error->code) + ")";
}

void figures_page(Scene& s, Rect body, const flow::ShiftClose& close) {
  const auto& m = s.metrics();
  const ShiftView& shift = *close.shift;
  const Locale& l = s.locale();
  const Money difference =
      flow::difference(close, s.context).value_or(Money{0, s.context.currency});
  Rect row = body.take_bottom(m.target + (s.portrait() ? 10.0f : 3.0f), m.gap + 1);
  if (!close.closed) {
    s.press({.id = "again",
             .at = row.take_left((row.w - m.gap) * 0.34f, m.gap),
             .label = s.tr("Count again"),
             .icon = ui::Icon::undo},
            flow::Back{});
  }
  s.press({.id = "submit",
           .at = row,
           .label = close.closed ? s.tr("Done") : s.tr("Close the shift"),
           .kind = ui::ButtonKind::primary,
           .icon = close.closed ? ui::Icon::finish : ui::Icon::lock,
           .state = s.readiness()},
          flow::Submit{});
  Rect left = s.portrait() ? body.take_top(body.h * 0.56f, m.gap + 2)
                           : body.take_left(body.w * 0.52f, m.gap + 1);
  Rect room = ui::begin_card(s.ui, left);
  Money counted = shift.expected;
  counted.minor += difference.minor;
  bill(s, room,
       {{s.tr("Opened"), s.moment(shift.opening.at.at)},
        {s.tr("Sales"), l.number(shift.purchases)},
        {s.tr("Opening cash"), l.amount(shift.opening.cash_float)},
        {s.tr("Cash received"), l.amount(shift.cash_taken)},
        {s.tr("Cash refunded"), l.amount(shift.cash_returned)},
        {s.tr("Expected in drawer"), l.amount(shift.expected), true},
        {s.tr("Counted"), l.amount(counted), true}});
  ui::end_card(s.ui);
  const LineWords words = line_words(s);
  const std::string text = line_text(s, words);
  ui::Banner banner{.at = {}, .text = text, .tone = words.tone, .icon = words.icon, .id = {}};
  const float high = ui::banner_height(s.ui, body.w, banner);
  banner.at = body.take_bottom(high, m.gap);
  ui::banner(s.ui, banner);
  office_card(s, body, shift);
  verdict(s, body, difference);
}

}  // namespace

void draw(Scene& s, const flow::ShiftOpen& open) {
  const Rect body = staff_frame(s, {.title = s.tr("Open the shift"), .detail = who(s), .back = {}});
  counting(s, body,
           {.icon = ui::Icon::cash,
            .title = s.tr("Count the drawer"),
            .text = s.tr("Type the cash that is in the drawer now. Then you can start selling.")},
           open.counted, s.tr("Open the shift"));
}

void draw(Scene& s, const flow::ShiftClose& close) {
  const bool figures = close.shift.has_value();
  const Rect body = staff_frame(s, {.title = s.tr("Close the shift"),
                                    .detail = figures ? std::string() : who(s),
                                    .back = figures ? std::string() : s.tr("Back to sale")});
  if (figures) return figures_page(s, body, close);
  counting(s, body,
           {.icon = ui::Icon::balance,
            .title = s.tr("Count the drawer"),
            .text = s.tr("Type what you counted. The expected amount is shown next.")},
           close.counted, s.tr("Compare"));
}

}  // namespace keepsake::screens

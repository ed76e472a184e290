// What waits for a manager: the list, one of them, and what is said to it.
#include <algorithm>
#include <numeric>

#include "kiosk/flow/staff/exception_page.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/staff/exception_words.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

struct Words {
  std::string title, subject, lacking;
};

NameAndDetail name_of(const Words& words) {
  return {words.title,
          words.subject,
          {.weight = ui::Weight::semibold},
          {.size = ui::TextSize::caption, .colour = ui::Token::muted}};
}

const ui::TextStyle figure_style{.weight = ui::Weight::semibold, .align = ui::Align::right};

std::vector<Words> words_of_all(const Scene& s, const std::vector<ExceptionView>& all) {
  std::vector<Words> rows;
  rows.reserve(all.size());
  for (const ExceptionView& each : all) {
    rows.push_back({title_of(s, each), subject_of(s, each), lacking_of(s, each)});
    if (each.times > 1) rows.back().title += " × " + s.locale().number(each.times);
  }
  return rows;
}

/// All that is open, the figure of what was lacking at the right.
void open_list(Scene& s, Rect at, const flow::ExceptionPage& page) {
  const auto& m = s.metrics();
  const std::vector<Words> rows = words_of_all(s, page.open);
  float figure = 0;
  for (const Words& each : rows)
    figure = std::max(figure, ui::text_width(s.ui, each.lacking, figure_style) + 0.5f);
  const float wide = ui::row_width(s.ui, at.w);
  figure = std::min(figure, wide * 0.35f);
  const float words = wide - figure - 2 * m.pad - 3;
  std::vector<float> heights;
  heights.reserve(rows.size());
  for (const Words& each : rows)
    heights.push_back(std::max(m.target, name_and_detail_height(s, words, name_of(each)) + 2.5f));
  at.h = std::min(at.h,
                  std::accumulate(heights.begin(), heights.end(), 2 * s.ui.theme().card_border_mm));
  card_list(
      s, {.id = "exceptions", .at = at, .count = rows.size(), .row_heights = &heights, .empty = {}},
      [&](std::size_t i, const Rect& row) {
        const std::string id = "exceptions." + std::to_string(i);
        if (ui::row(s.ui, {.id = id, .at = row, .label = rows[i].title}))
          s.send(flow::OpenException{i});
        Rect room = row.inset(m.pad, 1);
        ui::text(s.ui, room.take_right(figure, 3), rows[i].lacking, figure_style);
        name_and_detail(s, room, name_of(rows[i]));
      });
}

/// The first is what most shops say.
void decide(Scene& s, Rect& body, const ExceptionView& exception) {
  const auto& m = s.metrics();
  auto all = decisions_for(exception);
  std::ranges::reverse(all);  // the first of them stands where the thumb is
  const Rect row = body.take_bottom(m.target + 2, m.gap);
  const int columns = static_cast<int>(all.size()) + (exception.customer.nobody() ? 0 : 1);
  int column = 0;
  if (!exception.customer.nobody())
    s.press({.id = "exception.customer",
             .at = row.column(column++, columns, m.gap),
             .label = s.tr("Show customer"),
             .icon = ui::Icon::user,
             .state = s.readiness(),
             .size = ui::TextSize::body},
            flow::ShowExceptionCustomer{});
  for (const Decision each : all) {
    const bool first = each == all.back();
    const std::string id = "exception." + std::string(keepsake::name_of(each));
    s.press({.id = id,
             .at = row.column(column++, columns, m.gap),
             .label = words_of(s, each),
             .kind = first ? ui::ButtonKind::primary : ui::ButtonKind::quiet,
             .icon = first ? ui::Icon::check : ui::Icon::none,
             .state = s.readiness(),
             .size = ui::TextSize::body},
            flow::ChooseDecision{each});
  }
}

void one_page(Scene& s, Rect body, const ExceptionView& exception) {
  const auto& m = s.metrics();
  decide(s, body, exception);
  const std::string title = title_of(s, exception);
  const std::string subject = subject_of(s, exception);
  const std::string advice = advice_on(s, exception);
  const std::string lacking = lacking_of(s, exception);
  const std::string short_by =
      lacking.empty() ? std::string() : s.tr("Short by {amount}", {{"amount", lacking}});
  const ui::TextStyle strong{
      .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .valign = ui::VAlign::top};
  const ui::TextStyle plain{.valign = ui::VAlign::top};
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const ui::TextStyle red{
      .weight = ui::Weight::semibold, .colour = ui::Token::rose, .valign = ui::VAlign::top};
  struct Piece {
    const std::string& text;
    const ui::TextStyle& style;
    float gap;
  };
  const std::vector<Piece> pieces{
      {title, strong, 1.0f}, {subject, soft, m.gap}, {short_by, red, m.gap}, {advice, plain, 0}};
  const float badge = s.ui.low() ? 0 : 18;
  const float side = badge == 0 ? 0 : badge + m.pad + 1;
  const float wide = body.w - 2 * m.pad - side;
  float high = 0;
  for (const Piece& each : pieces)
    if (!each.text.empty())
      high += ui::paragraph_height(s.ui, wide, each.text, each.style) + each.gap;
  body.h = std::min(body.h, std::max(high, badge) + 2 * m.pad + 1);
  Rect room = ui::begin_card(s.ui, body);
  if (badge > 0)
    ui::badge(s.ui, room.take_left(badge, m.pad + 1).take_top(badge), ui::Icon::warning,
              ui::Tone::soon);
  for (const Piece& each : pieces) {
    if (each.text.empty()) continue;
    const float part = ui::paragraph_height(s.ui, room.w, each.text, each.style);
    ui::paragraph_fit(s.ui, room.take_top(std::min(room.h, part), each.gap), each.text, each.style,
                      least_cap(s));
  }
  ui::end_card(s.ui);
}

std::string consequence(const Scene& s, const ExceptionView& exception, Decision decision) {
  switch (decision) {
    case Decision::absorb:
      return s.tr("The loss stays with the shop. This cannot be undone.");
    case Decision::debt:
      return s.tr(
          "{amount} will be taken from what the customer has and from what comes in next. This "
          "cannot be undone.",
          {{"amount", lacking_of(s, exception)}});
    case Decision::noted:
      break;
  }
  return s.tr("It leaves the list at every till and at head office. This cannot be undone.");
}

void confirm(Scene& s, const ExceptionView& exception, Decision decision) {
  const std::string text = consequence(s, exception, decision);
  const std::string yes = words_of(s, decision);
  const std::string no = s.tr("Leave as is");
  const std::string title = title_of(s, exception);
  const int chosen = ui::dialog(
      s.ui, {.title = title,
             .text = text,
             .icon = ui::Icon::warning,
             .tone = ui::Tone::soon,
             .choices = {{.id = "settle.yes", .label = yes, .kind = ui::ButtonKind::primary},
                         {.id = "settle.no", .label = no}},
             .escape = 1});
  if (chosen == 0) s.send(flow::Submit{});
  if (chosen == 1) s.send(flow::Back{});
}

}  // namespace

void draw(Scene& s, const flow::ExceptionPage& page) {
  const Rect body =
      staff_frame(s, {.title = s.tr("Exceptions"), .detail = {}, .back = s.tr("Back")});
  if (page.open.empty()) {
    const Rect inside = ui::begin_card(s.ui, body);
    empty_state(s, inside, page.loaded ? ui::Icon::check_circle : ui::Icon::warning,
                page.loaded ? s.tr("Nothing to settle.") : s.tr("Loading details."),
                page.loaded ? s.tr("What needs a decision shows up here.") : std::string());
    ui::end_card(s.ui);
    return;
  }
  if (!page.chosen) return open_list(s, body, page);
  const ExceptionView& exception = page.open[*page.chosen];
  one_page(s, body, exception);
  if (page.asking) confirm(s, exception, *page.asking);
}

}  // namespace keepsake::screens

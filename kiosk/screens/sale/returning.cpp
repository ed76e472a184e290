// What of a purchase comes back, why, and how the money goes.
#include <algorithm>

#include "kiosk/flow/sale/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/sale/return_reasons.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/tenders.hpp"
#include "storage/domain/loyalty/return_basis.hpp"
#include "storage/domain/sale/purchase.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

bool weighed(const PurchaseLine& line) { return is_weighed(line.sold_by, line.quantity); }

std::string quantity_words(const Scene& s, const PurchaseLine& line, Quantity quantity) {
  const std::string figure = s.locale().quantity(quantity);
  return weighed(line) ? s.tr("{weight} kg", {{"weight", figure}}) : figure;
}

std::string detail_of(const Scene& s, const PurchaseLine& line, Quantity left) {
  const std::string paid = s.locale().amount(line.amount);
  const std::string bought = quantity_words(s, line, line.quantity);
  if (left.thousandths == 0) return s.tr("Already returned");
  if (left < line.quantity)
    return s.tr("{left} of {quantity} left, bought for {amount}",
                {{"left", quantity_words(s, line, left)}, {"quantity", bought}, {"amount", paid}});
  if (line.warranty && !line.warranty->serial_typed.empty())
    return s.tr("S/N {serial}, bought for {amount}",
                {{"serial", line.warranty->serial_typed}, {"amount", paid}});
  return s.tr("{quantity} bought for {amount}", {{"quantity", bought}, {"amount", paid}});
}

/// Weights need more room than pieces; the counters stand below one another.
float count_width(const Scene& s, const flow::Returning& r) {
  const bool weights = std::ranges::any_of(r.sold().purchase.lines, weighed);
  const bool large = s.ui.look().text == ui::TextScale::large;
  if (weights) return large ? 24.0f : 18.0f;
  return large ? 14.0f : 11.0f;
}

void line_row(Scene& s, const Rect& at, const flow::Returning& r, std::size_t index) {
  const PurchaseLine& sold = r.sold().purchase.lines[index];
  const Quantity left = flow::left_of(r.sold(), index);
  const Quantity chosen = r.chosen[index];
  const std::string& name = sold.name.empty() ? sold.article : sold.name;
  Rect room = at.inset(s.metrics().pad, 0.6f);
  if (left.thousandths > 0) {
    const float size = s.metrics().target_small;
    const float count = count_width(s, r);
    const Rect strip = room.take_right(2 * size + count, 3);
    const int step = ui::counter(s.ui, {.id = "line." + std::to_string(index),
                                        .at = {strip.x, at.centre_y() - size / 2, strip.w, size},
                                        .value = s.locale().quantity(chosen),
                                        .label = name,
                                        .can_less = chosen.thousandths > 0,
                                        .can_more = chosen < left});
    if (step != 0) s.send(flow::ReturnPieces{index, step});
  }
  const bool gone = left.thousandths == 0;
  name_and_detail(
      s, room,
      {name,
       detail_of(s, sold, left),
       {.weight = ui::Weight::semibold, .colour = gone ? ui::Token::muted : ui::Token::ink},
       {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
}

bool all_chosen(const flow::Returning& r) {
  for (std::size_t i = 0; i < r.chosen.size(); ++i)
    if (r.chosen[i] < flow::left_of(r.sold(), i)) return false;
  return true;
}

void goods(Scene& s, Rect room, const flow::Returning& r) {
  const auto& m = s.metrics();
  Rect head = room.take_top(m.target_small, m.gap);
  const std::string all = s.tr("Select all");
  const float wide = ui::text_width(s.ui, all, {.size = ui::TextSize::body}) + 2 * m.pad + 4;
  s.press({.id = "all",
           .at = head.take_right(std::min(wide, head.w * 0.4f), m.gap),
           .label = all,
           .state = all_chosen(r) ? ui::ButtonState::disabled : ui::ButtonState::ready,
           .size = ui::TextSize::body},
          flow::ReturnAll{});
  ui::paragraph_fit(s.ui, head, s.tr("Which items?"),
                    {.size = ui::TextSize::heading, .weight = ui::Weight::semibold}, least_cap(s));
  card_list(
      s, {.id = "lines", .at = room, .count = r.chosen.size(), .row_mm = two_lines(s), .empty = {}},
      [&](std::size_t i, const Rect& at) { line_row(s, at, r, i); });
}

void reasons(Scene& s, const Rect& at, const flow::Returning& r) {
  using flow::ReturnReason;
  int n = 0;
  for (const auto reason : {ReturnReason::unwanted, ReturnReason::faulty, ReturnReason::wrong}) {
    const std::string word(word_of(reason));
    s.press({.id = "reason." + word,
             .at = at.column(n++, 3, s.metrics().gap),
             .label = return_reason(s.locale(), word),
             .kind = r.reason == reason ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .size = ui::TextSize::body,
             .selected = r.reason == reason},
            flow::ChooseReason{reason});
  }
}

struct Way {
  std::string_view id;
  std::string label;
  TenderKind kind;
};

std::vector<Way> ways_of(const Scene& s, const flow::Returning& r) {
  std::vector<Way> ways = {{"cash", s.tr("Cash"), TenderKind::cash},
                           {"card", s.tr("Card terminal"), TenderKind::card},
                           {"gift-card", s.tr("Gift card"), TenderKind::gift_card}};
  if (!r.sold().purchase.customer.nobody())
    ways.push_back({"wallet", s.tr("Wallet"), TenderKind::wallet});
  return ways;
}

int rows_of_ways(const flow::Returning& r) { return r.paid_in_parts() ? 3 : 2; }

void ways(Scene& s, Rect at, const flow::Returning& r) {
  const float gap = s.metrics().gap;
  const auto rows = static_cast<float>(rows_of_ways(r));
  if (r.paid_in_parts())
    s.press({.id = "as-paid",
             .at = at.take_top((at.h - (rows - 1) * gap) / rows, gap),
             .label = s.tr("As it was paid"),
             .kind = r.as_paid ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .icon = ui::Icon::undo,
             .align = ui::Align::left,
             .size = ui::TextSize::body,
             .selected = r.as_paid},
            flow::RefundAsPaid{});
  const auto all = ways_of(s, r);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool chosen = !r.as_paid && r.kind == all[i].kind;
    s.press({.id = all[i].id,
             .at = at.cell(static_cast<int>(i), 2, 2, gap),
             .label = all[i].label,
             .kind = chosen ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .icon = icon_of(all[i].kind),
             .align = ui::Align::left,
             .size = ui::TextSize::body,
             .selected = chosen},
            flow::ChooseTender{all[i].kind});
  }
}

constexpr float least_figure = 4.0f;  // mm

struct Remark {
  std::string text;
  ui::Token colour;
};

/// Where the money goes, and what becomes of points.
std::vector<Remark> remarks_of(const Scene& s, const flow::Returning& r) {
  std::vector<Remark> remarks;
  if (r.as_paid && r.draft)
    for (const Tender& part : r.draft->tenders)
      if (part.amount.minor > 0) remarks.push_back({part_of_refund(s, part), ui::Token::muted});
  if (!r.as_paid && r.kind == TenderKind::gift_card && !r.card.empty())
    remarks.push_back(
        {s.tr("to gift card {card}", {{"card", card_end(r.card)}}), ui::Token::muted});
  if (r.kind == TenderKind::card && !r.reference.empty())
    remarks.push_back(
        {s.tr("Reference {reference}", {{"reference", r.reference}}), ui::Token::muted});
  if (!r.draft) return remarks;
  const auto add = [&](const char* text, Points points) {
    if (points.hundredths > 0)
      remarks.push_back(
          {s.tr(text, {{"points", s.locale().points_words(points)}}), ui::Token::amber_ink});
  };
  add("{points} will be deducted", flow::points_taken(*r.draft));
  if (!r.draft->loyalty) return remarks;
  add("{points} already spent; deducted from future points", r.draft->loyalty->debt_added);
  add("{points} will be given back", r.draft->loyalty->given_back);
  return remarks;
}

float height_of(Scene& s, const std::vector<Remark>& remarks, float wide,
                const ui::TextStyle& style) {
  float sum = 0;
  for (const Remark& each : remarks)
    sum += ui::paragraph_height(s.ui, wide, each.text, style) + 0.6f;
  return sum;
}

/// Those of one colour as one text, where there is no room for a line each.
std::vector<Remark> joined(const std::vector<Remark>& remarks) {
  std::vector<Remark> few;
  for (const Remark& each : remarks)
    if (!few.empty() && few.back().colour == each.colour)
      few.back().text += " \u00B7 " + each.text;
    else
      few.push_back(each);
  return few;
}

Money due(const Scene& s, const flow::Returning& r) {
  return r.draft ? flow::given_by(*r.draft) : Money{0, s.context.currency};
}

/// The amount beside its word, the remarks under them as large as they all fit.
void low_figures(Scene& s, Rect room, const flow::Returning& r, std::vector<Remark> remarks) {
  Rect head = room.take_top(line(s, ui::TextSize::heading), 1);
  const std::string amount = s.locale().amount(due(s, r));
  const ui::TextStyle figure{.size = ui::TextSize::title, .align = ui::Align::right};
  const ui::TextStyle word{
      .size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ui::Token::muted};
  ui::TextStyle smallest = word;
  smallest.cap_mm = least_cap(s);
  const std::string to_refund = s.tr("To refund");
  const float most = head.w - ui::text_width(s.ui, to_refund, smallest) - 3.2f;
  const float wide = std::min(ui::text_width(s.ui, amount, figure) + 0.5f, most);
  ui::figure(s.ui, head.take_right(wide, 3), amount, figure);
  ui::text_fit(s.ui, head, to_refund, word, least_cap(s));
  ui::TextStyle soft{
      .size = ui::TextSize::caption, .weight = ui::Weight::semibold, .valign = ui::VAlign::top};
  if (height_of(s, remarks, room.w, soft) > room.h) remarks = joined(remarks);
  soft.cap_mm = ui::cap_height(s.ui, soft);
  while (height_of(s, remarks, room.w, soft) > room.h && soft.cap_mm > least_cap(s))
    soft.cap_mm = std::max(least_cap(s), soft.cap_mm * 0.96f);
  for (const Remark& each : remarks) {
    soft.colour = each.colour;
    const float tall = ui::paragraph_height(s.ui, room.w, each.text, soft);
    ui::paragraph(s.ui, room.take_top(tall, 0.6f), each.text, soft);
  }
}

void figures(Scene& s, const Rect& at, const flow::Returning& r) {
  Rect room = ui::begin_card(s.ui, at);
  ui::TextStyle number{.size = ui::TextSize::number};
  number.cap_mm = s.portrait() ? 14.0f : 8.8f;
  auto remarks = remarks_of(s, r);
  ui::TextStyle soft{
      .size = ui::TextSize::caption, .weight = ui::Weight::semibold, .valign = ui::VAlign::top};
  if (s.ui.low()) {
    low_figures(s, room, r, remarks);
    return ui::end_card(s.ui);
  }
  const float head = line(s, ui::TextSize::heading);
  if (height_of(s, remarks, room.w, soft) > room.h - head - least_figure) remarks = joined(remarks);
  const float below = height_of(s, remarks, room.w, soft);
  const float high =
      std::min(ui::line_height(s.ui, number), std::max(least_figure, room.h - head - below));
  Rect words = room.centred(room.w, std::min(room.h, head + high + below));
  words.x = room.x;
  ui::text_fit(
      s.ui, words.take_top(head), s.tr("To refund"),
      {.size = ui::TextSize::heading, .weight = ui::Weight::semibold, .colour = ui::Token::muted},
      least_cap(s));
  number.cap_mm = std::min(number.cap_mm, high * 0.62f);
  // Where even so there is too little room, all of them are set smaller, none is left out.
  const float spaces = 0.6f * static_cast<float>(remarks.size());
  const float share =
      std::clamp((room.h - head - high - spaces) / std::max(0.1f, below - spaces), 0.1f, 1.0f);
  ui::figure(s.ui, words.take_top(high), s.locale().amount(due(s, r)), number);
  for (const Remark& each : remarks) {
    soft.colour = each.colour;
    const float tall = ui::paragraph_height(s.ui, words.w, each.text, soft) * share;
    ui::paragraph_fit(s.ui, words.take_top(tall, 0.6f), each.text, soft, least_cap(s));
  }
  ui::end_card(s.ui);
}

void give_button(Scene& s, const Rect& at, const flow::Returning& r) {
  const Money amount = due(s, r);
  s.press(
      {.id = "give",
       .at = at,
       .label = amount.minor > 0 ? s.tr("Refund {amount}", {{"amount", s.locale().amount(amount)}})
                                 : s.tr("Return items"),
       .kind = ui::ButtonKind::primary,
       .state = r.draft ? s.readiness() : ui::ButtonState::disabled,
       .size = ui::TextSize::title},
      flow::Submit{});
}

void landscape(Scene& s, Rect body, const flow::Returning& r) {
  const auto& m = s.metrics();
  const bool low = s.ui.low();
  Rect right = body.take_right(body.w * (low && r.paid_in_parts() ? 0.45f : 0.4f),
                               m.gap + (low ? 0.0f : 1.5f));
  reasons(s, body.take_bottom(m.target, m.gap), r);
  goods(s, body, r);
  give_button(s, right.take_bottom(m.target + (low ? 2.0f : 7.0f), m.gap), r);
  const auto rows = static_cast<float>(rows_of_ways(r));
  const float way = low ? m.target_small : m.target + 2;
  ways(s, right.take_bottom(rows * way + (rows - 1) * m.gap, m.gap), r);
  figures(s, right, r);
}

void portrait(Scene& s, Rect body, const flow::Returning& r) {
  const auto& m = s.metrics();
  give_button(s, body.take_bottom(m.target + 14, m.gap + 2), r);
  Rect foot = body.take_bottom(78, m.gap + 3);
  ways(s, foot.take_right((foot.w - m.gap) / 2, m.gap + 2).centred(200, 2 * 26 + m.gap), r);
  figures(s, foot, r);
  reasons(s, body.take_bottom(m.target + 8, m.gap + 2), r);
  goods(s, body, r);
}

}  // namespace

void draw(Scene& s, const flow::Returning& r) {
  const FactId& id = r.sold().id;
  const Rect body = staff_frame(
      s, {.title = s.tr("Return items"),
          .detail = s.tr("{time}, receipt {number}", {{"time", s.moment(r.sold().purchase.at.at)},
                                                      {"number", std::to_string(id.seq())}}),
          .back = s.tr("Back")});
  s.portrait() ? portrait(s, body, r) : landscape(s, body, r);
  if (s.visit.notice && !s.notice_said) return;  // what went wrong is read first
  if (r.editing == flow::Field::reference) reference_panel(s, r.kind, r.reference);
}

}  // namespace keepsake::screens

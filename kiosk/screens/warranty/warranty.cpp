// Register a warranty by itself: article, serial, day of purchase. One page at the till and in
// portrait; on a landscape kiosk `page` says which step is shown.
#include <algorithm>

#include "kiosk/flow/question.hpp"
#include "kiosk/flow/sale/till.hpp"
#include "kiosk/flow/warranty/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/cover.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/warranty/warranty_parts.hpp"

namespace keepsake::screens {

using ui::Rect;

void search_field(Scene& s, const Rect& at, const flow::WarrantyForm& form) {
  // On a low display staff have the list's room instead, customers see it over field and hits.
  const bool bare = s.ui.low() && (s.staff() || !form.found.empty());
  field(s,
        {.id = "search",
         .at = at,
         .label = bare ? std::string() : s.tr("Which item?"),
         .text = form.words,
         .placeholder = s.tr("Scan the box, or type a name"),
         .icon = ui::Icon::barcode,
         .active = true},
        flow::Field::search);
}

void serial_field(Scene& s, const Rect& at, const flow::WarrantyForm& form, bool active) {
  field(s,
        {.id = "serial",
         .at = at,
         .label = s.tr("Serial number (S/N)"),
         .text = form.serial,
         .placeholder = s.tr("Scan or type it"),
         .icon = ui::Icon::barcode,
         .active = active},
        flow::Field::serial);
}

void date_steppers(Scene& s, const Rect& room, const flow::WarrantyForm& form) {
  Rect rest = room;
  const ui::TextStyle soft{.size = ui::TextSize::caption, .colour = ui::Token::muted};
  ui::text_fit(s.ui, rest.take_top(line(s, ui::TextSize::caption), 1), s.tr("Purchase date"), soft,
               least_cap(s));
  const auto step = [&](int column, std::string_view id, const std::string& value,
                        const std::string& label, flow::DateUnit unit) {
    const int by = ui::counter(s.ui, {.id = id,
                                      .at = rest.column(column, 3, s.metrics().gap + 1),
                                      .value = value,
                                      .label = label});
    if (by != 0) s.send(flow::StepDate{unit, by});
  };
  const auto day = static_cast<unsigned>(form.bought.day());
  step(0, "day", std::to_string(day), s.tr("Day"), flow::DateUnit::day);
  step(1, "month", std::to_string(static_cast<unsigned>(form.bought.month())), s.tr("Month"),
       flow::DateUnit::month);
  step(2, "year", std::to_string(static_cast<int>(form.bought.year())), s.tr("Year"),
       flow::DateUnit::year);
}

float date_key_mm(const Scene& s) { return s.ui.low() ? 15.0f : 20.0f; }

float date_height(const Scene& s) {
  return line(s, ui::TextSize::caption) + 1 + (s.staff() ? s.metrics().target : date_key_mm(s));
}

void article_row(Scene& s, const Rect& at, const Article& article, std::size_t index) {
  const std::string id = "found." + std::to_string(index);
  if (ui::row(s.ui, {.id = id, .at = at, .label = article.name})) s.send(flow::PickArticle{index});
  Rect room = at.inset(s.metrics().pad, 1);
  const Rect chevron = room.take_right(6, 2);
  s.ui.icon(ui::Icon::next, chevron.centre_x(), chevron.centre_y(), s.staff() ? 5.0f : 9.0f,
            ui::Token::muted);
  const std::string words = period_words(s, article.cover.period);
  const std::string cover = words.empty() ? s.tr("no warranty") : words;
  const std::string detail =
      article.maker.empty()
          ? cover
          : s.tr("{maker}, {cover}", {{"maker", article.maker}, {"cover", cover}});
  name_and_detail(s, room,
                  {article.name,
                   detail,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
}

void found_list(Scene& s, const Rect& at, const flow::WarrantyForm& form) {
  if (form.found.empty()) {
    const bool typed = form.words.size() >= 2 && !flow::working(s.visit);
    const bool asked = flow::is_asked<flow::SearchArticles>(s.visit.asked);
    if (typed && !asked)
      empty_state(s, at, ui::Icon::search, s.tr("No items found."),
                  s.tr("Try the barcode on the box."));
    else
      empty_state(s, at, ui::Icon::barcode, s.tr("Scan the barcode on the box."),
                  s.tr("Or type part of its name."));
    return;
  }
  // Two lines for a long name and one about it.
  const float row = std::max(line(s, ui::TextSize::body) + line(s, ui::TextSize::caption) + 3,
                             s.ui.low()  ? 0.0f
                             : s.staff() ? 13.5f
                                         : 27.0f);
  const std::size_t count = form.found.size();
  card_list(
      s,
      {.id = "found", .at = at, .count = count + (form.more ? 1 : 0), .row_mm = row, .empty = {}},
      [&](std::size_t i, const Rect& r) {
        if (i == count) return more_row(s, r, count < flow::articles_most);
        article_row(s, r, form.found[i], i);
      });
}

void chosen_article(Scene& s, const Rect& at, const flow::WarrantyForm& form,
                    std::string_view serial) {
  Rect room = ui::begin_card(s.ui, at);
  room = at.inset(s.metrics().pad, 1.5f);
  const float size = s.staff() ? s.metrics().target_small : std::min(at.h - 2, 20.0f);
  const Rect drop = room.take_right(size, s.metrics().pad);
  s.press({.id = "drop",
           .at = drop.centred(size, std::min(size, drop.h)),
           .label = s.tr("Choose another item"),
           .kind = ui::ButtonKind::sunk,
           .icon = ui::Icon::close,
           .icon_only = true},
          flow::DropArticle{});
  const float side = std::min(room.h - 1, s.staff() ? 12.0f : 20.0f);
  ui::badge(s.ui, room.take_left(side, s.metrics().pad * 0.7f).centred(side, side),
            icon_of_category(form.article->category), ui::Tone::good);
  std::string about = warranty_words(s, *form.article);
  if (!serial.empty()) about.append(" \u00B7 ").append(serial);
  name_and_detail(s, room,
                  {form.article->name,
                   about,
                   {.weight = ui::Weight::semibold},
                   {.size = ui::TextSize::caption, .colour = ui::Token::muted}});
  ui::end_card(s.ui);
}

void register_button(Scene& s, const Rect& at, const flow::WarrantyForm& form) {
  const ExtraButton button = serial_button(s, s.tr("Register"), form.refused);
  s.press({.id = button.id,
           .at = at,
           .label = button.label,
           .kind = ui::ButtonKind::primary,
           .icon = button.icon,
           .state = s.readiness()},
          button.event);
}

namespace {

std::string for_whom(const Scene& s, const flow::WarrantyForm& form) {
  if (form.customer.nobody()) return {};
  const auto& member = s.staff() ? s.till.member : s.visit.member;
  if (!member || member->profile.name.empty()) return s.tr("for the member");
  return s.tr("for {name}", {{"name", masked_name(member->profile.name)}});
}

void cover_preview(Scene& s, const Rect& room, const flow::WarrantyForm& form) {
  const auto cover = flow::cover_of(form, s.context);
  if (!cover || room.h < cover_line_height(s)) return;
  Rect rest = room;
  const float title = line(s, ui::TextSize::caption);
  if (rest.h >= title + cover_line_height(s))
    ui::text(s.ui, rest.take_top(title, 1), s.tr("Manufacturer warranty"),
             {.size = ui::TextSize::caption, .weight = ui::Weight::semibold});
  cover_line(s, rest, *cover);
}

void portrait(Scene& s, const flow::WarrantyForm& form) {
  const auto& m = s.metrics();
  const auto frame = customer_frame(s, {.title = s.tr("Register a warranty"),
                                        .detail = for_whom(s, form),
                                        .action_rows = form.article ? 1 : 0});
  Rect body = frame.body;
  const Rect keys = body.take_bottom(keyboard_height(s, body.w), m.gap + 2);
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  if (!form.article) {
    search_field(s, body.take_top(high, m.gap), form);
    found_list(s, body, form);
    return keyboard(s, keys, s.tr("Search"));
  }
  register_button(s, frame.actions, form);
  const bool large = s.ui.look().text == ui::TextScale::large;
  chosen_article(s, body.take_top(large ? 48.0f : 30.0f, m.gap), form);
  serial_field(s, body.take_top(high, m.gap), form, true);
  date_steppers(s, body.take_top(date_height(s) + 2, m.gap + 2), form);
  cover_preview(s, body, form);
  keyboard(s, keys, s.tr("Register"));
}

void at_the_till(Scene& s, const flow::WarrantyForm& form) {
  const auto& m = s.metrics();
  Rect body = staff_frame(
      s, {.title = s.tr("Register a warranty"), .detail = for_whom(s, form), .back = s.tr("Back")});
  const float most = s.ui.low() ? body.h : body.h * 0.5f;
  const Rect keys = body.take_bottom(std::min(keyboard_height(s, body.w), most), m.gap);
  const float high = ui::field_height(s.ui, ui::ErrorRoom::no);
  if (!form.article) {
    search_field(s, body.take_top(s.ui.low() ? m.target : high, m.gap), form);
    found_list(s, body, form);
    return keyboard(s, keys, s.tr("Search"));
  }
  Rect right =
      s.portrait() ? body.take_bottom(50, m.gap) : body.take_right(body.w * 0.38f, m.gap + 1);
  Rect card = ui::begin_card(s.ui, right);
  register_button(s, card.take_bottom(m.target, m.gap), form);
  cover_preview(s, card, form);
  ui::end_card(s.ui);
  const float card_mm = std::max(std::min(16.0f, body.h * 0.32f), m.target_small + 3.1f);
  chosen_article(s, body.take_top(card_mm, m.gap * 0.7f), form);
  serial_field(s, body.take_top(std::min(high, body.h), m.gap * 0.7f), form, true);
  if (body.h > 12) date_steppers(s, body.take_top(std::min(body.h, date_height(s))), form);
  keyboard(s, keys, s.tr("Register"));
}

}  // namespace

void draw(Scene& s, const flow::WarrantyForm& form) {
  if (s.staff()) return at_the_till(s, form);
  if (s.portrait()) return portrait(s, form);
  warranty_steps(s, form);
}

void draw(Scene& s, const flow::WarrantyDone& done) {
  const std::string title = s.tr("Warranty registered");
  Rect room;
  Rect row;
  const auto& m = s.metrics();
  if (s.staff()) {
    Rect body = staff_frame(s, {.title = title, .detail = {}, .back = {}});
    body = body.centred(std::min(body.w, 150.0f), std::min(body.h, 80.0f));
    row = body.take_bottom(m.target, m.gap);
    room = body;
  } else {
    // A low display says it in its header.
    const bool low = s.ui.low();
    const auto frame = customer_frame(s, {.title = low ? std::string() : title,
                                          .detail = {},
                                          .left = CustomerFrame::Left::sign,
                                          .beside_sign = low ? title : std::string(),
                                          .action_rows = 1});
    row = frame.actions;
    room = frame.body;
    if (s.portrait()) {
      room.take_top(6);
      room.h = std::min(room.h, 150.0f);
    }
  }
  Rect card = ui::begin_card(s.ui, room);
  const Rect foot = card.take_bottom(cover_line_height(s), m.gap);
  const float side = std::min(card.h - 2, s.staff() ? 16.0f : 40.0f);
  ui::badge(s.ui, card.take_left(side, m.pad).centred(side, side), ui::Icon::check, ui::Tone::good);
  const ui::TextStyle strong{.size = ui::TextSize::heading, .valign = ui::VAlign::top};
  const ui::TextStyle soft{.colour = ui::Token::muted, .valign = ui::VAlign::top};
  const std::string serial = s.tr("S/N {serial}", {{"serial", masked_serial(done.serial_typed)}});
  const float above = ui::paragraph_height(s.ui, card.w, done.article_name, strong);
  const float below = ui::paragraph_height(s.ui, card.w, serial, soft);
  Rect words = card.centred(card.w, std::min(card.h, above + below));
  words.x = card.x;
  ui::paragraph_fit(s.ui, words.take_top(std::min(above, words.h)), done.article_name, strong,
                    least_cap(s));
  if (words.h + 0.1f >= below) ui::paragraph_fit(s.ui, words, serial, soft, least_cap(s));
  cover_line(s, foot, done.cover);
  ui::end_card(s.ui);
  s.press({.id = "done",
           .at = row,
           .label = s.tr("OK"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check},
          flow::Submit{});
}

}  // namespace keepsake::screens

#include <algorithm>

#include "kiosk/flow/warranty/state.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/warranty/warranty_parts.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// Beside the chevron, in as many lines as the button has.
bool name_fits(Scene& s, const Rect& button, const std::string& name) {
  ui::TextStyle least{.weight = ui::Weight::semibold};
  least.cap_mm = least_cap(s);
  const float chevron = 2.3f * least.cap_mm;
  const float pads = std::min(2.6f * ui::cap_height(s.ui, {}), 0.11f * button.w);
  return ui::paragraph_height(s.ui, button.w - pads - chevron, name, least) <= button.h - 0.1f;
}

void article_typing(Scene& s, const flow::WarrantyForm& form) {
  const Typing frame = typing_frame(s);
  Rect row = frame.row;
  const auto& m = s.metrics();
  if (!form.found.empty() && s.ui.low()) {
    // The field's label stands over both.
    const float label = row.h - m.target_small;
    ui::TextStyle soft{.size = ui::TextSize::caption, .colour = ui::Token::muted};
    soft.cap_mm = std::min(ui::cap_height(s.ui, soft), label * 0.48f);
    ui::text_fit(s.ui, row.take_top(label), s.tr("Which item?"), soft, least_cap(s));
  }
  if (!form.found.empty()) {
    Rect hits = row.take_right((row.w - m.gap) * 0.5f, m.gap);
    const float label = s.ui.low() ? 0 : line(s, ui::TextSize::caption) * 1.1f;
    const float high = std::clamp(row.h - label, m.target_small, m.target);
    hits = {hits.x, hits.bottom() - high, hits.w, high};
    if (form.found.size() == 1 && name_fits(s, hits, form.found.front().name)) {
      s.press({.id = "found.0",
               .at = hits,
               .label = form.found.front().name,
               .kind = ui::ButtonKind::chosen,
               .icon_right = ui::Icon::next,
               .size = ui::TextSize::body},
              flow::PickArticle{0});
    } else {
      s.press(
          {.id = "found",
           .at = hits,
           .label = s.trn("{n} item", "{n} items", static_cast<std::int64_t>(form.found.size())),
           .kind = ui::ButtonKind::chosen,
           .icon_right = ui::Icon::next,
           .size = ui::TextSize::body},
          flow::ShowPage{1});
    }
  }
  search_field(s, row, form);
  keyboard(s, frame.keys, s.tr("Search"));
  // Enter with several hits leads to them, not to a word about choosing.
  const bool entered = s.touch && holds_alternative<flow::Submit>(*s.touch);
  if (entered && form.found.size() > 1) s.touch = flow::ShowPage{1};
}

void article_choosing(Scene& s, const flow::WarrantyForm& form) {
  const auto frame = customer_frame(s, {.title = {}, .detail = {}, .action_rows = 1});
  s.press(
      {.id = "type", .at = frame.actions, .label = s.tr("Type again"), .icon = ui::Icon::keyboard},
      flow::ShowPage{0});
  found_list(s, frame.body, form);
}

void serial_typing(Scene& s, const flow::WarrantyForm& form) {
  const Typing frame = typing_frame(s);
  serial_field(s, frame.row, form, true);
  keyboard(s, frame.keys, s.tr("Next"));
  if (s.touch && holds_alternative<flow::Submit>(*s.touch)) s.touch = flow::ShowPage{1};
}

void finishing(Scene& s, const flow::WarrantyForm& form) {
  const auto& m = s.metrics();
  const auto frame = customer_frame(s, {.title = {}, .detail = {}, .action_rows = 1});
  Rect row = frame.actions;
  s.press({.id = "serial",
           .at = row.take_left((row.w - m.gap) * 0.5f, m.gap),
           .label = s.tr("Serial number"),
           .icon = ui::Icon::back},
          flow::ShowPage{0});
  register_button(s, row, form);
  Rect body = frame.body;
  const std::string serial = s.tr("S/N {serial}", {{"serial", form.serial}});
  if (s.ui.low()) {
    date_steppers(s, body.take_bottom(date_height(s), m.gap), form);
    return chosen_article(s, body, form, serial);
  }
  chosen_article(s, body.take_top(std::max(24.0f, body.h - date_height(s) - 2 * m.gap - 18), m.gap),
                 form);
  date_steppers(s, body.take_bottom(date_height(s), m.gap), form);
  ui::paragraph_fit(s.ui, body, serial, {.weight = ui::Weight::semibold}, least_cap(s));
}

}  // namespace

void warranty_steps(Scene& s, const flow::WarrantyForm& form) {
  const bool second = form.page > 0;
  if (form.article) return second ? finishing(s, form) : serial_typing(s, form);
  second && !form.found.empty() ? article_choosing(s, form) : article_typing(s, form);
}

}  // namespace keepsake::screens

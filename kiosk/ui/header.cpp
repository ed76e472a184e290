#include "kiosk/ui/header.hpp"

#include <algorithm>

namespace keepsake::ui {
namespace {

struct Tool {
  std::string_view id;
  std::string label;
  Icon icon;
  bool icon_only;
  HeaderAction action;
  bool on = false;
};

float width_of(Ui& ui, const Tool& tool, float height) {
  if (tool.icon_only) return height * 1.05f;
  const float cap = cap_height(ui, {.size = TextSize::body});
  const TextStyle style{.size = TextSize::body, .weight = Weight::semibold};
  const bool letters = tool.action == HeaderAction::text_size;  // the wider sign
  return text_width(ui, tool.label, style) + cap * (letters ? 5.8f : 5.4f);
}

bool draw_tool(Ui& ui, const Tool& tool, const Rect& at) {
  const bool letters = tool.action == HeaderAction::text_size;
  const auto kind = tool.on ? ButtonKind::chosen : ButtonKind::quiet;
  if (!letters) {
    return button(ui, {.id = tool.id,
                       .at = at,
                       .label = tool.label,
                       .kind = kind,
                       .icon = tool.icon,
                       .icon_only = tool.icon_only,
                       .size = TextSize::body});
  }
  const bool touched = button(ui, {.id = tool.id,
                                   .at = at,
                                   .label = tool.label,
                                   .kind = kind,
                                   .icon = tool.icon,
                                   .icon_only = true,
                                   .size = TextSize::body});
  ui.push_ground(Token::surface);
  if (tool.icon_only) {
    text_size_sign(ui, at, Token::ink);
  } else {
    const float cap = cap_height(ui, {.size = TextSize::body});
    Rect inside = at.inset(cap * 1.1f, 0);
    text_size_sign(ui, inside.take_left(cap * 3.0f, cap * 0.5f), Token::ink);
    text(ui, inside, tool.label, {.size = TextSize::body, .weight = Weight::semibold});
  }
  ui.pop_ground();
  return touched;
}

}  // namespace

void text_size_sign(Ui& ui, const Rect& at, Token colour) {
  const float cap = std::min(cap_height(ui, {.size = TextSize::body}), at.w * 0.3f);
  const TextStyle large{.size = TextSize::title, .colour = colour, .cap_mm = cap * 1.45f};
  const TextStyle small{.size = TextSize::title, .colour = colour, .cap_mm = cap * 0.95f};
  const float wide = text_width(ui, "A", large);
  const float narrow = text_width(ui, "A", small);
  const float baseline = at.centre_y() + cap * 0.72f;
  const float left = at.centre_x() - (wide + narrow + cap * 0.3f) / 2;
  const auto on_baseline = [&](float x, float w, const TextStyle& style) {
    text(ui, {x, baseline - 1.5f * style.cap_mm, w + 0.2f, 2 * style.cap_mm}, "A", style);
  };
  on_baseline(left, narrow, small);
  on_baseline(left + narrow + cap * 0.3f, wide, large);
}

namespace {

/// From the right edge inwards.
std::vector<Tool> tools_of(Ui& ui, bool signs) {
  return {{"contrast", ui.tr("Contrast"), Icon::contrast, signs, HeaderAction::contrast,
           is_high_contrast(ui.look().palette)},
          {"text-size", ui.tr("Large text"), Icon::none, signs, HeaderAction::text_size,
           ui.look().text == TextScale::large},
          {"language", std::string(native_name(ui.locale().language())), Icon::globe, signs,
           HeaderAction::language}};
}

/// Drawn left to right, so that Tab goes as the eye does.
HeaderAction draw_tools(Ui& ui, const std::vector<Tool>& tools, const std::vector<Rect>& places) {
  HeaderAction out = HeaderAction::none;
  for (std::size_t i = tools.size(); i-- > 0;) {
    if (draw_tool(ui, tools[i], places[i])) out = tools[i].action;
  }
  return out;
}

}  // namespace

HeaderAction header_around(Ui& ui, Rect& at, Leading leading) {
  const auto& metrics = ui.metrics();
  const float side = metrics.target_small;
  HeaderAction out = HeaderAction::none;
  const Rect back = leading == Leading::back ? at.take_left(side, metrics.gap) : Rect{};
  if (leading == Leading::back && button(ui, {.id = "back",
                                              .at = back,
                                              .label = ui.tr("Back"),
                                              .icon = Icon::back,
                                              .icon_only = true,
                                              .size = TextSize::body})) {
    out = HeaderAction::back;
  }
  const auto tools = tools_of(ui, true);
  std::vector<Rect> places;
  for (std::size_t i = 0; i < tools.size(); ++i) places.push_back(at.take_right(side, metrics.gap));
  const HeaderAction tool = draw_tools(ui, tools, places);
  return tool == HeaderAction::none ? out : tool;
}

HeaderAction customer_header(Ui& ui, Rect& remaining, const CustomerHeader& header) {
  const auto& metrics = ui.metrics();
  const float height = metrics.target_small;
  Rect bar = remaining.take_top(height, metrics.gap * 1.4f);
  HeaderAction out = HeaderAction::none;

  auto tools = tools_of(ui, false);
  // Words go first where the bar is short: the language's name stays, it is what people look for.
  const float keep = std::max(bar.w * 0.36f, height * 2.6f);
  for (std::size_t i = 0; i < 2; ++i) {
    float total = 0;
    for (const auto& tool : tools) total += width_of(ui, tool, height) + metrics.gap;
    if (total > bar.w - keep) tools[i].icon_only = true;
  }
  if (tools[0].icon_only) tools[1].icon_only = true;
  const float gap = std::max(3.0f, metrics.gap * 0.6f);
  const std::string label = ui.tr("Back");
  const TextStyle style{.size = TextSize::body, .weight = Weight::semibold};
  float width = text_width(ui, label, style) + cap_height(ui, style) * 5.2f;
  // A long name in large text: Back becomes its arrow, then the name itself becomes smaller.
  const float all = width + width_of(ui, tools[2], height) + 2 * height * 1.05f + 3 * gap;
  const bool arrow = header.back && all > bar.w;
  if (arrow) width = height * 1.05f;
  std::vector<Rect> places;
  for (const auto& tool : tools) {
    const float most = bar.w - (header.back ? width + gap : height + 2 * gap);
    places.push_back(bar.take_right(std::min(width_of(ui, tool, height), most), gap));
  }
  if (header.back) {
    if (button(ui, {.id = "back",
                    .at = bar.take_left(width),
                    .label = label,
                    .icon = Icon::back,
                    .icon_only = arrow,
                    .size = TextSize::body})) {
      out = HeaderAction::back;
    }
  } else {
    shop_sign(ui, bar, header.shop, SignGround::paper, header.beside_sign);
  }
  const HeaderAction tool = draw_tools(ui, tools, places);
  return tool == HeaderAction::none ? out : tool;
}

StaffBarResult staff_bar(Ui& ui, Rect& remaining, const StaffBar& bar) {
  const auto& metrics = ui.metrics();
  const float cap = cap_height(ui, {.size = TextSize::body});
  const Rect whole = remaining.take_top(std::max(12.1f, metrics.target_small + 3.0f));
  ui.fill(whole, Token::surface);
  hairline(ui, whole.x, whole.bottom(), whole.w);
  ui.push_ground(Token::surface);
  Rect rest = whole.inset(metrics.margin, (whole.h - metrics.target_small) / 2);
  StaffBarResult out;
  const TextStyle title{.size = TextSize::heading, .weight = Weight::semibold};
  const float title_width = bar.title.empty() ? 0 : text_width(ui, bar.title, title) + 0.3f;
  const float words = rest.w - bar.keep_mm;
  if (bar.back) {
    const TextStyle style{.size = TextSize::body, .weight = Weight::semibold};
    const std::string label = bar.back_label.empty() ? ui.tr("Back") : std::string(bar.back_label);
    const float width = text_width(ui, label, style) + cap * 5.2f;
    const bool arrow = width + metrics.gap + title_width > words;
    out.back =
        button(ui, {.id = "back",
                    .at = rest.take_left(arrow ? metrics.target_small * 1.2f : width, metrics.gap),
                    .label = label,
                    .icon = Icon::back,
                    .icon_only = arrow,
                    .size = TextSize::body});
  } else if (bar.sign) {
    const float side = std::min(rest.h, 7.5f);
    const Rect square = rest.take_left(side, metrics.gap).centred(side, side);
    badge_letter(ui, square, bar.shop);
  }
  if (!bar.title.empty()) {
    const float width = std::min(title_width, std::max(0.0f, rest.w - bar.keep_mm));
    text_fit(ui, rest.take_left(width, metrics.gap), bar.title, title, 2.05f);
  }
  if (!bar.detail.empty()) {
    const TextStyle small{.size = TextSize::body, .colour = Token::muted};
    const float wide = text_width(ui, bar.detail, small) + 0.3f;
    const float most = std::min(rest.w * 0.6f, rest.w - bar.keep_mm);
    if (wide < most) text(ui, rest.take_left(wide, metrics.gap), bar.detail, small);
  }
  ui.pop_ground();
  out.room = rest;
  return out;
}

void page_title(Ui& ui, Rect& remaining, std::string_view title, std::string_view detail) {
  const TextStyle large{.size = TextSize::title};
  const TextStyle small{.size = TextSize::body, .colour = Token::muted, .valign = VAlign::top};
  const Rect line = remaining.take_top(line_height(ui, large) * 0.88f);
  text_fit(ui, line, title, large, cap_height(ui, {.size = TextSize::heading}));
  if (!detail.empty()) {
    remaining.take_top(
        paragraph(ui, {remaining.x, remaining.y, remaining.w, remaining.h}, detail, small));
  }
  remaining.take_top(ui.metrics().gap);
}

}  // namespace keepsake::ui

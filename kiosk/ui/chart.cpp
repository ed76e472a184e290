#include "kiosk/ui/chart.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

void report(Ui& ui, std::string_view name, const Rect& rect, Token fore) {
  auto& impl = ui.impl();
  impl.probe.add(ProbeShape{name, rect, impl.rgb(fore), impl.rgb(impl.ground())});
}

/// 1, 2 or 5 times a power of ten, so that at most five lines make the scale.
double scale_step(double largest) {
  if (largest <= 0) return 1;
  const double rough = largest / 4;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10 * power;
}

}  // namespace

void ring(Ui& ui, const Ring& ring) {
  const float size = std::min(ring.at.w, ring.at.h);
  const float width = size * 0.1f;
  const float radius = (size - width) / 2;
  const float x = ring.at.centre_x();
  const float y = ring.at.centre_y();
  const auto part = static_cast<float>(std::clamp(ring.part, 0.0, 1.0));
  const bool strong = is_high_contrast(ui.look().palette);
  ui.arc(x, y, radius, 0, 1, strong ? Token::line : Token::sunk, strong ? 0.4f : width);
  if (part > 0) ui.arc(x, y, radius, 0, part, ring.colour, width);
  report(ui, "ring", ring.at.centred(size, size), ring.colour);
  const float inner = size - 2 * width - size * 0.09f;
  const float cap = cap_height(ui, {.size = TextSize::heading});
  Rect middle = ring.at.centred(inner, cap * 4.2f);
  if (ring.detail.empty()) middle = ring.at.centred(inner, cap * 2.1f);
  text_fit(ui, middle.take_top(cap * 2.1f), ring.title,
           {.size = TextSize::title, .align = Align::centre, .cap_mm = cap * 1.2f}, cap * 0.6f);
  if (!ring.detail.empty()) {
    text(ui, middle, ring.detail,
         {.size = TextSize::caption, .colour = Token::muted, .align = Align::centre});
  }
}

void bars(Ui& ui, const Rect& at, const std::vector<Bar>& bars) {
  if (bars.empty()) return;
  const int count = static_cast<int>(bars.size());
  const float cap = cap_height(ui, {.size = TextSize::caption});
  const float line = cap * 2.1f;
  double largest = 0;
  for (const auto& bar : bars) largest = std::max(largest, bar.value);
  for (int i = 0; i < count; ++i) {
    const auto& bar = bars[static_cast<std::size_t>(i)];
    Rect column = at.column(i, count, ui.metrics().pad * 0.5f);
    const Rect name = column.take_bottom(line, cap * 0.35f);
    const float room = std::max(0.0f, column.h - line);
    const float share = largest > 0 ? static_cast<float>(bar.value / largest) : 0;
    const float height = std::max(cap * 0.5f, room * share);
    const Rect box = column.take_bottom(height);
    ui.fill(box, bar.colour, std::min(ui.metrics().button_radius * 0.45f, height / 2));
    report(ui, bar.name, box, bar.colour);
    text(ui, column.take_bottom(line), bar.value_text,
         {.size = TextSize::caption, .weight = Weight::semibold});
    text(ui, name, bar.name,
         {.size = TextSize::caption,
          .weight = bar.strong ? Weight::semibold : Weight::regular,
          .colour = bar.strong ? Token::amber_ink : Token::muted});
  }
}

void chart(Ui& ui, const Chart& chart) {
  double largest = 0;
  for (const double v : chart.values) largest = std::max(largest, v);
  for (const double v : chart.usual) largest = std::max(largest, v);
  const double step = scale_step(largest);
  const int lines = std::max(1, static_cast<int>(std::ceil(largest / step - 1e-9)));
  const double top = step * lines;
  const TextStyle small{.size = TextSize::caption, .colour = Token::muted, .align = Align::right};
  const float cap = cap_height(ui, small);
  float scale_width = 0;
  std::vector<std::string> scale;
  for (int i = 0; i <= lines; ++i) {
    scale.push_back(chart.scale_text ? chart.scale_text(step * i) : std::to_string(i));
    scale_width = std::max(scale_width, text_width(ui, scale.back(), small));
  }
  Rect plot = chart.at;
  const Rect names = plot.take_bottom(cap * 2.4f, cap * 0.4f);
  plot.take_top(cap * 1.0f);
  const Rect left = plot.take_left(scale_width + 0.2f, cap * 1.0f);
  const auto y_of = [&](double v) { return plot.bottom() - plot.h * static_cast<float>(v / top); };
  for (int i = 0; i <= lines; ++i) {
    const float y = y_of(step * i);
    hairline(ui, plot.x, y, plot.w);
    text(ui, {left.x, y - cap, left.w, cap * 2}, scale[static_cast<std::size_t>(i)], small);
  }
  const int count = static_cast<int>(chart.values.size());
  std::vector<input::Point> usual;
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<std::size_t>(i);
    const Rect slot = plot.column(i, count, 0);
    const double value = chart.values[index];
    if (value > 0) {
      const float height = plot.bottom() - y_of(value);
      const float width = slot.w * 0.64f;
      const Rect box{slot.centre_x() - width / 2, y_of(value), width, height};
      const bool partial = i == chart.current;
      ui.fill(box, partial ? Token::mint : Token::pine, std::min(1.2f, width / 2));
      if (partial) ui.border(box, Token::pine, std::min(1.2f, width / 2), 0.3f);
      report(ui, "bar", box, Token::pine);
    }
    if (index < chart.usual.size()) usual.push_back({slot.centre_x(), y_of(chart.usual[index])});
    if (index < chart.names.size()) {
      text(ui, {slot.x, names.y, slot.w, names.h}, chart.names[index],
           {.size = TextSize::caption, .colour = Token::muted, .align = Align::centre});
    }
  }
  ui.polyline(usual, Token::amber, 0.75f);
}

void timeline(Ui& ui, const Timeline& timeline) {
  const float height = std::min(7.2f, timeline.at.h * 0.65f);
  const Rect bar = timeline.at.centred(timeline.at.w, height);
  const float radius = height / 2;
  const auto plan = static_cast<float>(std::clamp(timeline.plan_from, 0.0, 1.0));
  const Token maker = timeline.over ? Token::muted : Token::pine;
  const Token plan_colour = timeline.over ? Token::muted : Token::amber;
  report(ui, "cover", bar, maker);
  if (plan < 1) {
    const float split = bar.w * plan;
    constexpr float gap = 0.5f;
    ui.fill(bar, plan_colour, radius);
    ui.fill({bar.x, bar.y, std::max(split + gap, 2 * radius), bar.h}, maker, radius);
    // A straight edge between the two covers, with the ground showing through.
    ui.fill({bar.x + split - radius, bar.y, radius + gap, bar.h}, maker);
    ui.fill({bar.x + split, bar.y, gap * 1.6f, bar.h}, ui.ground_token());
    report(ui, "plan", {bar.x + split, bar.y, bar.w - split, bar.h}, plan_colour);
    const float from = bar.x + split + gap * 1.6f;
    ui.fill({from, bar.y, std::min(radius, bar.right() - from - radius), bar.h}, plan_colour);
  } else {
    ui.fill(bar, maker, radius);
  }
  if (timeline.today < 0 || timeline.today > 1) return;
  const float x = bar.x + bar.w * static_cast<float>(timeline.today);
  const float tall = height * 1.65f;
  // A light edge keeps the tick visible on either cover.
  ui.fill({x - 1.1f, bar.y, 2.2f, bar.h}, ui.ground_token());
  ui.fill({x - 0.7f, bar.centre_y() - tall / 2, 1.4f, tall}, Token::ink, 0.7f);
}

void steps(Ui& ui, const Rect& at, const std::vector<Step>& steps, int present) {
  const int count = static_cast<int>(steps.size());
  if (count == 0) return;
  const float cap = cap_height(ui, {.size = TextSize::caption});
  const float radius = cap * 1.2f;
  const float y = at.y + radius;
  const bool strong = is_high_contrast(ui.look().palette);
  for (int i = 0; i + 1 < count; ++i) {
    const float from = at.column(i, count, 0).centre_x();
    const float to = at.column(i + 1, count, 0).centre_x();
    const bool walked = i < present;
    ui.line(from, y, to, y, walked || strong ? Token::pine : Token::sunk,
            walked || !strong ? cap * 0.26f : 0.5f);
  }
  for (int i = 0; i < count; ++i) {
    const auto& step = steps[static_cast<std::size_t>(i)];
    const Rect column = at.column(i, count, cap * 0.4f);
    const float x = at.column(i, count, 0).centre_x();
    const Rect circle{x - radius, y - radius, 2 * radius, 2 * radius};
    const bool reached = i <= present;
    ui.circle(x, y, radius, reached ? Token::pine : strong ? Token::line : Token::sunk);
    if (!reached && strong) ui.circle(x, y, radius - 0.5f, Token::surface);
    if (reached) {
      ui.icon(i < present ? Icon::check : step.icon, x, y, radius * 1.1f, Token::on_pine);
    } else {
      ui.push_ground(Token::sunk);
      text(ui, circle, std::to_string(i + 1),
           {.size = TextSize::caption, .colour = Token::muted, .align = Align::centre});
      ui.pop_ground();
    }
    const Rect name{column.x, circle.bottom() + cap * 0.5f, column.w, cap * 2.0f};
    text(ui, name, step.name,
         {.size = TextSize::caption,
          .weight = i == present ? Weight::semibold : Weight::regular,
          .colour = reached ? Token::ink : Token::muted,
          .align = Align::centre});
  }
}

}  // namespace keepsake::ui

#include "kiosk/ui/dialog.hpp"

#include <algorithm>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {
namespace {

struct Sizes {
  float width, inner, icon, title, text, seconds, buttons, height;
  bool stacked;
};

constexpr float scrim_share = 0.55f;

Rect room_of(Ui& ui) { return ui.screen().inset(ui.metrics().margin / 2); }

Sizes sizes_of(Ui& ui, const Dialog& dialog) {
  const auto& m = ui.metrics();
  const Rect screen = ui.screen();
  Sizes out{};
  const float wide = ui.audience() == Audience::staff ? 120.0f
                     : ui.glass() == Glass::large     ? 225.0f
                                                      : 180.0f;
  out.width = std::min(screen.w - 2 * m.margin, wide);
  out.inner = out.width - 2 * m.pad;
  const float cap = cap_height(ui, {.size = TextSize::title});
  out.icon = dialog.icon == Icon::none ? 0 : cap * 2.6f + m.gap;
  const TextStyle title{.size = TextSize::title};
  out.title = paragraph_height(ui, out.inner - out.icon, dialog.title, title) + m.gap * 0.6f;
  out.title = std::max(out.title, out.icon);
  out.text = dialog.text.empty() ? 0 : paragraph_height(ui, out.inner, dialog.text) + m.gap;
  out.seconds = dialog.seconds < 0 ? 0 : cap_height(ui, {.size = TextSize::number}) * 1.6f;
  const auto count = static_cast<int>(dialog.choices.size());
  float widest = 0;
  for (const auto& choice : dialog.choices) {
    const TextStyle label{.size = TextSize::heading, .weight = Weight::semibold};
    const float icon = choice.icon == Icon::none ? 0 : cap_height(ui, label) * 2.5f;
    widest = std::max(widest, text_width(ui, choice.label, label) + icon + 2 * m.pad);
  }
  const auto columns = static_cast<float>(count);
  out.stacked = count > 1 && widest > (out.inner - m.gap * (columns - 1)) / columns;
  const auto add_up = [&] {
    const float rows = out.stacked ? columns : (count > 0 ? 1.0f : 0.0f);
    out.buttons = rows * m.target + std::max(0.0f, rows - 1) * m.gap;
    out.height = out.title + out.text + out.seconds + out.buttons + m.gap + 2 * m.pad;
  };
  add_up();
  const float most = room_of(ui).h;
  // Smaller words rather than smaller buttons; a low display has no height for a stack unless the
  // question is short.
  const float above = out.height - out.buttons;
  const bool keep = ui.low() && most - out.buttons > 0.6f * above;
  if (out.height > most && out.stacked && !keep) {
    out.stacked = false;
    add_up();
  }
  if (out.height > most) {
    const float words = out.title + out.text;
    const float share = std::max(0.0f, words - (out.height - most)) / words;
    out.title *= share;
    out.text *= share;
    out.height = most;
  }
  return out;
}

}  // namespace

Rect begin_panel(Ui& ui, float width_mm, float height_mm) {
  ui.push_layer();
  auto& impl = ui.impl();
  const bool strong = is_high_contrast(ui.look().palette);
  const auto alpha = static_cast<int>(255 * (strong ? 0.8f : scrim_share));
  impl.draw->AddRectFilled({0, 0}, ImGui::GetIO().DisplaySize, IM_COL32(8, 14, 12, alpha));
  const Rect card = room_of(ui).centred(width_mm, height_mm);
  return begin_card(ui, card);
}

void end_panel(Ui& ui) {
  end_card(ui);
  ui.pop_layer();
}

int dialog(Ui& ui, const Dialog& dialog) {
  const auto sizes = sizes_of(ui, dialog);
  const auto& m = ui.metrics();
  Rect rest = begin_panel(ui, sizes.width, sizes.height);
  Rect top = rest.take_top(sizes.title);
  if (dialog.icon != Icon::none) {
    const float side = std::min(sizes.icon - m.gap, top.h - m.gap * 0.6f);
    badge(ui, top.take_left(side, m.gap).take_top(side), dialog.icon, dialog.tone);
  }
  top.take_bottom(m.gap * 0.6f);
  paragraph_fit(ui, top, dialog.title, {.size = TextSize::title, .valign = VAlign::middle},
                least_cap_mm(ui));
  if (!dialog.text.empty()) {
    paragraph_fit(ui, rest.take_top(sizes.text), dialog.text, {.valign = VAlign::top},
                  least_cap_mm(ui));
  }
  if (dialog.seconds >= 0) {
    text(ui, rest.take_top(sizes.seconds), ui.locale().number(dialog.seconds),
         {.size = TextSize::number, .align = Align::centre});
  }
  const Rect buttons = rest.take_bottom(sizes.buttons);
  const auto count = static_cast<int>(dialog.choices.size());
  int chosen = -1;
  for (int i = 0; i < count; ++i) {
    const auto& choice = dialog.choices[static_cast<std::size_t>(i)];
    // The primary choice lies at the right, or on top of a stack.
    const Rect at =
        sizes.stacked ? buttons.row(i, count, m.gap) : buttons.column(count - 1 - i, count, m.gap);
    const bool touched = button(ui, {.id = choice.id,
                                     .at = at,
                                     .label = choice.label,
                                     .kind = choice.kind,
                                     .icon = choice.icon,
                                     .state = choice.state});
    if (touched) chosen = i;
  }
  end_panel(ui);
  if (chosen < 0 && dialog.escape >= 0 && ui.key(input::Key::escape)) chosen = dialog.escape;
  return chosen;
}

}  // namespace keepsake::ui

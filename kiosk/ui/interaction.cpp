// Input to meaning: which widget is pressed, activated, focused; what scrolls.
#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/ui/impl.hpp"

namespace keepsake::ui {

using input::Key;

namespace {

bool is_soon_after(input::Ticks before, input::Ticks now) {
  return now >= before && now - before < dead_time;
}

}  // namespace

void Ui::Impl::resolve_input(Input input) {
  keys.clear();
  drag_mm = 0;
  wheel_notches = 0;
  wheel_area.clear();
  while (!queue.empty() && input == Input::taken) {
    const auto event = queue.front();
    queue.pop_front();
    // One step a frame: the next press must see the screen that this one leads to.
    if (resolve(event) == Took::a_step) break;
  }
}

/// After a frame that is shown: what has come, moved or come to life in it is new.
void Ui::Impl::note_shown() {
  constexpr float same_place_mm = 3;
  std::map<std::string, Standing, std::less<>> now;
  for (const auto& widget : probe.widgets()) {
    if (!widget.enabled || widget.layer != probe.top_layer()) continue;
    const auto before = standing.find(widget.id);
    const bool stays = !held_back && before != standing.end() &&
                       std::abs(before->second.at.x - widget.rect.x) < same_place_mm &&
                       std::abs(before->second.at.y - widget.rect.y) < same_place_mm;
    now.emplace(widget.id, Standing{widget.rect, stays ? before->second.since : frame.now});
  }
  standing = std::move(now);
  held_back = false;
}

bool Ui::Impl::stands_since(std::string_view id, input::Ticks time) const {
  const auto found = standing.find(id);
  return found != standing.end() && found->second.since <= time;
}

/// A press there at that time is meant for it.
bool Ui::Impl::is_ripe(const ProbeWidget& widget, input::Point at, input::Ticks time) const {
  if (!stands_since(widget.id, time - dead_time)) return false;
  if (widget.repeats || widget.role == Role::key || !last_press) return true;
  // Also of a hand that hammers: each press keeps the next one out.
  const bool here =
      widget.rect.contains(last_press->at.x, last_press->at.y) && widget.rect.contains(at.x, at.y);
  return !here || !is_soon_after(last_press->time, time);
}

bool Ui::is_ripe(std::string_view id, input::Ticks now) const {
  const auto* widget = impl_->last.find(id);
  const auto* drawn = impl_->probe.find(id);
  if (drawn == nullptr || impl_->held_back) return false;
  if (widget == nullptr) widget = drawn;
  const input::Point centre{drawn->rect.centre_x(), drawn->rect.centre_y()};
  return impl_->is_ripe(*widget, centre, now);
}

/// Holding Enter, or hitting it twice where the focus is, is one Enter.
bool Ui::Impl::is_second(const input::KeyPress& enter) {
  const auto before = std::exchange(last_enter, Enter{focus_id, enter.time});
  return before && before->on == focus_id && is_soon_after(before->time, enter.time);
}

Ui::Impl::Took Ui::Impl::resolve(const input::Event& event) {
  return std::visit(
      [this](const auto& e) {
        if constexpr (std::is_same_v<std::decay_t<decltype(e)>, input::Scan>) {
          return Took::nothing;
        } else {
          return resolve(e);
        }
      },
      event);
}

Ui::Impl::Took Ui::Impl::resolve(const input::Pointer& event) {
  const auto outcome = gesture.feed(event);
  if (outcome.pressed) {
    const auto* widget = last.at(event.at.x, event.at.y);
    if (widget != nullptr && !is_ripe(*widget, event.at, event.time)) widget = nullptr;
    last_press = Press{event.at, event.time};
    held_id = widget != nullptr ? std::string(widget->id) : std::string();
    touched = widget != nullptr ? Touched::widget : Touched::ground;
    focus_visible = false;
    typing = false;
    drag_area.clear();
    for (auto& [id, area] : areas) {
      const bool here = area.rect.contains(event.at.x, event.at.y);
      if (here) area.scroll.flick.reset();
    }
  }
  if (outcome.dropped) drop_press_onto_area();
  if (!drag_area.empty()) drag_mm += outcome.scrolled_mm;

  const auto* held = held_id.empty() ? nullptr : last.find(held_id);
  held_inside = held != nullptr && held->enabled && held->rect.contains(event.at.x, event.at.y);
  if (!outcome.released) return outcome.pressed ? Took::a_step : Took::nothing;

  const bool cancelled = event.phase == input::PointerPhase::cancel;
  // Under a finger that rests the screen may have changed.
  if (held_inside && !cancelled && last_press && stands_since(held_id, last_press->time)) {
    activated_id = held_id;
    focus_id = held_id;
  }
  const auto dragged = areas.find(drag_area);
  if (dragged != areas.end() && gesture.flick_mm_s() != 0) {
    auto& scroll = dragged->second.scroll;
    scroll.flick = input::Flick{gesture.flick_mm_s(), event.time};
    scroll.flick_from_mm = scroll.offset_mm - drag_mm;
  }
  held_id.clear();
  held_inside = false;
  return Took::a_step;
}

/// The finger left the slop: where it started on something that scrolls, nothing is pressed any
/// more.
void Ui::Impl::drop_press_onto_area() {
  for (const auto& [id, area] : areas) {
    const auto& from = gesture.origin();
    if (area.can_scroll && area.layer == last.top_layer() && area.rect.contains(from.x, from.y)) {
      drag_area = id;
      held_id.clear();
    }
  }
}

Ui::Impl::Took Ui::Impl::resolve(const input::Wheel& event) {
  for (const auto& [id, area] : areas) {
    if (!area.can_scroll || area.layer != last.top_layer()) continue;
    if (!area.rect.contains(event.at.x, event.at.y)) continue;
    wheel_area = id;
    wheel_notches += event.notches;
  }
  return Took::nothing;
}

Ui::Impl::Took Ui::Impl::resolve(const input::Typed& event) {
  const auto* widget = focused_widget();
  if (event.text == " " && focus_visible && widget != nullptr && widget->role != Role::field) {
    if (is_second({Key::enter, event.time})) return Took::a_step;
    activated_id = widget->id;
    return Took::a_step;
  }
  if (is_off_field()) return Took::a_step;
  typing = true;
  keys.push_back(event);
  return Took::a_step;
}

/// Where the focus went to a button, letters do not go to a field elsewhere. The on-screen keys are
/// the field's own.
bool Ui::Impl::is_off_field() const {
  const auto* widget = focused_widget();
  return focus_visible && widget != nullptr && widget->role != Role::field &&
         widget->role != Role::key && active_field() != nullptr;
}

/// The field that has the caret.
const ProbeWidget* Ui::Impl::active_field() const {
  for (const auto& widget : last.widgets()) {
    const bool caret = widget.role == Role::field && widget.selected;
    if (caret && widget.enabled && widget.layer == last.top_layer()) return &widget;
  }
  return nullptr;
}

Ui::Impl::Took Ui::Impl::resolve(const input::KeyPress& event) {
  const auto* widget = focused_widget();
  switch (event.key) {
    case Key::tab:
      move_focus(+1);
      return Took::a_step;
    case Key::back_tab:
      move_focus(-1);
      return Took::a_step;
    case Key::left:
    case Key::right:
    case Key::up:
    case Key::down:
      move_focus_towards(event.key);
      return Took::a_step;
    case Key::enter:
      if (!event.burst.empty()) break;  // the end of a code presses no button
      if (is_second(event)) return Took::a_step;
      if (focus_visible && widget != nullptr && widget->role != Role::field) {
        activated_id = widget->id;
        return Took::a_step;
      }
      break;
    default:
      break;
  }
  // And it is for the field even where the focus has gone elsewhere: there the code is told from a
  // figure.
  if (!is_off_field() || !event.burst.empty()) keys.push_back(event);
  return Took::a_step;
}

const ProbeWidget* Ui::Impl::focused_widget() const {
  const auto* widget = focus_id.empty() ? nullptr : last.find(focus_id);
  if (widget == nullptr || !widget->enabled || widget->layer != last.top_layer()) return nullptr;
  return widget;
}

void Ui::Impl::focus_on(const ProbeWidget& widget) {
  focus_id = widget.id;
  focus_visible = true;
}

void Ui::Impl::move_focus(int step) {
  std::vector<const ProbeWidget*> order;
  for (const auto& widget : last.widgets()) {
    if (widget.layer == last.top_layer() && widget.enabled) order.push_back(&widget);
  }
  if (order.empty()) return;
  if (step > 0 && leave_field(order)) return;
  typing = false;
  const auto* now = focused_widget();
  const auto at = std::find(order.begin(), order.end(), now);
  const auto count = static_cast<int>(order.size());
  int next = step > 0 ? 0 : count - 1;
  if (at != order.end() && focus_visible) {
    next = (static_cast<int>(at - order.begin()) + step + count) % count;
  } else if (at != order.end()) {
    next = static_cast<int>(at - order.begin());  // first key only shows where we are
  }
  focus_on(*order[static_cast<std::size_t>(next)]);
}

/// Tab of somebody who types: to the next field of the form, else past the on-screen keys. False:
/// nobody types, and every widget gets its turn.
bool Ui::Impl::leave_field(const std::vector<const ProbeWidget*>& order) {
  const auto* field = active_field();
  if (field == nullptr || (focus_visible && !typing)) return false;
  if (std::exchange(typing, false) && field->leads_on) {
    keys.push_back(input::KeyPress{Key::enter, {}});
    return true;
  }
  const auto after = std::find(order.begin(), order.end(), field);
  if (after == order.end()) return false;
  const auto find_role = [&](auto wanted) { return std::find_if(after + 1, order.end(), wanted); };
  auto next = find_role([](const auto* each) { return each->role == Role::field; });
  if (next == order.end())
    next = find_role([](const auto* each) { return each->role != Role::key; });
  if (next == order.end()) return false;
  focus_on(**next);
  return true;
}

/// The nearest widget in that direction; sideways distance counts double, so that rows stay rows.
void Ui::Impl::move_focus_towards(Key key) {
  const auto* from = focused_widget();
  if (from == nullptr || !focus_visible) return move_focus(+1);
  const bool across = key == Key::left || key == Key::right;
  const float sign = key == Key::left || key == Key::up ? -1.0f : 1.0f;
  const ProbeWidget* best = nullptr;
  float best_score = 0;
  for (const auto& widget : last.widgets()) {
    if (widget.layer != last.top_layer() || !widget.enabled || widget.id == from->id) continue;
    const auto& a = from->rect;
    const auto& b = widget.rect;
    const float ahead = across ? (sign > 0 ? b.x - a.right() : a.x - b.right())
                               : (sign > 0 ? b.y - a.bottom() : a.y - b.bottom());
    if (ahead < -0.5f) continue;
    const float aside = across ? std::max({0.0f, a.y - b.bottom(), b.y - a.bottom()})
                               : std::max({0.0f, a.x - b.right(), b.x - a.right()});
    const float off_centre =
        across ? std::abs(a.centre_y() - b.centre_y()) : std::abs(a.centre_x() - b.centre_x());
    const float score = ahead + 2 * aside + 0.1f * off_centre;
    if (best == nullptr || score < best_score) {
      best = &widget;
      best_score = score;
    }
  }
  if (best != nullptr) focus_on(*best);
}

void Ui::drop_focus() {
  impl_->focus_id.clear();
  impl_->focus_visible = false;
}

bool Ui::is_focused(std::string_view id) const { return impl_->focus_id == id; }
void Ui::focus(std::string_view id) { impl_->focus_id = id; }
const std::vector<input::Event>& Ui::keys() const { return impl_->keys; }

bool Ui::key(Key key) const {
  for (const auto& event : impl_->keys) {
    const auto* press = get_if<input::KeyPress>(&event);
    if (press != nullptr && press->key == key && press->burst.empty()) return true;
  }
  return false;
}

Ui::Interaction Ui::interact(const WidgetSpec& spec) {
  auto& ui = *impl_;
  const Rect visible = ui.clips.empty() ? spec.rect : intersection(spec.rect, ui.clips.back());
  if (visible.empty()) return {};
  const bool partial = visible.h < spec.rect.h - 0.2f || visible.w < spec.rect.w - 0.2f;
  ui.probe.add(ProbeWidget{.id = ui.probe.keep(spec.id),
                           .label = ui.probe.keep(spec.label),
                           .rect = visible,
                           .role = spec.role,
                           .enabled = spec.enabled,
                           .selected = spec.selected,
                           .partial = partial,
                           .leads_on = spec.leads_on,
                           .repeats = spec.repeats,
                           .audience = ui.frame.audience,
                           .layer = ui.layer,
                           .fore = ui.rgb(spec.fore),
                           .ground = ui.rgb(spec.ground),
                           .border = ui.rgb(spec.border)});
  if (!spec.enabled || ui.layer < ui.last.top_layer()) return {};
  Interaction out;
  out.activated = !ui.activated_id.empty() && ui.activated_id == spec.id;
  if (out.activated) ui.activated_id.clear();
  out.held = ui.held_inside && ui.held_id == spec.id;
  if (ui.focus_visible && ui.focus_id == spec.id) {
    out.focused = true;
    ui.focus_rect = visible;
    ui.focus_radius = spec.radius_mm;
    ui.focus_layer = ui.layer;
  }
  return out;
}

Ui::Scroll& Ui::scroll(std::string_view id, const Rect& rect, float limit_mm) {
  auto& ui = *impl_;
  auto found = ui.areas.find(id);
  if (found == ui.areas.end()) found = ui.areas.emplace(std::string(id), Impl::Area{}).first;
  auto& area = found->second;
  area.rect = rect;
  area.layer = ui.layer;
  area.can_scroll = limit_mm > 0;
  area.drawn = true;
  auto& scroll = area.scroll;
  if (ui.drag_area == id) scroll.offset_mm -= ui.drag_mm;
  constexpr float mm_a_notch = 12;
  if (ui.wheel_area == id) scroll.offset_mm += ui.wheel_notches * mm_a_notch;
  if (scroll.flick) {
    scroll.offset_mm = scroll.flick_from_mm - scroll.flick->travelled_mm(ui.frame.now);
    const bool at_end = scroll.offset_mm <= 0 || scroll.offset_mm >= limit_mm;
    if (at_end || scroll.flick->over(ui.frame.now)) scroll.flick.reset();
    ui.flicking = ui.flicking || scroll.flick.has_value();
  }
  scroll.offset_mm = std::clamp(scroll.offset_mm, 0.0f, std::max(0.0f, limit_mm));
  return scroll;
}

void Ui::push_layer() {
  auto& ui = *impl_;
  ui.covered.push_back(ui.layer);
  // Over all that was drawn so far: of two panels in one frame, the later covers the earlier.
  ui.layer = ui.probe.top_layer() + 1;
  ui.probe.raise_layer(ui.layer);
  ui.draw = ImGui::GetForegroundDrawList();
}

void Ui::pop_layer() {
  auto& ui = *impl_;
  assert(!ui.covered.empty());
  ui.layer = ui.covered.back();
  ui.covered.pop_back();
  if (ui.layer == 0) ui.draw = ImGui::GetBackgroundDrawList();
}

}  // namespace keepsake::ui

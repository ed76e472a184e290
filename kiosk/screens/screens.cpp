#include "kiosk/screens/screens.hpp"

#include <utility>

#include "kiosk/screens/pages.hpp"

namespace keepsake::screens {

namespace {

/// Whom staff are asked about: of the page before them, else the sale's customer.
std::string person_proving(const flow::Session& session) {
  const auto* page = get_if<flow::CustomerPage>(&session.visit.screen);
  if (page != nullptr && page->seen)
    return std::string(page->seen->profile.value(customer_field::name));
  return session.till.member ? session.till.member->profile.name : std::string();
}

}  // namespace

std::optional<flow::Touch> draw(ui::Ui& ui, const flow::Session& session,
                                const flow::Context& context, LocalTime now) {
  Scene scene{ui, session.device, session.till, session.visit, context, now};
  const flow::Visit& visit = session.visit;
  if (visit.idle.gone_at) {
    draw_warning(scene);  // alone: what lies beneath is somebody's
    return std::move(scene.touch);
  }
  if (visit.choosing_language)
    draw_languages(scene);
  else
    keepsake::visit([&](const auto& screen) { draw(scene, screen); }, visit.screen);
  if (visit.notice && !scene.notice_said)
    draw_notice(scene, *visit.notice);
  else if (visit.proving)
    draw_proving(scene, person_proving(session));
  return std::move(scene.touch);
}

ui::Audience audience_of(const flow::Session& session) {
  const flow::Visit& visit = session.visit;
  const bool at_the_door = holds_alternative<flow::PinEntry>(visit.screen);
  return visit.staff || at_the_door ? ui::Audience::staff : ui::Audience::customer;
}

ui::Look look_of(const flow::Session& session, const flow::Context& context) {
  const bool dark = context.theme == flow::Theme::dark;
  const bool high = session.visit.contrast == flow::Contrast::high;
  ui::Look look;
  if (high)
    look.palette = dark ? ui::Palette::contrast_dark : ui::Palette::contrast_light;
  else
    look.palette = dark ? ui::Palette::dark : ui::Palette::light;
  look.text =
      session.visit.text == flow::TextSize::large ? ui::TextScale::large : ui::TextScale::normal;
  return look;
}

bool is_another_step(const flow::Session& before, const flow::Session& after) {
  const auto* a = get_if<flow::Sale>(&before.visit.screen);
  const auto* b = get_if<flow::Sale>(&after.visit.screen);
  if (a != nullptr && b != nullptr && a->pane.index() != b->pane.index()) return true;
  return is_another_screen(before, after);
}

bool is_another_screen(const flow::Session& before, const flow::Session& after) {
  const flow::Visit& a = before.visit;
  const flow::Visit& b = after.visit;
  return a.screen.index() != b.screen.index() || a.choosing_language != b.choosing_language ||
         a.idle.gone_at.has_value() != b.idle.gone_at.has_value() ||
         a.proving.has_value() != b.proving.has_value() ||
         (a.proving && a.proving->pin.has_value() != b.proving->pin.has_value());
}

}  // namespace keepsake::screens

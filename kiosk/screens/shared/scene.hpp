#pragma once
// One frame's drawing of one session: what every screen is given, and where its event goes.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "kiosk/flow/sale/till.hpp"
#include "kiosk/flow/shared/context.hpp"
#include "kiosk/flow/shared/device.hpp"
#include "kiosk/flow/shared/visitor.hpp"
#include "kiosk/flow/touch.hpp"
#include "kiosk/ui/kit.hpp"

namespace keepsake {
struct ActiveProgramme;
}

namespace keepsake::flow {
struct Device;
struct Till;
}  // namespace keepsake::flow

namespace keepsake::screens {

struct Scene {
  ui::Ui& ui;
  const flow::Device& device;
  const flow::Till& till;
  const flow::Visitor& visit;
  const flow::Context& context;
  LocalTime now;
  std::optional<flow::Touch> touch = {};
  bool notice_said = false;  ///< the frame found room for the notice; else it is a dialog
  bool pane_asks = false;    ///< a pane with a figure is open: what is asked about it is said there

  /// The frame's touch; the first one counts.
  void send(flow::Touch what) {
    if (!touch) touch = std::move(what);
  }
  /// A button that means `what`.
  void press(const ui::Button& button, flow::Touch what) {
    if (ui::button(ui, button)) send(std::move(what));
  }

  const Locale& locale() const { return ui.locale(); }
  const ui::Metrics& metrics() const { return ui.metrics(); }
  bool portrait() const { return ui.shape() == ui::Shape::portrait; }
  bool staff() const { return ui.audience() == ui::Audience::staff; }

  std::string tr(std::string_view msgid) const { return locale().tr(msgid); }
  std::string tr(std::string_view msgid, std::initializer_list<Arg> args) const {
    return locale().tr(msgid, args);
  }
  /// Where one English word means two things: tr("settings", "Change"), tr("money", "Change").
  std::string tr(std::string_view meaning, std::string_view msgid) const {
    return locale().tr(meaning, msgid);
  }
  std::string trn(std::string_view one, std::string_view many, std::int64_t n) const {
    return locale().trn(one, many, n);
  }

  /// By whose rules the figures are: of the till where staff stand at it, else the one in force.
  const ActiveProgramme& programme() const;

  Date today() const { return now.date(); }
  LocalTime local(Instant t) const { return {t, now.offset_minutes}; }
  /// "14:02" today, "20 Nov, 14:02" before.
  std::string moment(Instant t) const;

  /// The primary button's state: ready, or working while an answer is awaited.
  ui::ButtonState readiness() const {
    return flow::working(visit) ? ui::ButtonState::working : ui::ButtonState::ready;
  }
};

}  // namespace keepsake::screens

#pragma once
// What a session looks like. Const state in, at most one touch out; no I/O, and nothing remembered:
// drawing the same session twice gives the same picture. One file per screen draws it (pages.hpp).

#include <optional>

#include "kiosk/flow/session.hpp"
#include "kiosk/flow/shared/context.hpp"
#include "kiosk/flow/touch.hpp"
#include "kiosk/ui/ui.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::screens {

/// Draws the session's screen, what lies over it (language, notice), or the idle warning alone.
/// Call between Ui::begin() and Ui::end(). `now` is the shop's wall clock.
std::optional<flow::Touch> draw(ui::Ui& ui, const flow::Session& session,
                                const flow::Context& context, LocalTime now);

/// What the frame needs before it begins: whose sizes, whose colours, whose language.
ui::Audience audience_of(const flow::Session& session);
ui::Look look_of(const flow::Session& session, const flow::Context& context);

/// True when a fade belongs between two frames: another screen, not another letter in a field.
/// What buttons of the same name and place mean is another thing: another screen, another pane.
bool is_another_step(const flow::Session& before, const flow::Session& after);
bool is_another_screen(const flow::Session& before, const flow::Session& after);

}  // namespace keepsake::screens

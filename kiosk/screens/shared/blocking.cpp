#include "kiosk/screens/shared/blocking.hpp"

namespace keepsake::screens {

void ask_blocking(Scene& s, const Blocking& blocking) {
  const bool blocked = blocking.blocked;
  const std::string yes_id = std::string(blocking.id) + ".yes";
  const std::string no_id = std::string(blocking.id) + ".no";
  const std::string yes = blocked ? s.tr("Unblock") : s.tr("Block");
  const std::string no = s.tr("Leave as is");
  const int chosen = ui::dialog(
      s.ui, {.title = blocking.title,
             .text = blocking.text,
             .icon = blocked ? ui::Icon::lock : ui::Icon::warning,
             .tone = blocked ? ui::Tone::soon : ui::Tone::bad,
             .choices = {{.id = yes_id,
                          .label = yes,
                          .kind = blocked ? ui::ButtonKind::primary : ui::ButtonKind::danger},
                         {.id = no_id, .label = no}},
             .escape = 1});
  if (chosen == 0) s.send(flow::Submit{});
  if (chosen == 1) s.send(flow::Back{});
}

}  // namespace keepsake::screens

// The language screen: lies over any other, which keeps its fields.
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {

void draw_languages(Scene& s) {
  const Language chosen = flow::language_of(s.visit, s.context);
  ui::Rect body;
  if (s.visit.staff) {
    body = staff_frame(s, {.title = s.tr("Language"), .detail = {}, .back = s.tr("Back")});
    body = body.centred(std::min(body.w, 150.0f), std::min(body.h, 90.0f));
  } else {
    // Their own names say it where there is no room for a title.
    const std::string title = s.ui.low() ? std::string() : s.tr("Choose your language");
    body = customer_frame(s, {.title = title, .detail = {}}).body;
    if (s.portrait()) body.h = std::min(body.h, 260.0f);
  }
  const int columns = s.portrait() ? 1 : 2;
  for (int i = 0; i < 6; ++i) {
    const Language language = all_languages[static_cast<std::size_t>(i)];
    const std::string id = "language." + std::string(code_of(language));
    const bool selected = language == chosen;
    s.press({.id = id,
             .at = body.cell(i, columns, 6 / columns, s.metrics().gap),
             .label = native_name(language),
             .kind = selected ? ui::ButtonKind::chosen : ui::ButtonKind::quiet,
             .icon_right = selected ? ui::Icon::check : ui::Icon::none,
             .selected = selected},
            flow::ChooseLanguage{language});
  }
}

}  // namespace keepsake::screens

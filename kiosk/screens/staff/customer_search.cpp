// Find a customer as somebody types.
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/pages.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/shared/people.hpp"

namespace keepsake::screens {

void draw(Scene& s, const flow::CustomerSearch& page) {
  const ui::Rect body =
      staff_frame(s, {.title = s.tr("Customers"), .detail = {}, .back = s.tr("Back")});
  std::optional<ExtraButton> merges;
  if (s.visit.staff && s.visit.staff->manager)
    merges = ExtraButton{"merges", s.tr("Possible duplicates"), ui::Icon::users,
                         flow::Go{flow::Place::merges}};
  people_search(s, body, page, merges);
}

}  // namespace keepsake::screens

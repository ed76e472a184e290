#include "kiosk/screens/shared/tenders.hpp"

#include <algorithm>

#include "kiosk/screens/shared/parts.hpp"

namespace keepsake::screens {

using ui::Rect;

ui::Icon icon_of(TenderKind kind) {
  switch (kind) {
    case TenderKind::card:
      return ui::Icon::card;
    case TenderKind::points:
      return ui::Icon::star;
    case TenderKind::wallet:
      return ui::Icon::box;
    case TenderKind::gift_card:
      return ui::Icon::gift;
    default:
      return ui::Icon::cash;
  }
}

std::string way_back(const Scene& s, const Tender& refund) {
  switch (refund.kind) {
    case TenderKind::card:
      return s.tr("to the card");
    case TenderKind::gift_card:
      return s.tr("to gift card {card}", {{"card", card_end(refund.reference)}});
    case TenderKind::wallet:
      return s.tr("to the wallet");
    default:
      return s.tr("in cash");
  }
}

std::string part_of_refund(const Scene& s, const Tender& refund) {
  return s.tr("{amount} {way}",
              {{"amount", s.locale().amount(refund.amount)}, {"way", way_back(s, refund)}});
}

void reference_panel(Scene& s, TenderKind kind, const std::string& reference) {
  const auto& m = s.metrics();
  const float field_h = ui::field_height(s.ui, ui::ErrorRoom::no);
  const float high =
      2 * m.pad + field_h + keyboard_height(s, s.ui.screen().w - 12 - 2 * m.pad) + m.gap + 1;
  Rect room = ui::begin_panel(s.ui, std::min(s.ui.screen().w - 12, 230.0f),
                              std::min(high, s.ui.screen().h - 4));
  Rect row = room.take_top(field_h, m.gap);
  const Rect ok = row.take_right(row.w * 0.25f, m.gap);
  s.press({.id = "reference.ok",
           .at = {ok.x, ok.bottom() - m.target, ok.w, m.target},
           .label = s.tr("OK"),
           .kind = ui::ButtonKind::primary,
           .icon = ui::Icon::check},
          flow::Edit{flow::Field::amount});
  field(s,
        {.id = "slip",
         .at = row,
         .label = kind == TenderKind::gift_card ? s.tr("Number on the gift card")
                                                : s.tr("Reference on the card slip"),
         .text = reference,
         .icon = icon_of(kind),
         .active = true},
        flow::Field::reference);
  keyboard(s, room.take_bottom(std::min(room.h, keyboard_height(s, room.w))), s.tr("OK"));
  if (s.touch && holds_alternative<flow::Submit>(*s.touch))
    s.touch = flow::Edit{flow::Field::amount};
  ui::end_panel(s.ui);
}

}  // namespace keepsake::screens

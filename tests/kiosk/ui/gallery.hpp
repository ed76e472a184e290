#pragma once
// Every widget on a few screens, in the spirit of the product's own.

#include "kiosk/ui/kit.hpp"

namespace keepsake::test {

void draw_attract(ui::Ui& ui);
void draw_home(ui::Ui& ui);        ///< customer, portrait or landscape
void draw_warranties(ui::Ui& ui);  ///< customer: timelines and steps
void draw_sale(ui::Ui& ui);        ///< staff, landscape
void draw_tender(ui::Ui& ui);      ///< staff, landscape
void draw_today(ui::Ui& ui);       ///< staff, landscape: chart
void draw_form(ui::Ui& ui);        ///< customer: fields, toggle, keyboard
void draw_question(ui::Ui& ui);    ///< customer home under a dialog

}  // namespace keepsake::test

#pragma once
// Pieces of the warranty form that its one-page and step-by-step layouts share.

#include "kiosk/flow/warranty/state.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

void search_field(Scene& scene, const ui::Rect& at, const flow::WarrantyForm& form);
void serial_field(Scene& scene, const ui::Rect& at, const flow::WarrantyForm& form, bool active);
void date_steppers(Scene& scene, const ui::Rect& room, const flow::WarrantyForm& form);
float date_height(const Scene& scene);
void article_row(Scene& scene, const ui::Rect& at, const Article& article, std::size_t index);
void found_list(Scene& scene, const ui::Rect& at, const flow::WarrantyForm& form);
/// `serial` stands with what is said about it, where it has no line of its own.
void chosen_article(Scene& scene, const ui::Rect& at, const flow::WarrantyForm& form,
                    std::string_view serial = {});
void register_button(Scene& scene, const ui::Rect& at, const flow::WarrantyForm& form);

/// The form on a landscape kiosk, where the keyboard takes nearly the whole height. Page 0 types,
/// page 1 chooses from the list (no article yet) or shows the date and registers (article chosen).
void warranty_steps(Scene& scene, const flow::WarrantyForm& form);

}  // namespace keepsake::screens

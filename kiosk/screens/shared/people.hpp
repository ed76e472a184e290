#pragma once
// People who were found: as rows, and as a list under what is searched for. For staff.

#include <optional>
#include <vector>

#include "kiosk/flow/staff/customer_pages.hpp"
#include "kiosk/screens/shared/panes.hpp"

namespace keepsake::screens {

/// Face, name and what tells this one from others, on a row that is drawn already.
void person_words(Scene& scene, const ui::Rect& row, const flow::FoundPerson& person);
std::vector<float> person_heights(Scene& scene, float width_mm,
                                  const std::vector<flow::FoundPerson>& people);

/// Field, hits and keyboard fill `body`; `beside` stands right of the field.
void people_search(Scene& scene, ui::Rect body, const flow::CustomerSearch& search,
                   const std::optional<ExtraButton>& beside);

}  // namespace keepsake::screens

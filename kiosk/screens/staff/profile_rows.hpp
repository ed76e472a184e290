#pragma once
// The rows of a customer's page and the words of its fields, which joining asks for too.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/shared/scene.hpp"

namespace keepsake::screens {

struct ProfileRow {
  std::string id;
  std::string name;
  std::string value;
  ui::Icon icon = ui::Icon::pencil;
  flow::Touch event;
  std::string label = {};                       ///< of the touch; empty: "Change" and the name
  std::shared_ptr<const Picture> picture = {};  ///< instead of the icon
};

/// Everything that can be seen and changed, in the order of importance.
std::vector<ProfileRow> profile_rows(const Scene& scene, const flow::CustomerPage& page);
/// Photos, invoices and documents, as rows after the others.
void add_files(const Scene& scene, const flow::ProfileSeen& seen, std::vector<ProfileRow>& rows);
/// "Phone number" of "phone"; a declared field's own label.
std::string field_label(const Scene& scene, std::string_view field);

struct ValueChoice {
  std::string value;
  std::string label;
};
/// The values of a field that is chosen, not typed; empty for those that are typed.
std::vector<ValueChoice> choices_of(const Scene& scene, std::string_view field);

/// "1979-12-31" while it is being typed as digits.
std::string typed_day(std::string_view digits);

/// Over the page; `has_pin`: of the member, which can be taken away.
void draw_entry(Scene& scene, const flow::FieldEntry& entry, bool has_pin);
/// The level that is being given, step by step. `tier`: theirs, where the programme has levels.
void draw_giving(Scene& scene, const flow::FieldEntry& entry, const loyalty::TierStanding* tier);
void draw_file(Scene& scene, const flow::FileSeen& seen);  ///< over the page

}  // namespace keepsake::screens

// Photos, invoices and documents of a customer: their rows, and a close look at one of them.
#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/shared/panes.hpp"
#include "kiosk/screens/shared/parts.hpp"
#include "kiosk/screens/staff/profile_rows.hpp"
#include "storage/locale/customer_words.hpp"

namespace keepsake::screens {
namespace {

using ui::Rect;

/// "Kjøleskap.jpg · 12 March 2026".
std::string about(const Scene& s, const AttachedFile& file) {
  const std::string day = s.locale().date_long(file.at.date());
  return file.name.empty() ? day : file.name + " \u00b7 " + day;
}

/// As large as it fits into `room`, in its own shape, and not coarser than the eye forgives.
Rect fitted(const Picture& picture, const Rect& room) {
  constexpr float most_mm_per_px = 0.45f;
  const auto wide = static_cast<float>(picture.width);
  const auto high = static_cast<float>(picture.height);
  const float scale = std::min({room.w / wide, room.h / high, most_mm_per_px});
  return room.centred(wide * scale, high * scale);
}

}  // namespace

void add_files(const Scene& s, const flow::ProfileSeen& seen, std::vector<ProfileRow>& rows) {
  for (std::size_t i = 0; i < seen.files.size(); ++i) {
    const flow::FileSeen& each = seen.files[i];
    const std::string kind = file_kind_name(s.locale(), each.file.kind);
    rows.push_back({"file." + std::to_string(i), kind, about(s, each.file),
                    each.file.type == FileType::pdf ? ui::Icon::receipt : ui::Icon::camera,
                    flow::ShowFile{i}, s.tr("View {name}", {{"name", kind}}), each.thumbnail});
  }
}

void draw_file(Scene& s, const flow::FileSeen& seen) {
  const Rect screen = s.ui.screen();
  const float wide = std::min(screen.w - 12, 140.0f);
  Rect room = ui::begin_panel(s.ui, wide, std::min(screen.h - 6, wide));
  pane_title(s, room, file_kind_name(s.locale(), seen.file.kind));
  const ui::TextStyle caption{.size = ui::TextSize::caption, .colour = ui::Token::muted};
  const std::string words = about(s, seen.file);
  ui::paragraph_fit(s.ui, room.take_bottom(2 * line(s, ui::TextSize::caption), 1), words, caption,
                    least_cap(s));
  if (seen.thumbnail != nullptr)
    s.ui.picture(fitted(*seen.thumbnail, room), seen.thumbnail, 1.5f);
  else if (seen.withheld)
    empty_state(s, room, ui::Icon::lock, s.tr("Only managers can see this file"));
  else if (seen.file.type == FileType::pdf)
    empty_state(s, room, ui::Icon::receipt, s.tr("A document with several pages"),
                s.tr("It can be opened at the office."));
  else
    empty_state(s, room, ui::Icon::camera, s.tr("The picture is not on this till"),
                s.tr("It is on the till where it was taken."));
  ui::end_panel(s.ui);
}

}  // namespace keepsake::screens

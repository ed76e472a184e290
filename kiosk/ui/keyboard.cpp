#include <algorithm>

#include "kiosk/ui/field.hpp"

namespace keepsake::ui {
namespace {

struct Cell {
  std::string_view text;
  std::size_t row, column;  // in the data table: the key's id
};
using Grid = std::vector<std::vector<Cell>>;

float least_key_mm(const Ui& ui) { return ui.audience() == Audience::customer ? 15.0f : 9.0f; }
constexpr float key_gap_mm = 3.0f;

/// The table's rows; keys for which a row has no room go together into one more row.
Grid grid_of(const Ui& ui, const Keyboard& keyboard, float width_mm) {
  const auto most = std::max<std::size_t>(
      1,
      static_cast<std::size_t>((width_mm + key_gap_mm + 0.01f) / (least_key_mm(ui) + key_gap_mm)));
  Grid grid;
  std::vector<Cell> rest;
  const auto rows = keyboard_rows(keyboard.layout, keyboard.page, keyboard.purpose);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    grid.emplace_back();
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      auto& line = c < most ? grid.back() : rest;
      line.push_back({rows[r][c], r, c});
    }
  }
  for (std::size_t i = 0; i < rest.size(); i += most) {
    const auto from = rest.begin() + static_cast<std::ptrdiff_t>(i);
    grid.emplace_back(from, from + static_cast<std::ptrdiff_t>(std::min(most, rest.size() - i)));
  }
  return grid;
}

bool function_key(Ui& ui, const Keyboard& keyboard, std::string_view suffix, const Rect& at,
                  std::string_view label, Icon icon, ButtonKind kind) {
  const std::string id = std::string(keyboard.id) + std::string(suffix);
  return button(ui, {.id = id,
                     .at = at,
                     .label = label,
                     .kind = kind,
                     .icon = icon,
                     .icon_only = icon != Icon::none,
                     .role = Role::key});
}

bool has_accents(KeyboardPage page) {
  return page == KeyboardPage::accents || page == KeyboardPage::accents_shifted;
}

KeyboardPage other_case(KeyboardPage page) {
  switch (page) {
    case KeyboardPage::letters:
      return KeyboardPage::shifted;
    case KeyboardPage::accents:
      return KeyboardPage::accents_shifted;
    case KeyboardPage::accents_shifted:
      return KeyboardPage::accents;
    case KeyboardPage::shifted:
    case KeyboardPage::digits:
      break;
  }
  return KeyboardPage::letters;
}

void bottom_row(Ui& ui, const Keyboard& keyboard, Rect row, KeyboardResult& out) {
  const float unit = std::max(least_key_mm(ui) * 1.25f, (row.w - 5 * key_gap_mm) / 9);
  const bool digits = keyboard.page == KeyboardPage::digits;
  const bool small =
      keyboard.page == KeyboardPage::letters || keyboard.page == KeyboardPage::accents;
  if (!digits && function_key(ui, keyboard, ".shift", row.take_left(unit, key_gap_mm),
                              ui.tr("Capital letters"), Icon::shift_key,
                              small ? ButtonKind::sunk : ButtonKind::chosen)) {
    out.page = other_case(keyboard.page);
  }
  const bool ukrainian = keyboard.layout == KeyboardLayout::ukrainian;
  const char* back = ukrainian ? "АБВ" : "ABC";
  if (function_key(ui, keyboard, ".digits", row.take_left(unit, key_gap_mm), digits ? back : "123",
                   Icon::none, ButtonKind::sunk)) {
    out.page = digits ? KeyboardPage::letters : KeyboardPage::digits;
  }
  const bool accents = has_accents(keyboard.page);
  // An address has no such letters, and the Ukrainian keyboard has its own.
  if (!ukrainian && keyboard.purpose == Keyboard::For::text &&
      function_key(ui, keyboard, ".accents", row.take_left(unit, key_gap_mm),
                   accents ? "abc" : "é ø", Icon::none, ButtonKind::sunk)) {
    out.page = accents                                  ? KeyboardPage::letters
               : keyboard.page == KeyboardPage::shifted ? KeyboardPage::accents_shifted
                                                        : KeyboardPage::accents;
  }
  if (keyboard.can_swap_script &&
      function_key(ui, keyboard, ".script", row.take_left(unit, key_gap_mm),
                   ukrainian ? "ABC" : "АБВ", Icon::globe, ButtonKind::sunk)) {
    out.swap_script = true;
  }
  if (!keyboard.submit.empty()) {
    const TextStyle style{.size = TextSize::body, .weight = Weight::semibold};
    // A long word becomes smaller before it takes the space bar's place.
    const float most = std::max(unit * 1.5f, keyboard.at.w * 0.3f);
    const float wide =
        std::clamp(text_width(ui, keyboard.submit, style) * 1.25f, unit * 1.5f, most);
    if (function_key(ui, keyboard, ".ok", row.take_right(wide, key_gap_mm), keyboard.submit,
                     Icon::none, ButtonKind::primary)) {
      out.edit.kind = Edit::Kind::submit;
    }
  }
  if (function_key(ui, keyboard, ".back", row.take_right(unit, key_gap_mm), ui.tr("Delete"),
                   Icon::erase, ButtonKind::sunk)) {
    out.edit.kind = Edit::Kind::backspace;
  }
  if (function_key(ui, keyboard, ".space", row, ui.tr("Space"), Icon::none, ButtonKind::quiet)) {
    out.edit = {Edit::Kind::insert, " "};
  }
}

}  // namespace

float keyboard_height(Ui& ui, const Keyboard& keyboard, float width_mm) {
  const auto rows = static_cast<float>(grid_of(ui, keyboard, width_mm).size() + 1);
  return rows * least_key_mm(ui) + (rows - 1) * key_gap_mm;
}

KeyboardResult keyboard(Ui& ui, const Keyboard& keyboard) {
  KeyboardResult out;
  const auto grid = grid_of(ui, keyboard, keyboard.at.w);
  const int rows = static_cast<int>(grid.size()) + 1;
  std::size_t widest = 1;
  for (const auto& line : grid) widest = std::max(widest, line.size());
  const auto columns = static_cast<float>(widest);
  const float key_w = (keyboard.at.w - (columns - 1) * key_gap_mm) / columns;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    const Rect row = keyboard.at.row(static_cast<int>(r), rows, key_gap_mm);
    const auto keys = static_cast<float>(grid[r].size());
    float x = row.centre_x() - (keys * key_w + (keys - 1) * key_gap_mm) / 2;
    for (const auto& cell : grid[r]) {
      const std::string id = std::string(keyboard.id) + ".k" + std::to_string(cell.row) + "." +
                             std::to_string(cell.column);
      if (button(
              ui,
              {.id = id, .at = {x, row.y, key_w, row.h}, .label = cell.text, .role = Role::key})) {
        out.edit = {Edit::Kind::insert, std::string(cell.text)};
        if (keyboard.page == KeyboardPage::shifted || has_accents(keyboard.page))
          out.page = KeyboardPage::letters;
      }
      x += key_w + key_gap_mm;
    }
  }
  bottom_row(ui, keyboard, keyboard.at.row(rows - 1, rows, key_gap_mm), out);
  return out;
}

}  // namespace keepsake::ui

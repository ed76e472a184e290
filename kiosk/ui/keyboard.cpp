#include <algorithm>

#include "kiosk/ui/field.hpp"

namespace keepsake::ui {
namespace {

struct Cell {
  std::string_view text;
  std::size_t row, column;  // in the data table: the key's id
};
using Grid = std::vector<std::vector<Cell>>;

constexpr float key_gap_mm = 3.0f;

struct Keys {
  Grid grid;
  std::vector<Cell> beside_space;
  std::string other_leaf = {};  ///< the label of the key that turns to the rest; empty: all is here
};

std::size_t columns_of(const Ui& ui, float width_mm) {
  const float least = least_key_mm(ui.audience());
  return std::max<std::size_t>(
      1, static_cast<std::size_t>((width_mm + key_gap_mm + 0.01f) / (least + key_gap_mm)));
}

/// Where a row has no room its last keys go together into one more row.
Grid with_one_more_row(const Grid& table, std::size_t most) {
  Grid grid;
  std::vector<Cell> rest;
  for (const auto& line : table) {
    grid.emplace_back();
    for (std::size_t c = 0; c < line.size(); ++c)
      (c < most ? grid.back() : rest).push_back(line[c]);
  }
  for (std::size_t i = 0; i < rest.size(); i += most) {
    const auto from = rest.begin() + static_cast<std::ptrdiff_t>(i);
    grid.emplace_back(from, from + static_cast<std::ptrdiff_t>(std::min(most, rest.size() - i)));
  }
  return grid;
}

/// On a low display there is no room for one more row. Two keys go beside the space bar; where more
/// are left, each row has the rest of it on a second leaf.
Keys within_its_rows(const Ui& ui, const Grid& table, std::size_t most, bool second_leaf) {
  // In large text the space bar needs the room for its word.
  const std::size_t beside_most = ui.look().text == TextScale::large ? 0 : 2;
  Keys first;
  Grid second;
  std::vector<Cell> rest;
  for (const auto& line : table) {
    const auto middle = line.begin() + static_cast<std::ptrdiff_t>(std::min(most, line.size()));
    first.grid.emplace_back(line.begin(), middle);
    second.emplace_back(middle, line.end());
    rest.insert(rest.end(), middle, line.end());
  }
  if (rest.empty() || rest.size() <= beside_most) {
    first.beside_space = rest;
    return first;
  }
  const auto label = [](const std::vector<Cell>& cells) {
    std::string words(cells[0].text);
    return cells.size() > 1 ? words + " " + std::string(cells[1].text) : words;
  };
  if (second_leaf) return {second, {}, label(table[0])};
  first.other_leaf = label(rest);
  return first;
}

/// The signs of the third row stand on the page of digits, too: where a row has no room, the letters
/// that are over take their places.
Grid with_letters_first(Grid table, const Keyboard& keyboard, std::size_t most) {
  const auto digits = keyboard_rows(keyboard.layout, KeyboardPage::digits, keyboard.purpose);
  const auto is_sign = [&](const Cell& cell) {
    return std::ranges::any_of(
        digits, [&](const auto& line) { return std::ranges::find(line, cell.text) != line.end(); });
  };
  std::size_t over = 0;
  for (const auto& line : table) over += line.size() - std::min(most, line.size());
  auto& low = table.back();
  for (std::size_t r = 0; over > 0 && r + 1 < table.size(); ++r) {
    while (table[r].size() > most) {
      const auto sign = std::ranges::find_if(low, is_sign);
      if (sign == low.end()) return table;
      *sign = table[r].back();
      table[r].pop_back();
    }
  }
  return table;
}

bool shows_letters(KeyboardPage page) {
  return page == KeyboardPage::letters || page == KeyboardPage::shifted;
}

Keys keys_of(const Ui& ui, const Keyboard& keyboard, float width_mm, bool second_leaf) {
  Grid table;
  const auto rows = keyboard_rows(keyboard.layout, keyboard.page, keyboard.purpose);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    table.emplace_back();
    for (std::size_t c = 0; c < rows[r].size(); ++c) table.back().push_back({rows[r][c], r, c});
  }
  const std::size_t most = columns_of(ui, width_mm);
  if (!ui.low()) return {with_one_more_row(table, most), {}};
  if (shows_letters(keyboard.page) && keyboard.purpose == Keyboard::For::text)
    table = with_letters_first(std::move(table), keyboard, most);
  return within_its_rows(ui, table, most, second_leaf);
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

/// Which leaf is seen belongs to the glass, as a list's scroll does.
std::string leaf_id(const Keyboard& keyboard) { return std::string(keyboard.id) + ".leaf"; }

bool letter_key(Ui& ui, const Keyboard& keyboard, const Cell& cell, const Rect& at) {
  const std::string id = std::string(keyboard.id) + ".k" + std::to_string(cell.row) + "." +
                         std::to_string(cell.column);
  return button(ui, {.id = id, .at = at, .label = cell.text, .role = Role::key});
}

void insert(Ui& ui, const Keyboard& keyboard, const Cell& cell, KeyboardResult& out) {
  out.edit = {Edit::Kind::insert, std::string(cell.text)};
  if (keyboard.page == KeyboardPage::shifted || has_accents(keyboard.page))
    out.page = KeyboardPage::letters;
  ui.scroll(leaf_id(keyboard), {}, 1).offset_mm = 0;
}

void bottom_row(Ui& ui, const Keyboard& keyboard, const Keys& keys, Rect row, KeyboardResult& out) {
  const float unit =
      ui.low() ? least_key_mm(ui.audience())
               : std::max(least_key_mm(ui.audience()) * 1.25f, (row.w - 5 * key_gap_mm) / 9);
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
  if (!keys.other_leaf.empty() &&
      function_key(ui, keyboard, ".leaf", row.take_left(unit, key_gap_mm), keys.other_leaf,
                   Icon::none, ButtonKind::sunk)) {
    auto& leaf = ui.scroll(leaf_id(keyboard), {}, 1);
    leaf.offset_mm = 1 - leaf.offset_mm;
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
  for (const Cell& cell : keys.beside_space)
    if (letter_key(ui, keyboard, cell, row.take_left(unit, key_gap_mm)))
      insert(ui, keyboard, cell, out);
  if (function_key(ui, keyboard, ".space", row, ui.tr("Space"), Icon::none, ButtonKind::quiet)) {
    out.edit = {Edit::Kind::insert, " "};
  }
}

}  // namespace

float keyboard_height(Ui& ui, const Keyboard& keyboard, float width_mm) {
  const auto rows = static_cast<float>(keys_of(ui, keyboard, width_mm, false).grid.size() + 1);
  return rows * least_key_mm(ui.audience()) + (rows - 1) * key_gap_mm;
}

KeyboardResult keyboard(Ui& ui, const Keyboard& keyboard) {
  KeyboardResult out;
  const bool second = ui.scroll(leaf_id(keyboard), {}, 1).offset_mm > 0.5f;
  const Keys keys = keys_of(ui, keyboard, keyboard.at.w, second);
  const int rows = static_cast<int>(keys.grid.size()) + 1;
  std::size_t widest = 1;
  for (const auto& line : keys_of(ui, keyboard, keyboard.at.w, false).grid)
    widest = std::max(widest, line.size());
  const auto columns = static_cast<float>(widest);
  const float key_w = (keyboard.at.w - (columns - 1) * key_gap_mm) / columns;
  for (std::size_t r = 0; r < keys.grid.size(); ++r) {
    const Rect row = keyboard.at.row(static_cast<int>(r), rows, key_gap_mm);
    if (keys.grid[r].empty()) continue;
    const auto count = static_cast<float>(keys.grid[r].size());
    float x = row.centre_x() - (count * key_w + (count - 1) * key_gap_mm) / 2;
    for (const Cell& cell : keys.grid[r]) {
      if (letter_key(ui, keyboard, cell, {x, row.y, key_w, row.h})) insert(ui, keyboard, cell, out);
      x += key_w + key_gap_mm;
    }
  }
  bottom_row(ui, keyboard, keys, keyboard.at.row(rows - 1, rows, key_gap_mm), out);
  // Capitals keep the leaf; another page begins with its first.
  const bool same_letters = out.page && *out.page == other_case(keyboard.page);
  const bool leaves =
      (out.page && !same_letters) || out.swap_script || out.edit.kind == Edit::Kind::submit;
  if (leaves) ui.scroll(leaf_id(keyboard), {}, 1).offset_mm = 0;
  return out;
}

}  // namespace keepsake::ui

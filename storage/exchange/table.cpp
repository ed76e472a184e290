#include "storage/exchange/table.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

std::string with_separators(std::string digits) {
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(digits.find('.'), digits.size());
  while (at > sign + 3) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

}  // namespace

std::size_t width_of(std::string_view utf8) { return code_points_in(utf8); }

std::string grouped(std::int64_t number) { return with_separators(std::to_string(number)); }
std::string grouped(Money money) { return with_separators(to_decimal(money)); }

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  assert(!columns_.empty());
}

void Table::row(std::vector<std::string> cells) {
  assert(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::rule() { rows_.emplace_back(); }

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_) widths.push_back(width_of(column.title));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  const auto finish_line = [&text] {
    text.erase(text.find_last_not_of(' ') + 1);
    text.push_back('\n');
  };
  const auto put = [&](std::size_t i, const std::string& cell) {
    if (i > 0) text.append("  ");
    const std::size_t blanks = widths[i] - width_of(cell);
    if (columns_[i].align == Align::right) text.append(blanks, ' ');
    text.append(cell);
    if (columns_[i].align == Align::left) text.append(blanks, ' ');
  };
  const auto put_rule = [&] {
    for (std::size_t i = 0; i < widths.size(); ++i)
      text.append(i > 0 ? "  " : "").append(widths[i], '-');
    finish_line();
  };
  for (std::size_t i = 0; i < columns_.size(); ++i) put(i, columns_[i].title);
  finish_line();
  put_rule();
  for (const auto& row : rows_) {
    if (row.empty()) {
      put_rule();
      continue;
    }
    for (std::size_t i = 0; i < row.size(); ++i) put(i, row[i]);
    finish_line();
  }
  return text;
}

}  // namespace keepsake

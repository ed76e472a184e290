#include "storage/exchange/customer_cells.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

constexpr std::string_view dangerous = "=+-@\t\r";
constexpr std::string_view special = "|()\\";

/// Whether what follows any apostrophes would be a formula.
bool looks_armed(std::string_view text) {
  const auto first = text.find_first_not_of('\'');
  return first != std::string_view::npos && dangerous.find(text[first]) != std::string_view::npos;
}

void add_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
}

/// At most `most` digits off the front; nullopt: none.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  int number = 0;
  std::size_t n = 0;
  for (; n < most && n < text.size() && is_digit(text[n]); ++n)
    number = number * 10 + (text[n] - '0');
  text.remove_prefix(n);
  return n > 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string defused(std::string_view text) {
  return looks_armed(text) ? "'" + std::string(text) : std::string(text);
}

std::string armed(std::string_view cell) {
  if (cell.starts_with('\'') && looks_armed(cell)) cell.remove_prefix(1);
  return std::string(cell);
}

std::string join_contacts(const std::vector<Contact>& contacts, ContactKind kind) {
  std::string cell;
  for (const Contact& each : contacts) {
    if (each.kind != kind) continue;
    if (!cell.empty()) cell += " | ";
    add_escaped(each.value, cell);
    if (each.usage.empty()) continue;
    cell += " (";
    add_escaped(each.usage, cell);
    cell += ')';
  }
  return cell;
}

std::vector<CellContact> split_contacts(std::string_view cell) {
  std::vector<CellContact> found;
  CellContact now;
  bool in_usage = false;
  const auto end = [&] {
    now = {std::string(trimmed(now.value, " ")), std::string(trimmed(now.usage, " "))};
    if (!now.value.empty()) found.push_back(now);
    now = {};
    in_usage = false;
  };
  for (std::size_t i = 0; i < cell.size(); ++i) {
    char c = cell[i];
    const bool escaped = c == '\\' && i + 1 < cell.size();
    if (escaped) c = cell[++i];
    if (!escaped && c == '|')
      end();
    else if (!escaped && c == '(' && !in_usage)
      in_usage = true;
    else if (!escaped && c == ')' && in_usage)
      in_usage = false;
    else
      (in_usage ? now.usage : now.value) += c;
  }
  end();
  return found;
}

Result<DateFormat> DateFormat::parse(std::string_view pattern) {
  std::string parts;
  for (std::string_view rest = pattern; !rest.empty();) {
    if (rest.starts_with("YYYY")) {
      parts += 'Y';
      rest.remove_prefix(4);
    } else if (rest.starts_with("DD") || rest.starts_with("MM")) {
      parts += rest[0];
      rest.remove_prefix(2);
    } else {
      parts += rest[0];
      rest.remove_prefix(1);
    }
  }
  for (const char part : {'D', 'M', 'Y'})
    if (std::count(parts.begin(), parts.end(), part) != 1)
      return Error{Failure::bad_input, "date.format", "Not a date format", "",
                   "Write it with DD, MM and YYYY, each once, such as DD.MM.YYYY"};
  return DateFormat(std::move(parts));
}

std::optional<Date> DateFormat::read(std::string_view text) const {
  std::optional<int> day, month, year;
  for (std::size_t i = 0; i < pattern_.size(); ++i) {
    // Without a separator after it, a part has all its digits.
    const std::size_t before = text.size();
    if (pattern_[i] == 'Y') {
      year = take_number(text, 4);
      if (!year || before - text.size() != 4) return std::nullopt;
    } else if (pattern_[i] == 'D' || pattern_[i] == 'M') {
      auto& part = pattern_[i] == 'D' ? day : month;
      part = take_number(text, 2);
      if (!part) return std::nullopt;
    } else {
      if (text.empty() || text[0] != pattern_[i]) return std::nullopt;
      text.remove_prefix(1);
    }
  }
  if (!text.empty()) return std::nullopt;
  const Date date = std::chrono::year(*year) / *month / *day;
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace keepsake

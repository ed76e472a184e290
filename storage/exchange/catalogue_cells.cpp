#include "storage/exchange/catalogue_cells.hpp"

#include <algorithm>
#include <iterator>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

constexpr std::size_t gtin_digits = 14;
constexpr std::size_t zeros_lost_from = 9;  // fewer digits are another form of number

std::string without(std::string_view text, std::string_view signs) {
  std::string kept;
  for (const char c : text)
    if (signs.find(c) == std::string_view::npos) kept += c;
  return kept;
}

/// "7.03801E+12": what is gone is not to be guessed.
bool is_rounded(std::string_view code) {
  const auto e = code.find_first_of("eE");
  return e != std::string_view::npos && e > 0 && is_digit(code[0]) &&
         code.substr(0, e).find_first_not_of("0123456789.,") == std::string_view::npos &&
         code.substr(e + 1).find_first_not_of("+0123456789") == std::string_view::npos &&
         e + 1 < code.size() && code.find('+') != std::string_view::npos;
}

/// Whether `sign` parts thousands: one to three digits before the first, three behind the last, and
/// three between two, or two everywhere, as India writes lakhs: 1,23,456.
bool parts_thousands(std::string_view whole, char sign) {
  std::vector<std::size_t> groups{0};
  for (const char c : whole) {
    if (is_digit(c))
      ++groups.back();
    else if (c == sign)
      groups.push_back(0);
    else
      return false;
  }
  if (groups.size() == 1) return true;
  if (groups.front() == 0 || groups.back() != 3) return false;
  const std::size_t between = groups.size() > 2 ? groups[1] : 3;
  if (between != 2 && between != 3) return false;
  return groups.front() <= between &&
         std::all_of(groups.begin() + 1, groups.end() - 1,
                     [&](std::size_t each) { return each == between; });
}

Error misplaced_sign(char sign) {
  const bool comma = sign == ',';
  return {Failure::bad_input, "price.decimal",
          comma ? "A price with a comma where a point is expected"
                : "A price with a point where a comma is expected",
          "", comma ? "Write decimal = \",\" in the map" : "Write decimal = \".\" in the map"};
}

bool is_worded(std::string_view code) {
  const auto is_letter = [](char c) { return is_upper(c) || is_lower(c); };
  return std::ranges::any_of(code, is_letter) &&
         std::ranges::any_of(code, [](char c) { return is_digit(c); }) && !is_rounded(code);
}

/// A part of a cell without a comma and the like, and with a word in it.
void add_worded(std::string_view part, LabelCodes& codes) {
  LabelCodes apart;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t end = std::min(part.find(' ', at), part.size());
    const std::string_view code = part.substr(at, end - at);
    at = end + 1;
    if (is_worded(code)) {
      apart.worded.emplace_back(code);
    } else if (gtin_of(code).ok()) {
      apart.numbers.emplace_back(code);
    } else if (!code.empty()) {
      codes.worded.emplace_back(part);  // "ABC 1234" is one
      return;
    }
  }
  std::ranges::move(apart.numbers, std::back_inserter(codes.numbers));
  std::ranges::move(apart.worded, std::back_inserter(codes.worded));
}

}  // namespace

std::vector<std::string> codes_in(std::string_view cell) {
  // A number that is printed in groups has its check digit only as a whole.
  const std::string whole = without(cell, " -");
  if (cell.find(' ') != std::string_view::npos && is_all_digits(whole) && whole.size() >= 8 &&
      Gtin::from_label(whole).ok())
    return {whole};
  std::vector<std::string> codes;
  constexpr std::string_view between = " ,;|\n";
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t end = std::min(cell.find_first_of(between, at), cell.size());
    std::string code = without(cell.substr(at, end - at), "-");
    // "7,03801E+12" is one number of a spreadsheet with a decimal comma.
    if (end < cell.size() && cell[end] == ',' && is_rounded(cell.substr(at))) {
      codes.emplace_back(cell.substr(at));
      return codes;
    }
    if (!code.empty() && std::ranges::find(codes, code) == codes.end())
      codes.push_back(std::move(code));
    at = end + 1;
  }
  return codes;
}

LabelCodes label_codes_in(std::string_view cell) {
  LabelCodes codes;
  for (std::size_t at = 0; at < cell.size();) {
    // A comma in a rounded number parts nothing.
    const std::size_t end = is_rounded(cell.substr(at))
                                ? cell.size()
                                : std::min(cell.find_first_of(",;|\n", at), cell.size());
    const std::string part = tidied(cell.substr(at, end - at));
    at = end + 1;
    if (is_worded(part))
      add_worded(part, codes);
    else
      std::ranges::move(codes_in(part), std::back_inserter(codes.numbers));
  }
  return codes;
}

Result<Gtin> gtin_of(std::string_view code) {
  if (code.starts_with('\'')) code.remove_prefix(1);
  if (is_rounded(code))
    return Error{Failure::bad_input, "gtin.rounded", "A spreadsheet has rounded this number", "",
                 "Export it anew, and give the column the format Text before saving"};
  if (code.ends_with(".0")) code.remove_suffix(2);
  auto plain = Gtin::from_label(code);
  const bool short_of_zeros =
      code.size() >= zeros_lost_from && code.size() < gtin_digits && is_all_digits(code);
  if (plain.ok() || !short_of_zeros) return plain;
  auto whole = Gtin::parse(std::string(gtin_digits - code.size(), '0').append(code));
  return whole.ok() ? whole : plain;
}

Result<std::string> price_text(std::string_view cell, char decimal) {
  const char thousands = decimal == '.' ? ',' : '.';
  const auto from = cell.find_first_of("0123456789.,-");
  const auto to = cell.find_last_of("0123456789");
  if (from == std::string_view::npos || to == std::string_view::npos || to < from)
    return std::string(cell);  // parse_unit_price() says what is wrong
  std::string number = without(cell.substr(from, to - from + 1), " '");
  // "kr. 49.90": the sign belongs to the word.
  while (number.size() > 1 && (number[0] == '.' || number[0] == ',') && from > 0)
    number.erase(0, 1);
  const auto point = std::min(number.find(decimal), number.size());
  const std::string_view whole = std::string_view(number).substr(
      number.starts_with('-') ? 1 : 0, point - (number.starts_with('-') ? 1 : 0));
  const bool misplaced = number.find(thousands, point) != std::string::npos ||
                         !parts_thousands(without(whole, ""), thousands);
  if (number.find(thousands) != std::string::npos && misplaced) return misplaced_sign(thousands);
  std::string text = without(number, std::string_view(&thousands, 1));
  std::ranges::replace(text, decimal, '.');
  return text;
}

std::string percent_text(std::string_view cell) {
  std::vector<std::string> numbers;
  for (std::size_t at = 0; at < cell.size();) {
    at = std::min(cell.find_first_of("0123456789", at), cell.size());
    const std::size_t end = std::min(cell.find_first_not_of("0123456789.,", at), cell.size());
    if (end > at) numbers.emplace_back(cell.substr(at, end - at));
    at = end;
  }
  if (numbers.size() != 1) return {};
  std::string number = std::move(numbers.front());
  std::ranges::replace(number, ',', '.');
  while (number.ends_with('.')) number.pop_back();
  return number;
}

}  // namespace keepsake

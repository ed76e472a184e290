#include "storage/domain/warranty/serial_rule.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <vector>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

constexpr std::string_view imei = "imei";
constexpr std::string_view vin = "vin";
constexpr std::string_view with_check = " luhn";
constexpr std::string_view separators = " -./";
constexpr char digit_sign = '#';
constexpr char letter_sign = '@';
constexpr char either_sign = '?';
constexpr std::size_t shortest_serial = 3;

// 3GPP TS 23.003, 6.2: type and serial, then a check digit (IMEI) or the software's version (IMEISV).
constexpr std::size_t imei_body = 14;
constexpr std::size_t imei_digits = imei_body + 1;
constexpr std::size_t imeisv_digits = imei_body + 2;
constexpr std::size_t imei_and_version = imei_digits + 2;  // as phones show it: 352099001761481/01
constexpr std::string_view imei_element = "8002";          // GS1 General Specifications, AI (8002)

// ISO 3779; where it is required, the check digit is that of 49 CFR 565.15 (c).
constexpr std::size_t vin_length = 17;
constexpr std::size_t vin_check_at = 8;
constexpr int vin_modulus = 11;
constexpr std::array<int, vin_length> vin_weights{8, 7, 6, 5, 4, 3, 2, 10, 0,
                                                  9, 8, 7, 6, 5, 4, 3, 2};
constexpr std::array<std::string_view, 7> rule_errors{
    "serial.imei",      "serial.imei-check", "serial.vin",        "serial.vin-letters",
    "serial.vin-check", "serial.pattern",    "serial.check-digit"};
/// Of A to Z; 0: I, O and Q, which no VIN has.
constexpr std::array<int, 26> vin_values{1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4,
                                         5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9};

Error unfit(const char* code, const char* what, const char* remedy) {
  return {Failure::bad_input, code, what, "", remedy};
}

Error no_rule() {
  return {
      Failure::bad_input, "serial.rule", "Not a rule for serial numbers", "",
      "Write imei, vin, or a pattern: # is a digit, @ a letter, ? either, {4,6} how many of the "
      "sign before, | between alternatives, and luhn behind it where a check digit ends them"};
}

int value_of(char digit) { return digit - '0'; }

/// ISO/IEC 7812-1, annex B, of the digits in it: the last is their check digit.
bool ends_in_luhn(std::string_view serial) {
  int sum = 0;
  bool twice = false;
  for (std::size_t i = serial.size(); i-- > 0;) {
    if (!is_digit(serial[i])) continue;
    const int value = value_of(serial[i]) * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
    twice = !twice;
  }
  return sum % 10 == 0;
}

std::string with_luhn(std::string_view body) {
  std::string serial(body);
  serial += '0';
  while (!ends_in_luhn(serial)) ++serial.back();
  return serial;
}

bool is_nought(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

Result<std::string> by_imei(std::string_view serial) {
  if (serial.size() == imei_element.size() + imei_digits && serial.starts_with(imei_element))
    serial.remove_prefix(imei_element.size());
  const bool digits = is_all_digits(serial) && !is_nought(serial.substr(0, imei_digits));
  if (auto other = imei_in(serial); digits && other) return *std::move(other);
  if (!digits || (serial.size() != imei_digits && serial.size() != imei_and_version))
    return unfit("serial.imei", "An IMEI has 15 digits", "Dial *#06# on the phone to see it");
  serial = serial.substr(0, imei_digits);
  if (!ends_in_luhn(serial))
    return unfit("serial.imei-check", "A digit of the IMEI is wrong: its check digit differs",
                 "Compare it digit by digit");
  return std::string(serial);
}

int vin_value(char sign) {
  return is_digit(sign) ? value_of(sign) : vin_values.at(static_cast<std::size_t>(sign - 'A'));
}

bool has_vin_check(std::string_view serial) {
  int sum = 0;
  for (std::size_t i = 0; i < vin_length; ++i) sum += vin_weights.at(i) * vin_value(serial[i]);
  const int rest = sum % vin_modulus;
  return serial[vin_check_at] == (rest == 10 ? 'X' : static_cast<char>('0' + rest));
}

/// ISO 3780: the first sign is the part of the world; 1 to 5 are North America, whose law asks for the
/// check digit.
bool must_have_vin_check(std::string_view serial) { return serial[0] >= '1' && serial[0] <= '5'; }

Result<std::string> by_vin(const std::string& serial) {
  if (serial.size() != vin_length || is_nought(serial))
    return unfit("serial.vin", "A VIN has 17 letters and digits", "Read it again on the vehicle");
  if (serial.find_first_of("IOQ") != std::string::npos)
    return unfit("serial.vin-letters", "A VIN has no I, O or Q", "Write 1 for I and 0 for O or Q");
  if (must_have_vin_check(serial) && !has_vin_check(serial))
    return unfit("serial.vin-check", "A sign of the VIN is wrong: its check digit differs",
                 "Compare it sign by sign");
  return serial;
}

// ---- Patterns. Matched by the set of places that are reached: a pattern can make nobody wait. ----

/// One sign of a serial.
struct Unit {
  char sign = 0;
  bool optional = false;
};
using Units = std::vector<Unit>;

struct Pattern {
  std::vector<Units> alternatives;
  bool checked = false;
};

/// "{4}" or "{4,6}" at the front of `rest`, which loses it. {0, 0}: it is none.
struct Count {
  std::size_t least = 1;
  std::size_t most = 1;
};
Count count_at(std::string_view& rest) {
  if (!rest.starts_with('{')) return {};
  const std::size_t end = rest.find('}');
  if (end == std::string_view::npos) return {0, 0};
  const std::string_view inside = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  Count count;
  const char* const last = inside.data() + inside.size();
  auto [at, failed] = std::from_chars(inside.data(), last, count.least);
  if (failed != std::errc{}) return {0, 0};
  count.most = count.least;
  if (at != last && *at == ',') {
    const auto [behind, wrong] = std::from_chars(at + 1, last, count.most);
    if (wrong != std::errc{}) return {0, 0};
    at = behind;
  }
  const bool sane = at == last && count.least > 0 && count.least <= count.most &&
                    count.most <= limits::code_bytes;
  return sane ? count : Count{0, 0};
}

bool is_wild(char sign) { return sign == digit_sign || sign == letter_sign || sign == either_sign; }

/// Of one alternative; empty: it is none.
Units units_of(std::string_view text) {
  Units units;
  bool wild = false;
  while (!text.empty()) {
    const char sign = text.front();
    text.remove_prefix(1);
    if (!is_wild(sign) && !is_upper(sign) && !is_digit(sign)) return {};
    wild = wild || is_wild(sign);
    const Count count = count_at(text);
    if (count.most == 0 || units.size() + count.most > limits::code_bytes) return {};
    units.insert(units.end(), count.least, {sign, false});
    units.insert(units.end(), count.most - count.least, {sign, true});
  }
  if (!wild || units.size() < shortest_serial) return {};
  return units;
}

/// nullopt: it is none.
std::optional<Pattern> pattern_of(std::string_view text) {
  Pattern pattern;
  if (text.ends_with(with_check)) {
    pattern.checked = true;
    text.remove_suffix(with_check.size());
  }
  for (bool more = true; more;) {
    const std::size_t end = std::min(text.find('|'), text.size());
    more = end < text.size();
    Units units = units_of(text.substr(0, end));
    if (units.empty() || (pattern.checked && units.back().sign != digit_sign)) return std::nullopt;
    pattern.alternatives.push_back(std::move(units));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pattern;
}

bool is(char sign, char of) {
  if (sign == digit_sign) return is_digit(of);
  if (sign == letter_sign) return is_upper(of);
  return sign == either_sign || sign == of;
}

bool matches(const Units& units, std::string_view serial) {
  using Places = std::bitset<limits::code_bytes + 1>;
  const auto pass_over = [&](Places& reached) {
    for (std::size_t i = 0; i < units.size(); ++i)
      if (reached[i] && units[i].optional) reached.set(i + 1);
  };
  Places reached;
  reached.set(0);
  pass_over(reached);
  for (const char sign : serial) {
    Places next;
    for (std::size_t i = 0; i < units.size(); ++i)
      if (reached[i] && is(units[i].sign, sign)) next.set(i + 1);
    pass_over(next);
    reached = next;
  }
  return reached[units.size()];
}

Result<std::string> by_pattern(const std::string& text, std::string serial) {
  const auto pattern = pattern_of(text);
  const bool fits = pattern && std::ranges::any_of(pattern->alternatives, [&](const Units& each) {
                      return matches(each, serial);
                    });
  if (!fits) {
    Error error = unfit("serial.pattern", "The serial number is not one of this article's",
                        "Compare it letter by letter with the item");
    error.where = text;
    return error;
  }
  if (pattern->checked && !ends_in_luhn(serial))
    return unfit("serial.check-digit",
                 "A digit of the serial number is wrong: its check digit differs",
                 "Compare it digit by digit");
  return serial;
}

std::string canonical(std::string_view written) {
  std::string text = tidied(written);
  for (char& each : text) each = to_lower(each);
  if (text == imei || text == vin) return text;
  const bool checked = text.ends_with(with_check);
  if (checked) text.resize(text.size() - with_check.size());
  std::erase_if(text, [](char each) { return separators.find(each) != std::string_view::npos; });
  for (char& each : text) each = to_upper(each);
  return checked ? text.append(with_check) : text;
}

}  // namespace

Result<SerialRule> parse_serial_rule(std::string_view text) {
  if (text.size() > limits::name_bytes) return no_rule();
  SerialRule rule{canonical(text)};
  if (auto ok = check(rule); !ok) return ok.error();
  return rule;
}

Result<Done> check(const SerialRule& rule) {
  const bool known = rule.none() || rule.text == imei || rule.text == vin ||
                     (rule.text.size() <= limits::name_bytes && canonical(rule.text) == rule.text &&
                      pattern_of(rule.text));
  if (!known) return no_rule();
  return Done{};
}

Result<std::string> serial_by(const SerialRule& rule, std::string_view typed) {
  auto serial = normalise_serial(typed);
  if (!serial || rule.none()) return serial;
  if (rule.text == imei) return by_imei(*serial);
  if (rule.text == vin) return by_vin(*serial);
  return by_pattern(rule.text, *std::move(serial));
}

Result<PlateRead> read_plate(const SerialRule& rule, std::string_view typed, Plate plate) {
  auto serial = serial_by(rule, typed);
  if (serial) return PlateRead{*std::move(serial), false};
  if (plate == Plate::by_rule || !is_of_rule(serial.error())) return serial.error();
  auto as_it_is = normalise_serial(typed);
  if (!as_it_is) return as_it_is.error();
  return PlateRead{*std::move(as_it_is), true};
}

bool is_of_rule(const Error& error) {
  return std::ranges::find(rule_errors, error.code) != rule_errors.end();
}

bool is_unproven(const SerialRule& rule, const std::string& serial) {
  return rule.text == vin && by_vin(serial).ok() && !has_vin_check(serial);
}

std::optional<std::string> imei_in(std::string_view serial) {
  const bool is_one = serial.size() == imei_body || serial.size() == imeisv_digits;
  if (!is_one || !is_all_digits(serial) || is_nought(serial.substr(0, imei_body)))
    return std::nullopt;
  return with_luhn(serial.substr(0, imei_body));
}

}  // namespace keepsake

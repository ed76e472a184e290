#include "storage/domain/sale/gtin.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

Error bad(const char* code, const char* what, const char* remedy) {
  return {Failure::bad_input, code, what, "", remedy};
}

/// The UPC-A that a UPC-E stands for, without its check digit (GS1 General Specifications 5.2.2.4.2):
/// `six` are the digits between the number system and the check digit.
std::string expanded(char system, std::string_view six) {
  const char last = six[5];
  std::string body(1, system);
  if (last <= '2')
    body.append(six, 0, 2).append(1, last).append("0000").append(six, 2, 3);
  else if (last == '3')
    body.append(six, 0, 3).append("00000").append(six, 3, 2);
  else if (last == '4')
    body.append(six, 0, 4).append("00000").append(six, 4, 1);
  else
    body.append(six, 0, 5).append("0000").append(1, last);
  return body;
}

char check_digit(std::string_view body) {
  int sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i)
    sum += (body[body.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// Of a UPC-E's number system and six digits: the whole UPC-A.
std::string upc_a_of(char system, std::string_view six) {
  const std::string body = expanded(system, six);
  return body + check_digit(body);
}

bool is_upc_e_system(char c) { return c == '0' || c == '1'; }

/// Each text of digits that it may stand for.
std::vector<std::string> spelled_out(std::string_view digits) {
  if (digits.size() == 6) return {upc_a_of('0', digits)};
  std::vector<std::string> texts;
  if (digits.size() == 7) {
    if (is_upc_e_system(digits[0])) texts.push_back(upc_a_of(digits[0], digits.substr(1)));
    std::string checked = upc_a_of('0', digits.substr(0, 6));
    if (checked.back() == digits[6]) texts.push_back(std::move(checked));
    return texts;
  }
  texts.emplace_back(digits);
  if (digits.size() != 8 || !is_upc_e_system(digits[0])) return texts;
  std::string upc_a = upc_a_of(digits[0], digits.substr(1, 6));
  if (upc_a.back() == digits[7]) texts.push_back(std::move(upc_a));
  return texts;
}

}  // namespace

std::vector<Gtin> Gtin::readings(std::string_view digits) {
  std::vector<Gtin> found;
  if (digits.size() < 6 || !is_all_digits(digits)) return found;
  for (const std::string& text : spelled_out(digits))
    if (auto gtin = parse(text); gtin.ok() && std::ranges::find(found, *gtin) == found.end())
      found.push_back(*std::move(gtin));
  return found;
}

Result<Gtin> Gtin::from_label(std::string_view digits) {
  auto plain = parse(digits);
  if (plain.ok() || digits.size() != 8) return plain;
  auto upc_e = readings(digits);
  if (upc_e.empty()) return plain;
  return std::move(upc_e.front());
}

Result<Gtin> Gtin::parse(std::string_view digits) {
  if (digits.size() != 8 && (digits.size() < 12 || digits.size() > 14))
    return bad("gtin.length", "An article number must have 8, 12, 13 or 14 digits",
               "Scan it again or type every digit");
  if (!is_all_digits(digits))
    return bad("gtin.digits", "An article number must have digits only", "Type the digits only");
  Gtin gtin;
  gtin.digits_ = std::string(14 - digits.size(), '0').append(digits);
  // In 14 places the weight 3 falls on the even indexes whatever the printed length was.
  int sum = 0;
  for (std::size_t i = 0; i < 14; ++i) sum += (gtin.digits_[i] - '0') * (i % 2 == 0 ? 3 : 1);
  if (sum % 10 != 0)
    return bad("gtin.check-digit", "The article number was misread: the check digit is wrong",
               "Scan it again or compare it with the label");
  return gtin;
}

std::string Gtin::shortest() const {
  const std::size_t zeros = std::min(digits_.find_first_not_of('0'), digits_.size());
  if (zeros >= 6) return digits_.substr(6);
  if (zeros >= 2) return digits_.substr(2);
  return digits_.substr(zeros);
}

}  // namespace keepsake

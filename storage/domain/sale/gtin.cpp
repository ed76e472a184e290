#include "storage/domain/sale/gtin.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"

namespace keepsake {
namespace {

Error bad(const char* code, const char* what, const char* remedy) {
  return {Failure::bad_input, code, what, "", remedy};
}

}  // namespace

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

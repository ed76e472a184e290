#include "storage/domain/customer/customer.hpp"

#include <algorithm>

#include "storage/domain/customer/email.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

/// The first letter of `word` with its combining marks.
std::string_view initial(std::string_view word) {
  std::string_view rest = word;
  take_code_point(rest);
  while (!rest.empty()) {
    std::string_view after = rest;
    const char32_t mark = take_code_point(after);
    if (mark < 0x300 || mark > 0x36F) break;
    rest = after;
  }
  return word.substr(0, word.size() - rest.size());
}

}  // namespace

Result<Done> check(const Profile& profile) {
  using enum Presence;
  if (auto ok = check_texts({{profile.name, limits::name_bytes, optional, "name"},
                             {profile.address, limits::text_bytes, optional, "address"},
                             {profile.card, limits::code_bytes, optional, "card"}});
      !ok)
    return ok;
  if (!profile.phone.empty() && !is_e164(profile.phone))
    return Error{Failure::bad_input, "phone.syntax", "Not a phone number", "phone",
                 "Type digits only, or + and the country code"};
  if (!profile.email.empty()) {
    const auto normal = normalise_email(profile.email);
    if (!normal || *normal != profile.email)
      return Error{Failure::bad_input, "email.syntax", "Not an e-mail address", "email",
                   "Write it as name@example.com"};
  }
  if (profile.birthday &&
      (!profile.birthday->ok() || profile.birthday->year() < std::chrono::year(1880)))
    return Error{Failure::bad_input, "birthday.range", "Not a valid date of birth", "birthday",
                 "Correct the date"};
  return Done{};
}

std::string masked_name(std::string_view name) {
  name = trimmed(name, " ");
  const std::size_t first_end = std::min(name.find(' '), name.size());
  std::string masked(name.substr(0, first_end));
  if (first_end < name.size()) {
    const std::string_view last = name.substr(name.rfind(' ') + 1);
    masked += " " + std::string(initial(last)) + ".";
  }
  return masked;
}

std::string masked_phone(std::string_view e164) {
  if (e164.empty()) return {};
  std::string masked = "••••";
  // Of a number that short, four digits would be nearly all.
  if (e164.size() >= 8) masked += " " + std::string(e164.substr(e164.size() - 4));
  return masked;
}

std::string label_of(const CustomerRef& ref, std::string_view name, std::string_view card,
                     std::string_view origin) {
  if (!name.empty()) return masked_name(name);
  if (!card.empty()) return std::string(card);
  if (!origin.empty()) return std::string(origin);
  return to_hex(ref).substr(0, 8);
}

}  // namespace keepsake

#include "storage/domain/customer/customer.hpp"

#include <algorithm>

#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

constexpr std::size_t email_bytes = 254;  // RFC 5321 4.5.3.1.3, without the angle brackets
constexpr std::size_t email_local_bytes = 64;
constexpr std::size_t phone_bytes_typed = 64;  // 15 digits and generous punctuation

Error bad_phone() {
  return {Failure::bad_input, "phone.syntax", "Not a phone number", "",
          "Type digits only, or + and the country code"};
}

Error bad_email() {
  return {Failure::bad_input, "email.syntax", "Not an e-mail address", "",
          "Write it as name@example.com"};
}

/// '+' and 8 to 15 digits, the first not 0 (ITU-T E.164).
bool is_e164(std::string_view phone) {
  return phone.size() >= 9 && phone.size() <= 16 && phone[0] == '+' && phone[1] != '0' &&
         is_all_digits(phone.substr(1));
}

/// Digits with a leading '+' if there was one; what people put between them is dropped.
Result<std::string> bare_number(std::string_view typed) {
  if (typed.size() > phone_bytes_typed) return bad_phone();
  std::string bare;
  if (const auto optional_trunk = typed.find("(0)");
      optional_trunk != std::string_view::npos && typed.find('+') < optional_trunk)
    return bare_number(
        std::string(typed.substr(0, optional_trunk)).append(typed.substr(optional_trunk + 3)));
  while (!typed.empty()) {
    const char32_t c = take_code_point(typed);
    const bool filler = c == U' ' || c == U'\u00A0' || c == U'\u202F' || c == U'-' ||
                        c == U'\u2011' || c == U'.' || c == U'/' || c == U'(' || c == U')';
    if (filler) continue;
    if (!is_digit(c) && !(c == U'+' && bare.empty())) return bad_phone();
    bare += static_cast<char>(c);
  }
  return bare;
}

bool is_domain_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
    return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    // Bytes above 127 are letters of internationalised names.
    return is_digit(c) || is_lower(c) || c == '-' || static_cast<unsigned char>(c) > 127;
  });
}

bool is_domain(std::string_view domain) {
  std::size_t labels = 0;
  for (std::size_t begin = 0; begin <= domain.size(); ++labels) {
    const std::size_t end = std::min(domain.find('.', begin), domain.size());
    if (!is_domain_label(domain.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return labels >= 2;
}

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

Result<std::string> normalise_phone(std::string_view typed, std::string_view calling_code,
                                    std::string_view trunk_prefix) {
  auto bare = bare_number(typed);
  if (!bare) return bare;
  std::string phone;
  if (bare->starts_with('+')) {
    phone = *bare;
  } else if (bare->starts_with("00")) {
    phone = "+" + bare->substr(2);
  } else {
    const bool trunk = !trunk_prefix.empty() && bare->starts_with(trunk_prefix);
    phone = std::string(calling_code) + bare->substr(trunk ? trunk_prefix.size() : 0);
  }
  if (!is_e164(phone)) return bad_phone();
  return phone;
}

Result<std::string> normalise_email(std::string_view typed) {
  const std::string_view text = trimmed(typed, " ");
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > email_local_bytes ||
      text.size() > email_bytes || text.find('@', at + 1) != std::string_view::npos ||
      text.find(' ') != std::string_view::npos || !is_printable(text))
    return bad_email();
  std::string email(text);
  std::transform(email.begin() + static_cast<std::ptrdiff_t>(at), email.end(),
                 email.begin() + static_cast<std::ptrdiff_t>(at), [](char c) {
                   return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
                 });
  if (!is_domain(std::string_view(email).substr(at + 1))) return bad_email();
  return email;
}

Result<Done> check(const Profile& profile) {
  using enum Presence;
  if (auto ok = check_texts({{profile.name, limits::name_bytes, optional, "name"},
                             {profile.address, limits::text_bytes, optional, "address"},
                             {profile.card, limits::code_bytes, optional, "card"}});
      !ok)
    return ok;
  if (!profile.phone.empty() && !is_e164(profile.phone)) {
    Error error = bad_phone();
    error.where = "phone";
    return error;
  }
  if (!profile.email.empty()) {
    auto normal = normalise_email(profile.email);
    if (!normal || *normal != profile.email) {
      Error error = bad_email();
      error.where = "email";
      return error;
    }
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

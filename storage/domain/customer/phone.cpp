#include "storage/domain/customer/phone.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <phonenumbers/phonenumberutil.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>

#include "storage/domain/customer/calling_code.hpp"
#include "storage/domain/values/ascii.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t phone_bytes_typed = 120;  // 15 digits, generous punctuation, an extension

const PhoneNumberUtil& plans() { return *PhoneNumberUtil::GetInstance(); }

Error no_phone() {
  return {Failure::bad_input, "phone.syntax", "Not a phone number", "",
          "Type digits only, or + and the country code"};
}

Error unknown_phone() {
  return {Failure::bad_input, "phone.unknown", "Nobody can have this phone number", "",
          "Check the digits, and begin with + and the country code if it is from abroad"};
}

std::string region_of(std::string_view calling_code, std::string_view country) {
  if (calling_code.starts_with('+')) calling_code.remove_prefix(1);
  int code = 0;
  std::from_chars(calling_code.data(), calling_code.data() + calling_code.size(), code);
  const std::string named(country);
  const int codes = plans().GetCountryCodeForRegion(named);
  if (codes != 0 && (code == 0 || codes == code)) return named;
  std::string region;
  plans().GetRegionCodeForCountryCode(code, &region);
  return region;
}

/// Letters behind the first digit make it something else than a number ("91234abc"), though
/// advertisements in some countries spell numbers so.
bool has_letters_within(std::string_view text) {
  bool digits = false;
  while (!text.empty()) {
    const auto point = static_cast<UChar32>(take_code_point(text));
    if (u_isdigit(point)) digits = true;
    if (digits && u_isalpha(point)) return true;
  }
  return false;
}

bool has_digit(std::string_view text) {
  while (!text.empty())
    if (u_isdigit(static_cast<UChar32>(take_code_point(text)))) return true;
  return false;
}

std::string e164_of(const PhoneNumber& number) {
  std::string text;
  plans().Format(number, PhoneNumberUtil::E164, &text);
  return text;
}

Result<std::string> read(const std::string& text, const std::string& region) {
  PhoneNumber number;
  if (plans().Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return no_phone();
  if (!number.has_extension() && has_letters_within(text)) return no_phone();
  const std::string phone = e164_of(number);
  if (plans().IsValidNumber(number) && is_e164(phone)) return phone;
  const bool possible = plans().IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE;
  return possible ? unknown_phone() : no_phone();
}

/// "+47" of "+4791234417".
std::string_view code_of(std::string_view e164) {
  return e164.substr(0, e164.size() - national_part(e164).size());
}

std::string folded(std::string_view name) {
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(tidied(name));
  text.foldCase();
  std::string out;
  return text.toUTF8String(out);
}

std::map<std::string, std::string, std::less<>> named_countries() {
  std::map<std::string, std::string, std::less<>> named;
  const auto put = [&](const icu::Locale& country, const icu::Locale& language) {
    icu::UnicodeString name;
    country.getDisplayCountry(language, name);
    std::string text;
    named.emplace(folded(name.toUTF8String(text)), country.getCountry());
  };
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    const icu::Locale country("", *code);
    named.emplace(folded(*code), *code);
    named.emplace(folded(country.getISO3Country()), *code);
    for (const char* language : {"en", "nb", "nl", "uk", "id", "fil"})
      put(country, icu::Locale(language));
    icu::Locale own = icu::Locale::createFromName((std::string("und_") + *code).c_str());
    UErrorCode status = U_ZERO_ERROR;
    own.addLikelySubtags(status);
    if (U_SUCCESS(status)) put(country, own);
  }
  return named;
}

}  // namespace

bool is_e164(std::string_view phone) {
  return phone.size() >= 9 && phone.size() <= 16 && phone[0] == '+' && phone[1] != '0' &&
         is_all_digits(phone.substr(1));
}

Result<std::string> normalise_phone(std::string_view typed, std::string_view calling_code,
                                    std::string_view country) {
  if (typed.size() > phone_bytes_typed) return no_phone();
  const std::string text = tidied(typed);
  if (!has_digit(text)) return no_phone();
  auto phone = read(text, region_of(calling_code, country));
  // 00 is understood where the country itself dials otherwise (011 in the United States).
  if (!phone && text.starts_with("00"))
    if (auto abroad = read("+" + text.substr(2), "")) return abroad;
  return phone;
}

std::string comparable_phone(std::string_view e164) {
  const std::string_view code = code_of(e164);
  const std::string_view national = e164.substr(code.size());
  // Only of what was read wrongly: what is sound stays as it is, whatever the plans say next year.
  const bool twice = code.size() > 1 && national.starts_with(code.substr(1));
  const bool zero = national.starts_with('0');
  if (!is_e164(e164) || (!twice && !zero)) return std::string(e164);
  const auto as_it_is = read(std::string(e164), "");
  if (as_it_is) return *as_it_is;
  if (!twice) return std::string(e164);
  const auto once = read("+" + std::string(national), "");
  return once ? *once : std::string(e164);
}

std::vector<std::string> earlier_forms(std::string_view e164) {
  const std::string code(code_of(e164));
  const std::string national(e164.substr(code.size()));
  if (code.size() < 2) return {};
  std::vector<std::string> forms{code + code.substr(1) + national, code + "0" + national};
  std::erase_if(forms, [&](const std::string& form) {
    return !is_e164(form) || comparable_phone(form) != e164;
  });
  return forms;
}

std::string country_named(std::string_view name) {
  static const auto named = named_countries();
  const auto found = named.find(folded(name));
  return found == named.end() ? std::string() : found->second;
}

}  // namespace keepsake

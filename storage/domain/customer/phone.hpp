#pragma once
// Telephone numbers, as the numbering plans of the world have them (libphonenumber).

#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/result.hpp"

namespace keepsake {

/// A number as people write it, in E.164: '+' and 8..15 digits. A number without a country's code
/// is read as those who live in `country` (ISO 3166-1, "NO") dial it; where that country has
/// another code than `calling_code` ("+47"), or is empty, as in the main country of that code. The
/// zero after a country's code, an extension, words before the number and signs that nobody sees
/// are dropped. Failure::bad_input "phone.syntax" for what is no number, "phone.unknown" for one
/// that nobody can have.
Result<std::string> normalise_phone(std::string_view typed, std::string_view calling_code,
                                    std::string_view country);

/// '+' and 8 to 15 digits, the first not 0 (ITU-T E.164): the form, whether or not somebody can
/// have it.
bool is_e164(std::string_view phone);

/// As two numbers are compared: the number that was meant by one that was kept before numbers were
/// checked, with the country's code twice or the zero behind it. Every other is itself.
std::string comparable_phone(std::string_view e164);
/// Under what a number may have been kept before numbers were checked; not the number itself.
std::vector<std::string> earlier_forms(std::string_view e164);

/// The two letters of a country that is named in English ("Norway"), in its own language ("Norge")
/// or by its code of two or three letters, whatever the case; empty: no country.
std::string country_named(std::string_view name);

}  // namespace keepsake

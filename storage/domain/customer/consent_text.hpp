#pragma once
// What people agree to, in the shop's own words. A consent is recorded with the version of the text
// that was on the screen, so a text that people have seen never changes: a new one gets a new
// version, and the old one stays in the settings to be read.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/result.hpp"

namespace keepsake {

struct ConsentText {
  ConsentPurpose purpose = ConsentPurpose::membership;
  std::string version;  ///< as in Consent::wording
  LocalizedText text;   ///< at most consent_text_letters in each language
  bool operator==(const ConsentText&) const = default;
};
inline constexpr std::size_t consent_text_letters = 90;  ///< asked by itself; at joining less

/// "membership", "marketing", "sharing".
std::string_view name_of(ConsentPurpose purpose);
std::optional<ConsentPurpose> parse_consent_purpose(std::string_view name);

/// Of the text that the product brings for shops without one of their own: "marketing-1".
std::string_view product_version(ConsentPurpose purpose);

/// Failure::bad_input "consent.*" naming the purpose and version that is wrong: a version twice or
/// the product's, a text for every language missing, one that is too long.
Result<Done> check(std::span<const ConsentText> texts);

/// The one that is shown now: the last of its purpose. nullptr: the shop has none.
const ConsentText* present_text(std::span<const ConsentText> texts, ConsentPurpose purpose);
const ConsentText* text_of_version(std::span<const ConsentText> texts, ConsentPurpose purpose,
                                   std::string_view version);

}  // namespace keepsake

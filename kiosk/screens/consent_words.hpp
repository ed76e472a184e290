#pragma once
// Consents, languages and channels in the reader's words. What a consent says is versioned: a
// changed text gets a new version in flow::wording_of, and the old one stays readable
// in tests/kiosk/screens/consent_words_test.cpp, which notices.

#include <string>
#include <string_view>

#include "kiosk/locale/locale.hpp"
#include "storage/domain/customer_profile.hpp"

namespace keepsake::screens {

std::string consent_name(const Locale& locale, ConsentPurpose purpose);
/// The text of the present version.
std::string consent_wording(const Locale& locale, ConsentPurpose purpose);
/// "Given 15 March 2021, Lysvik sentrum (marketing-1)"; nullptr: never asked.
std::string consent_state(const Locale& locale, const ConsentState* state);
/// By tag; "Not said" when empty.
std::string language_name(const Locale& locale, std::string_view tag);
/// phone, sms, email, post; "Not said" when empty.
std::string channel_name(const Locale& locale, std::string_view channel);

}  // namespace keepsake::screens

#pragma once
// Consents, languages and channels in the reader's words. The text of a consent has a version, and
// a changed text gets a new one: the shop's in its settings
// (storage/domain/customer/consent_text.hpp), the product's in product_version
// (tests/kiosk/screens/consent_words_test.cpp fails when it is forgotten).

#include <string>
#include <string_view>

#include "kiosk/screens/shared/scene.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake::screens {

std::string consent_name(const Locale& locale, ConsentPurpose purpose);
/// What is agreed to now: the shop's own text, else the product's.
std::string consent_wording(const Scene& scene, ConsentPurpose purpose);
/// What somebody agreed to then; empty: a text that is no longer known here.
std::string consent_wording(const Scene& scene, ConsentPurpose purpose, std::string_view version);
/// The product's text of the present version.
std::string own_consent_wording(const Locale& locale, ConsentPurpose purpose);
/// "Given on 15 March 2021, Lysvik sentrum"; nullptr: not answered yet.
std::string consent_state(const Locale& locale, const ConsentState* state);
/// Over a page: give it, or withdraw it? With the very words that it stands for. Sends Submit or Back.
void consent_dialog(Scene& scene, const CustomerProfile& profile, ConsentPurpose purpose);
/// By tag; "Not set" when empty.
std::string language_name(const Locale& locale, std::string_view tag);
/// phone, sms, email, post; "Not set" when empty.
std::string channel_name(const Locale& locale, std::string_view channel);

}  // namespace keepsake::screens

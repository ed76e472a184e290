#pragma once
// Consents, languages and channels in the reader's words. What a consent says is versioned: a
// changed text gets a new version: the shop's in its settings
// (storage/domain/customer/consent_text.hpp), the product's in product_version, where
// tests/kiosk/screens/consent_words_test.cpp notices.

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
/// "Given 15 March 2021, Lysvik sentrum (marketing-1)"; nullptr: never asked.
std::string consent_state(const Locale& locale, const ConsentState* state);
/// By tag; "Not said" when empty.
std::string language_name(const Locale& locale, std::string_view tag);
/// phone, sms, email, post; "Not said" when empty.
std::string channel_name(const Locale& locale, std::string_view channel);

}  // namespace keepsake::screens

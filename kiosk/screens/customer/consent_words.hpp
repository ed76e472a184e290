#pragma once
// Consents as the screens say them, by the words of storage/locale/customer_words.hpp.

#include <string>
#include <string_view>

#include "kiosk/screens/shared/scene.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/locale/customer_words.hpp"

namespace keepsake::flow {
struct ProfileSeen;
}

namespace keepsake::screens {

/// What is agreed to now: the shop's own text, else the product's.
std::string consent_wording(const Scene& scene, ConsentPurpose purpose);
/// What somebody agreed to then; empty: a text that is no longer known here.
std::string consent_wording(const Scene& scene, ConsentPurpose purpose, std::string_view version);
/// "Given on 15 March 2021, Lysvik sentrum"; nullptr: not answered yet.
std::string consent_state(const Locale& locale, const ConsentState* state);
/// Over a page: give it, or withdraw it? With the very words that it stands for. Sends Submit or Back.
/// Of membership also what becomes of the points.
void consent_dialog(Scene& scene, const flow::ProfileSeen& seen, ConsentPurpose purpose);

}  // namespace keepsake::screens

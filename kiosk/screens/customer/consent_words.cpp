#include "kiosk/screens/customer/consent_words.hpp"

#include "kiosk/flow/customer/state.hpp"

namespace keepsake::screens {

std::string consent_name(const Locale& locale, ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::membership:
      return locale.tr("Membership");
    case ConsentPurpose::marketing:
      return locale.tr("Offers");
    case ConsentPurpose::sharing:
      break;
  }
  return locale.tr("Sharing with partners");
}

std::string consent_wording(const Scene& s, ConsentPurpose purpose) {
  return consent_wording(s, purpose, flow::wording_of(s.context, purpose));
}

std::string consent_wording(const Scene& s, ConsentPurpose purpose, std::string_view version) {
  if (const auto* text = text_of_version(s.context.consent_texts, purpose, version))
    return text->text.in(code_of(s.locale().language()));
  return version == product_version(purpose) ? own_consent_wording(s.locale(), purpose)
                                             : std::string();
}

std::string own_consent_wording(const Locale& locale, ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::membership:
      return locale.tr("Yes, I join. Keep my name and number for it.");
    case ConsentPurpose::marketing:
      return locale.tr("You may send me offers. I can stop this any time.");
    case ConsentPurpose::sharing:
      break;
  }
  return locale.tr("Your partners may have my data too. I can stop this any time.");
}

std::string consent_state(const Locale& locale, const ConsentState* state) {
  if (state == nullptr) return locale.tr("Not answered yet");
  std::string where = locale.date_long(state->last.at.date());
  if (!state->place.empty()) where += ", " + state->place;
  return state->granted ? locale.tr("Given on {when}", {{"when", where}})
                        : locale.tr("No consent since {when}", {{"when", where}});
}

std::string language_name(const Locale& locale, std::string_view tag) {
  if (const auto language = parse_language(tag)) return std::string(native_name(*language));
  return tag.empty() ? locale.tr("Not set") : std::string(tag);
}

std::string channel_name(const Locale& locale, std::string_view channel) {
  if (channel == "phone") return locale.tr("Phone call");
  if (channel == "sms") return locale.tr("Text message");
  if (channel == "email") return locale.tr("E-mail");
  if (channel == "post") return locale.tr("Letter");
  return locale.tr("Not set");
}

void consent_dialog(Scene& s, const CustomerProfile& profile, ConsentPurpose purpose) {
  const ConsentState* now = flow::consent_of(profile, purpose);
  const bool given = now != nullptr && now->granted;
  // Withdrawn is what was agreed to then, which may be an older text.
  std::string text = given ? consent_wording(s, purpose, now->last.wording) : std::string();
  if (text.empty()) text = consent_wording(s, purpose);
  const std::string yes = given ? s.tr("Withdraw") : s.tr("Agree");
  const std::string no = s.tr("Leave as is");
  const int chosen = ui::dialog(
      s.ui, {.title = given ? s.tr("Withdraw this consent?") : s.tr("Agree to this?"),
             .text = text,
             .icon = given ? ui::Icon::question : ui::Icon::info,
             .tone = given ? ui::Tone::soon : ui::Tone::service,
             .choices = {{.id = "confirm.yes",
                          .label = yes,
                          .kind = given ? ui::ButtonKind::danger : ui::ButtonKind::primary},
                         {.id = "confirm.no", .label = no}},
             .escape = 1});
  if (chosen == 0) s.send(flow::Submit{});
  if (chosen == 1) s.send(flow::Back{});
}

}  // namespace keepsake::screens

#include "kiosk/screens/customer/consent_words.hpp"

#include "kiosk/flow/customer/state.hpp"
#include "storage/domain/loyalty/active_programme.hpp"

namespace keepsake::screens {

std::string consent_wording(const Scene& s, ConsentPurpose purpose) {
  return consent_wording(s, purpose, flow::wording_of(s.context, purpose));
}

std::string consent_wording(const Scene& s, ConsentPurpose purpose, std::string_view version) {
  return keepsake::consent_wording(s.locale(), s.context.consent_texts, purpose, version);
}

std::string consent_state(const Locale& locale, const ConsentState* state) {
  if (state == nullptr) return locale.tr("Not answered yet");
  std::string where = locale.date_long(state->last.at.date());
  if (!state->place.empty()) where += ", " + state->place;
  return state->granted ? locale.tr("Given on {when}", {{"when", where}})
                        : locale.tr("No consent since {when}", {{"when", where}});
}

namespace {

/// Said before one confirms: as the owner's terms have it.
std::string points_then(const Scene& s, const flow::ProfileSeen& seen) {
  const Points balance = seen.standing ? seen.standing->overview.balance : seen.view.balance;
  if (balance.hundredths <= 0) return {};
  const std::string points = s.locale().points_words(balance);
  return s.programme().rules.points_at_withdrawal == loyalty::PointsAtWithdrawal::given_up
             ? s.tr("{points} are given up by it, for good.", {{"points", points}})
             : s.tr("{points} are kept until you rejoin or they expire.", {{"points", points}});
}

}  // namespace

void consent_dialog(Scene& s, const flow::ProfileSeen& seen, ConsentPurpose purpose) {
  const CustomerProfile& profile = seen.profile;
  const ConsentState* now = flow::consent_of(profile, purpose);
  const bool given = now != nullptr && now->granted;
  // Withdrawn is what was agreed to then, which may be an older text.
  std::string text = given ? consent_wording(s, purpose, now->last.wording) : std::string();
  if (text.empty()) text = consent_wording(s, purpose);
  if (given && purpose == ConsentPurpose::membership)
    if (const std::string points = points_then(s, seen); !points.empty()) text += "\n" + points;
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

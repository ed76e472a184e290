#include "kiosk/screens/staff/profile_rows.hpp"

#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/customer/consent_words.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"

namespace keepsake::screens {
namespace {

std::string shown_value(const Scene& s, std::string_view field, std::string_view value) {
  if (value.empty()) return s.tr("Not set");
  return value_words(s.locale(), s.context.customer_fields, field, value);
}

ProfileRow field_row(const Scene& s, const CustomerProfile& profile, std::string_view field) {
  return {"field." + std::string(field), field_label(s, field),
          shown_value(s, field, profile.value(field)), ui::Icon::pencil,
          flow::OpenEntry{std::string(field), std::nullopt}};
}

void add_contacts(const Scene& s, const CustomerProfile& profile, ContactKind kind,
                  std::vector<ProfileRow>& rows) {
  const std::string word(name_of(kind));
  const std::string label = field_label(s, word);
  int n = 0;
  for (const Contact& each : profile.contacts) {
    if (each.kind != kind) continue;
    rows.push_back({word + "." + std::to_string(n++), label, each.value, ui::Icon::pencil,
                    flow::OpenEntry{word, each.tag}});
  }
  if (n == 0 || kind == ContactKind::label)
    rows.push_back(
        {"add." + word, label, s.tr("Add"), ui::Icon::plus, flow::OpenEntry{word, std::nullopt}});
}

void add_wallet(const Scene& s, const flow::ProfileSeen& seen, std::vector<ProfileRow>& rows) {
  if (!seen.standing) return;
  const loyalty::Overview& o = seen.standing->overview;
  const bool blocked = o.wallet_state == WalletState::blocked;
  rows.push_back({"wallet", s.tr("Wallet"), wallet_words(s, o), ui::Icon::lock,
                  flow::AskWalletState{}, blocked ? s.tr("Unblock wallet") : s.tr("Block wallet")});
}

std::string level_words(const Scene& s, const loyalty::TierStanding& tier) {
  if (tier.level.empty()) return s.tr("None");
  const std::string name = tier_name(s, tier.level);
  if (!tier.given) return name;
  if (!tier.given->until) return s.tr("{level}, given", {{"level", name}});
  return s.tr("{level}, given until {date}",
              {{"level", name}, {"date", s.locale().date_long(*tier.given->until)}});
}

/// Where the programme has levels, for those who may give one.
void add_level(const Scene& s, const flow::ProfileSeen& seen, std::vector<ProfileRow>& rows) {
  const bool theirs = s.visit.staff && s.visit.staff->manager;
  if (!theirs || !seen.standing || !seen.standing->overview.tier) return;
  rows.push_back({"level", field_label(s, flow::level_field),
                  level_words(s, *seen.standing->overview.tier), ui::Icon::star,
                  flow::OpenEntry{std::string(flow::level_field), std::nullopt},
                  s.tr("Give a level")});
}

void add_consents(const Scene& s, const CustomerProfile& profile, std::vector<ProfileRow>& rows) {
  using Named = std::pair<const char*, ConsentPurpose>;
  for (const auto& [id, purpose] : {Named{"consent.membership", ConsentPurpose::membership},
                                    Named{"consent.marketing", ConsentPurpose::marketing},
                                    Named{"consent.sharing", ConsentPurpose::sharing}})
    rows.push_back({id, consent_name(s.locale(), purpose),
                    consent_state(s.locale(), flow::consent_of(profile, purpose)), ui::Icon::pencil,
                    flow::AskConsent{purpose}});
}

}  // namespace

std::string field_label(const Scene& s, std::string_view field) {
  if (field == flow::note_field) return s.tr("Note");
  if (field == flow::pin_field) return s.tr("Member’s PIN");
  if (field == flow::level_field) return s.tr("Level");
  return keepsake::field_label(s.locale(), s.context.customer_fields, field);
}

std::vector<ValueChoice> choices_of(const Scene& s, std::string_view field) {
  std::vector<ValueChoice> choices;
  if (field == flow::level_field) {
    for (const loyalty::TierLevel& each : s.programme().rules.tiers.levels)
      choices.push_back({each.id, tier_name(s, each.id)});
  } else if (field == customer_field::language) {
    for (const Language each : all_languages)
      choices.push_back({std::string(code_of(each)), std::string(native_name(each))});
  } else if (field == customer_field::channel) {
    for (const std::string_view each : {"phone", "sms", "email", "post"})
      choices.push_back({std::string(each), channel_name(s.locale(), each)});
  } else if (field == customer_field::do_not_contact) {
    choices = {{"yes", s.tr("Do not contact")}, {"no", s.tr("May contact")}};
  } else if (const CustomerField* own = declared(s.context.customer_fields, field)) {
    if (own->kind == FieldKind::yes_no) choices = {{"yes", s.tr("Yes")}, {"no", s.tr("No")}};
    if (own->kind == FieldKind::choice)
      for (const std::string& each : own->choices) choices.push_back({each, each});
  }
  return choices;
}

std::vector<ProfileRow> profile_rows(const Scene& s, const flow::CustomerPage& page) {
  const CustomerProfile& profile = page.seen->profile;
  std::vector<ProfileRow> rows;
  rows.push_back(field_row(s, profile, customer_field::name));
  add_contacts(s, profile, ContactKind::phone, rows);
  add_contacts(s, profile, ContactKind::email, rows);
  add_contacts(s, profile, ContactKind::address, rows);
  add_contacts(s, profile, ContactKind::card, rows);
  add_contacts(s, profile, ContactKind::key_fob, rows);
  rows.push_back({"pin", field_label(s, flow::pin_field),
                  page.seen->has_pin ? s.tr("Set") : s.tr("Not set"), ui::Icon::lock,
                  flow::OpenEntry{std::string(flow::pin_field), std::nullopt}});
  add_level(s, *page.seen, rows);
  add_wallet(s, *page.seen, rows);
  for (const std::string_view about :
       {customer_field::birthday, customer_field::gender, customer_field::postcode,
        customer_field::household, customer_field::heard_from})
    rows.push_back(field_row(s, profile, about));
  for (const CustomerField& own : s.context.customer_fields) {
    const bool theirs = s.visit.staff && s.visit.staff->manager;
    if (own.seen_by == SeenBy::managers && !theirs) continue;
    rows.push_back(field_row(s, profile, std::string(customer_field::custom) + own.key));
  }
  add_contacts(s, profile, ContactKind::label, rows);
  rows.push_back(field_row(s, profile, customer_field::language));
  rows.push_back(field_row(s, profile, customer_field::channel));
  ProfileRow quiet = field_row(s, profile, customer_field::do_not_contact);
  if (profile.value(customer_field::do_not_contact).empty()) quiet.value = s.tr("May contact");
  rows.push_back(std::move(quiet));
  add_consents(s, profile, rows);
  add_files(s, *page.seen, rows);
  for (const MergeRecord& merge : page.seen->merges) {
    if (merge.undone) continue;
    rows.push_back({"merge." + to_hex(merge.fact), s.tr("Merged with another membership"),
                    s.tr("{date} · Undo?", {{"date", s.locale().date_long(merge.at.date())}}),
                    ui::Icon::undo, flow::AskUndo{merge.fact}});
  }
  return rows;
}

}  // namespace keepsake::screens

#include "kiosk/screens/staff/profile_rows.hpp"

#include <algorithm>

#include "kiosk/flow/customer/my_page.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/screens/customer/consent_words.hpp"
#include "kiosk/screens/customer/home_parts.hpp"
#include "kiosk/screens/shared/reasons.hpp"
#include "storage/domain/loyalty/adjustment.hpp"

namespace keepsake::screens {
namespace {

std::string shown_value(const Scene& s, std::string_view field, std::string_view value) {
  if (value.empty()) return s.tr("Not set");
  for (const ValueChoice& each : choices_of(s, field))
    if (each.value == value) return each.label;
  if (field == customer_field::language) return language_name(s.locale(), value);
  const CustomerField* own = declared(s.context.customer_fields, field);
  const bool day =
      field == customer_field::birthday || (own != nullptr && own->kind == FieldKind::date);
  if (!day) return std::string(value);
  const auto date = parse_date(value);
  return date.ok() ? s.locale().date_long(*date) : std::string(value);
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

/// Records say it as "marketing withdrawn, marketing-1 (en), Lysvik sentrum".
std::string consent_title(const Scene& s, std::string_view recorded) {
  using Named = std::pair<std::string, ConsentPurpose>;
  for (const auto& [word, purpose] :
       {Named{"membership", ConsentPurpose::membership},
        Named{"marketing", ConsentPurpose::marketing}, Named{"sharing", ConsentPurpose::sharing}}) {
    const std::string what = consent_name(s.locale(), purpose);
    if (recorded.starts_with(word + " given"))
      return s.tr("Consent given: {what}", {{"what", what}});
    if (recorded.starts_with(word + " withdrawn"))
      return s.tr("Consent withdrawn: {what}", {{"what", what}});
  }
  return std::string(recorded);
}

void add_wallet(const Scene& s, const flow::ProfileSeen& seen, std::vector<ProfileRow>& rows) {
  if (!seen.standing) return;
  const loyalty::Overview& o = seen.standing->overview;
  const bool blocked = o.wallet_state == WalletState::blocked;
  rows.push_back({"wallet", s.tr("Wallet"), wallet_words(s, o), ui::Icon::lock,
                  flow::AskWalletState{}, blocked ? s.tr("Unblock wallet") : s.tr("Block wallet")});
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
  if (field == customer_field::name) return s.tr("Name");
  if (field == customer_field::birthday) return s.tr("Birthday");
  if (field == customer_field::gender) return s.tr("Gender");
  if (field == customer_field::postcode) return s.tr("Postcode");
  if (field == customer_field::household) return s.tr("Household size");
  if (field == customer_field::heard_from) return s.tr("Heard about us from");
  if (field == customer_field::language) return s.tr("Language");
  if (field == customer_field::channel) return s.tr("Preferred contact");
  if (field == customer_field::do_not_contact) return s.tr("Contact");
  if (field == flow::note_field) return s.tr("Note");
  if (field == name_of(ContactKind::phone)) return s.tr("Phone number");
  if (field == name_of(ContactKind::email)) return s.tr("E-mail");
  if (field == name_of(ContactKind::address)) return s.tr("Address");
  if (field == name_of(ContactKind::card)) return s.tr("Member card");
  if (field == name_of(ContactKind::key_fob)) return s.tr("Key fob");
  if (field == name_of(ContactKind::label)) return s.tr("Tag");
  if (const CustomerField* own = declared(s.context.customer_fields, field))
    return own->label_in(code_of(s.locale().language()));
  return std::string(field);
}

std::vector<ValueChoice> choices_of(const Scene& s, std::string_view field) {
  std::vector<ValueChoice> choices;
  if (field == customer_field::language) {
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

std::string timeline_title(const Scene& s, const TimelineEntry& entry) {
  switch (entry.kind) {
    case TimelineKind::enrolled:
      return s.tr("Joined");
    case TimelineKind::purchase:
      return entry.text.empty() ? s.tr("Purchase") : entry.text;
    case TimelineKind::returned:
      return s.tr("Items returned");
    case TimelineKind::warranty:
      return s.tr("Warranty: {item}", {{"item", entry.text}});
    case TimelineKind::consent:
      return consent_title(s, entry.text);
    case TimelineKind::note:
      return s.tr("Note: {text}", {{"text", entry.text}});
    case TimelineKind::changed:
      return s.tr("Details changed");
    case TimelineKind::merged:
      return s.tr("Memberships merged");
    case TimelineKind::unmerged:
      return s.tr("Merge undone");
    case TimelineKind::erased:
      return s.tr("Data erased");
    case TimelineKind::file:
      return s.tr("File: {name}", {{"name", entry.text}});
    case TimelineKind::file_removed:
      return s.tr("File removed");
    case TimelineKind::expired:
      return s.tr("Points expired");
    case TimelineKind::told_apart:
      return s.tr("Marked as not a duplicate");
    case TimelineKind::wallet_blocked:
      return s.tr("Wallet blocked");
    case TimelineKind::wallet_freed:
      return s.tr("Wallet unblocked");
    case TimelineKind::wallet_expired:
      return s.tr("Wallet balance expired");
    case TimelineKind::gift_card:
      return s.tr("Gift card {card} topped up", {{"card", "\u00B7\u00B7" + entry.text}});
    case TimelineKind::wallet_filled:
      return s.tr("Wallet topped up");
    case TimelineKind::reward:
      if (!loyalty::adjustment_reason(entry.text).empty()) return reward_name(s, entry.text);
      return s.tr("Reward: {reward}", {{"reward", reward_name(s, entry.text)}});
    case TimelineKind::event:
      if (entry.text == loyalty::adjustment_event) return s.tr("Points adjusted");
      break;
  }
  return s.tr("Bonus points");
}

}  // namespace keepsake::screens

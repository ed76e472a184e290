#include "storage/services/customers.hpp"

#include <algorithm>
#include <iterator>

#include "storage/book/book.hpp"
#include "storage/book/reader.hpp"
#include "storage/book/settings.hpp"
#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/customer/member_pin.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/customer/profile.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/localized_text.hpp"
#include "storage/domain/values/payment_card.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"
#include "storage/facts/personal.hpp"
#include "storage/services/withdrawal.hpp"
#include "storage/vault/origin.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

Error unknown() {
  return {Failure::not_found, "customer.unknown", "There is no such customer", "",
          "Look the customer up again."};
}

/// Phones as the shop's people write them.
Result<Done> read_phones(const Settings& settings, ProfileChange& change) {
  for (ContactAddition& each : change.added) {
    if (each.kind != ContactKind::phone) continue;
    auto phone = normalise_phone(each.value, settings.calling_code, settings.country);
    if (!phone) return phone.error();
    each.value = std::move(*phone);
  }
  return Done{};
}

Result<Done> check_birthday(const ProfileChange& change, Date today) {
  for (const FieldChange& each : change.fields)
    if (each.field == customer_field::birthday)
      if (auto ok = check_born_by(today, each.value); !ok) return ok;
  return Done{};
}

/// What was agreed to must be a text that can be shown again, in a language that there is.
Result<Done> check_wordings(const Settings& settings, std::span<const Consent> consents) {
  for (const Consent& each : consents) {
    if (each.wording != product_version(each.purpose) &&
        text_of_version(settings.consent_texts, each.purpose, each.wording) == nullptr)
      return Error{
          Failure::bad_input, "consent.wording",
          "There is no such version of the text about " + std::string(name_of(each.purpose)),
          each.wording,
          "Name one of keepsake.toml, or " + std::string(product_version(each.purpose)) + "."};
    if (!each.language.empty() && !is_known_language(each.language))
      return Error{Failure::bad_input, "consent.language", "There is no such language",
                   each.language, "Write a language's BCP 47 tag, such as nb."};
  }
  return Done{};
}

/// What the change would not change is left out, so that saving a form twice is one fact.
void drop_what_is_so(const CustomerProfile& now, ProfileChange& change) {
  std::erase_if(change.fields,
                [&](const FieldChange& each) { return now.value(each.field) == each.value; });
  std::erase_if(change.removed, [&](const ContactTag& tag) {
    return std::ranges::find(now.contacts, tag, &Contact::tag) == now.contacts.end();
  });
  std::erase_if(change.added, [&](const ContactAddition& each) {
    return std::ranges::any_of(now.contacts, [&](const Contact& there) {
      return there.kind == each.kind && there.value == each.value && there.usage == each.usage &&
             std::ranges::find(change.removed, there.tag) == change.removed.end();
    });
  });
}

/// Taking a contact away is said of the reference that it was added to: one change for each.
std::vector<std::pair<CustomerRef, ProfileChange>> by_owner(const CustomerProfile& now,
                                                            ProfileChange change) {
  std::vector<std::pair<CustomerRef, ProfileChange>> parts;
  std::vector<ContactTag> removed = std::move(change.removed);
  change.removed.clear();
  parts.emplace_back(now.ref, std::move(change));
  for (const ContactTag& tag : removed) {
    const auto contact = std::ranges::find(now.contacts, tag, &Contact::tag);
    auto part = std::ranges::find(parts, contact->owner, [](const auto& p) { return p.first; });
    if (part == parts.end()) part = parts.insert(parts.end(), {contact->owner, {}});
    part->second.removed.push_back(tag);
  }
  std::erase_if(parts, [](const auto& part) { return part.second.empty(); });
  return parts;
}

/// Moves what an enrolment has room for out of the change: the first of each contact that has no
/// usage, and three fields.
Profile take_profile(ProfileChange& change, CustomerEnrolment& enrolment) {
  Profile profile;
  std::erase_if(change.fields, [&](const FieldChange& each) {
    if (each.field == customer_field::name) profile.name = each.value;
    if (each.field == customer_field::language) enrolment.language = each.value;
    if (each.field == customer_field::birthday && !each.value.empty())
      if (const auto date = parse_date(each.value)) profile.birthday = *date;
    return each.value.empty() || each.field == customer_field::name ||
           each.field == customer_field::language || each.field == customer_field::birthday;
  });
  std::erase_if(change.added, [&](const ContactAddition& each) {
    std::string* room = each.kind == ContactKind::phone     ? &profile.phone
                        : each.kind == ContactKind::email   ? &profile.email
                        : each.kind == ContactKind::address ? &profile.address
                        : each.kind == ContactKind::card    ? &profile.card
                                                            : nullptr;
    if (room == nullptr || !room->empty() || !each.usage.empty()) return false;
    *room = each.value;
    return true;
  });
  return profile;
}

Result<CustomerProfile> profile_of(Book& book, const CustomerRef& ref) {
  auto reader = book.reader();
  if (!reader) return reader.error();
  auto profile = (*reader)->customer_profile(ref);
  if (!profile) return profile.error();
  if (!*profile) return unknown();
  if ((*profile)->erased)
    return Error{Failure::refused, "customer.erased", "This customer has been erased", "",
                 "Enrol the person again if they come back."};
  return std::move(**profile);
}

/// Sealed, as an add_note() would record it.
Result<CustomerNote> note_fact(Book& book, const CustomerRef& kept, std::string_view text,
                               const Actor& actor) {
  if (text.size() > limits::text_bytes)
    return Error{Failure::limit, "text.length", "The note is too long", "note",
                 "Split it into several notes."};
  if (tidied(text).empty())
    return Error{Failure::bad_input, "text.missing", "The note is empty", "note",
                 "Write something."};
  if (holds_payment_card(text)) return payment_card("note");
  std::string one_line(text);
  std::ranges::replace(one_line, '\n', ' ');
  if (!is_printable(one_line))
    return Error{Failure::bad_input, "text.characters", "The note holds control characters", "note",
                 "Write plain text."};
  auto sealed = book.vault().seal(kept, "note", text);
  if (!sealed) return sealed.error();
  return CustomerNote{kept, std::move(*sealed), actor.staff, actor.at};
}

/// With the reason that was given, or neither.
Result<FactId> record_pin(Book& book, MemberPinChange change,
                          std::optional<std::string_view> reason, const Actor& actor) {
  const CustomerRef customer = change.customer;
  std::vector<Fact> facts{std::move(change)};
  if (reason) {
    auto note = note_fact(book, customer, *reason, actor);
    if (!note) return note.error();
    facts.emplace_back(std::move(*note));
  }
  const auto ids = book.record_all(facts);
  if (!ids) return ids.error();
  return ids->front();
}

}  // namespace

Result<std::vector<Fact>> change_facts(Book& book, const CustomerProfile& now, ProfileChange change,
                                       const Actor& actor) {
  if (auto ok = read_phones(book.settings(), change); !ok) return ok.error();
  auto normal = normalised(std::move(change), book.settings().customer_fields);
  if (!normal) return normal.error();
  if (auto ok = check_birthday(*normal, actor.at.date()); !ok) return ok.error();
  drop_what_is_so(now, *normal);
  std::vector<Fact> facts;
  for (const auto& [owner, part] : by_owner(now, std::move(*normal))) {
    auto sealed = book.vault().seal(owner, "change", encode_personal(part));
    if (!sealed) return sealed.error();
    facts.emplace_back(CustomerChange{owner, std::move(*sealed), actor.staff, actor.at});
  }
  return facts;
}

Result<std::optional<FactId>> change_customer(Book& book, const CustomerRef& ref,
                                              ProfileChange change, const Actor& actor) {
  auto now = profile_of(book, ref);
  if (!now) return now.error();
  auto facts = change_facts(book, *now, std::move(change), actor);
  if (!facts) return facts.error();
  if (facts->empty()) return std::optional<FactId>{};
  auto ids = book.record_all(*facts);
  if (!ids) return ids.error();
  return std::optional(ids->front());
}

Result<std::vector<Fact>> enrolment_facts(Book& book, const CustomerRef& ref, NewCustomer customer,
                                          const Actor& actor) {
  if (auto ok = read_phones(book.settings(), customer.profile); !ok) return ok.error();
  auto change = normalised(std::move(customer.profile), book.settings().customer_fields);
  if (!change) return change.error();
  if (auto ok = check_birthday(*change, actor.at.date()); !ok) return ok.error();
  // What an import brings was agreed to elsewhere, under texts of its own.
  if (customer.origin.empty())
    if (auto ok = check_wordings(book.settings(), customer.consents); !ok) return ok.error();
  CustomerEnrolment enrolment;
  enrolment.customer = ref;
  enrolment.origin = kept_origin(book.vault(), customer.origin);
  enrolment.consents = std::move(customer.consents);
  enrolment.place = std::move(customer.place);
  enrolment.member_since = customer.member_since;
  enrolment.staff = actor.staff;
  enrolment.at = actor.at;
  const Profile profile = take_profile(*change, enrolment);
  if (profile != Profile{}) {
    auto sealed = book.vault().seal_profile(ref, profile);
    if (!sealed) return sealed.error();
    enrolment.sealed_profile = std::move(*sealed);
  }
  std::vector<Fact> facts{std::move(enrolment)};
  if (!change->empty()) {
    auto sealed = book.vault().seal(ref, "change", encode_personal(*change));
    if (!sealed) return sealed.error();
    facts.emplace_back(CustomerChange{ref, std::move(*sealed), actor.staff, actor.at});
  }
  return facts;
}

Result<FactId> add_note(Book& book, const CustomerRef& ref, std::string_view text,
                        const Actor& actor) {
  auto now = profile_of(book, ref);
  if (!now) return now.error();
  auto note = note_fact(book, now->ref, text, actor);
  if (!note) return note.error();
  return book.record(*note);
}

Result<FactId> set_member_pin(Book& book, const CustomerRef& ref, std::string_view pin,
                              const Actor& actor, std::optional<std::string_view> reason) {
  auto now = profile_of(book, ref);
  if (!now) return now.error();
  auto sealed = book.vault().seal_member_pin(now->ref, pin);
  if (!sealed) return sealed.error();
  return record_pin(book, {now->ref, std::move(*sealed), actor.staff, actor.at}, reason, actor);
}

Result<std::optional<FactId>> remove_member_pin(Book& book, const CustomerRef& ref,
                                                const Actor& actor,
                                                std::optional<std::string_view> reason) {
  auto now = profile_of(book, ref);
  if (!now) return now.error();
  auto reader = book.reader();
  if (!reader) return reader.error();
  const auto pin = (*reader)->member_pin(now->ref);
  if (!pin) return pin.error();
  if (!*pin) return std::optional<FactId>{};
  auto removed = record_pin(book, {now->ref, {}, actor.staff, actor.at}, reason, actor);
  if (!removed) return removed.error();
  return std::optional(*removed);
}

Result<CustomerRef> check_member_pin(Book& book, Reader& reader, const PinClaim& claim,
                                     std::string_view pin, PinPlace place, Instant now) {
  // The same is read for a stranger as for a member.
  CustomerRef member;
  member.bytes.fill(0xFF);
  std::string counted_for = claim.phone_e164;
  auto found = Result<std::optional<CustomerRef>>(claim.customer);
  if (claim.customer.nobody()) found = reader.customer_by_phone(claim.phone_e164);
  if (!found) return found.error();
  if (*found) member = **found;
  if (*found) counted_for = to_hex(member);  // whichever of their numbers it is
  const auto kept = reader.member_pin(member);
  if (!kept) return kept.error();
  const SealedPin* pin_kept = *kept ? &**kept : nullptr;
  const auto right = book.vault().check_member_pin(counted_for, pin_kept, pin, place, now);
  if (!right) return right.error();
  return member;
}

Result<FactId> change_consents(Book& book, const CustomerRef& ref, std::vector<Consent> consents,
                               std::string place, const Actor& actor) {
  if (auto ok = check_wordings(book.settings(), consents); !ok) return ok.error();
  auto now = profile_of(book, ref);
  if (!now) return now.error();
  auto given_up = facts_of_withdrawal(book, *now, consents, actor.at);
  if (!given_up) return given_up.error();
  std::vector<Fact> facts = *std::move(given_up);
  facts.emplace_back(consent_fact(*now, std::move(consents), std::move(place), actor));
  auto ids = book.record_all(facts);
  if (!ids) return ids.error();
  return ids->back();
}

ConsentChange consent_fact(const CustomerProfile& now, std::vector<Consent> consents,
                           std::string place, const Actor& actor) {
  ConsentChange change{now.ref, std::move(consents), {}, std::move(place), actor.staff, actor.at};
  for (const ConsentState& state : now.consents) {
    const bool granted = std::ranges::any_of(change.consents, [&](const Consent& each) {
      return each.granted && each.purpose == state.purpose;
    });
    if (granted) std::ranges::copy(state.withdrawals, std::back_inserter(change.after));
  }
  return change;
}

Result<FactId> merge_customers(Book& book, const CustomerRef& kept, const CustomerRef& merged,
                               std::string reason, const Actor& actor) {
  auto one = profile_of(book, kept);
  if (!one) return one.error();
  auto other = profile_of(book, merged);
  if (!other) return other.error();
  if (one->ref == other->ref)
    return Error{Failure::refused, "merge.same", "They are already one customer", "",
                 "Nothing to do."};
  return book.record(CustomerMerge{one->ref, other->ref, std::move(reason), actor.staff, actor.at});
}

Result<FactId> tell_apart(Book& book, const CustomerRef& one, const CustomerRef& other,
                          const Actor& actor) {
  auto first = profile_of(book, one);
  if (!first) return first.error();
  auto second = profile_of(book, other);
  if (!second) return second.error();
  if (first->ref == second->ref)
    return Error{Failure::refused, "apart.same", "They are already merged", "",
                 "Undo their merge instead."};
  return book.record(CustomersApart{first->ref, second->ref, actor.staff, actor.at});
}

Result<FactId> undo_merge(Book& book, const FactId& merge, const Actor& actor) {
  return book.record(MergeUndoing{merge, actor.staff, actor.at});
}

}  // namespace keepsake

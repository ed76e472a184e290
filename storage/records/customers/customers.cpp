#include "storage/records/customers/customers.hpp"

#include <algorithm>
#include <iterator>

#include "storage/domain/customer/contact_key.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/views/customer_view.hpp"
#include "storage/domain/views/purchase_summary.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/consents.hpp"
#include "storage/records/customers/files.hpp"
#include "storage/records/customers/notes.hpp"
#include "storage/records/customers/obligations.hpp"
#include "storage/records/customers/profile_changes.hpp"
#include "storage/records/customers/profiles.hpp"
#include "storage/records/customers/search.hpp"
#include "storage/records/customers/search_keys.hpp"
#include "storage/records/customers/summary.hpp"
#include "storage/records/sales/purchases.hpp"
#include "storage/records/value/points_ledger.hpp"
#include "storage/records/warranty/warranties.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake::records {

namespace {

constexpr Sql put_customer{
    "customer.put",
    "INSERT INTO customer (ref, store, fact, origin, card, language, staff, at_ms, offset_minutes,"
    " sealed_profile, search, since_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', "
    "$11)"};
constexpr Sql put_origin{"customer.put-origin",
                         "INSERT INTO customer_origin (store, origin, customer)"
                         " VALUES ($1, $2, $3)"};
constexpr Sql by_origin{"customer.by-origin",
                        "SELECT customer FROM customer_origin WHERE store = $1 AND origin = $2"};
constexpr Sql sealed{"customer.sealed", "SELECT sealed_profile, fact FROM customer WHERE ref = $1"};
constexpr Sql sealed_and_nothing_opened{
    "customer.unopened",
    "SELECT sealed_profile FROM customer c WHERE c.ref = $1 AND length(c.sealed_profile) > 0"
    " AND c.erased_by IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM dormant_customer WHERE customer = c.ref)"
    " AND NOT EXISTS (SELECT 1 FROM customer_field WHERE customer = c.ref AND field <> 'language')"
    " AND NOT EXISTS (SELECT 1 FROM customer_contact WHERE customer = c.ref AND fact = c.fact"
    " AND kind <> $2)"
    " AND NOT EXISTS (SELECT 1 FROM customer_contact_removed WHERE customer = c.ref"
    " AND fact = c.fact)"};
constexpr Sql read_customer{
    "customer.view",
    "SELECT name, phone, email, address, birthday, card, at_ms,"
    " offset_minutes, origin, erased_by, since_day FROM customer WHERE ref = $1"};

constexpr std::uint32_t card_n = 3;  // ContactTag of an enrolment
constexpr std::size_t purchases_shown = 5;
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::size_t warranties_shown = 50;

/// The personal part of an enrolment; nullopt: there is none, or it cannot be opened here.
Result<std::optional<Profile>> opened(Vault* vault, const CustomerRef& customer,
                                      std::string_view sealed_profile) {
  if (vault == nullptr || sealed_profile.empty()) return std::optional<Profile>{};
  return vault->open_profile(customer, sealed_profile);
}

/// A card that another person holds stays theirs.
bool is_taken(Database& database, const CustomerRef& customer, std::string_view card) {
  const auto holder = holder_of_card(database, card);
  return holder && canonical(database, holder->customer) != canonical(database, customer);
}

void put_card(Database& database, const CustomerRef& customer, const Bytes16& fact,
              const std::string& card) {
  if (!card.empty())
    put_contact(database, customer, {fact_id_from(fact), card_n}, {ContactKind::card, card, ""},
                card);
}

/// Without the card, which may be somebody else's.
void put_profile(Database& database, const Vault& vault, const CustomerRef& customer,
                 const Bytes16& fact, const Profile& profile) {
  if (!profile.name.empty())
    put_field(database, customer, customer_field::name, fact, profile.name);
  if (profile.birthday)
    put_field(database, customer, customer_field::birthday, fact, to_iso(*profile.birthday));
  const std::pair<ContactKind, const std::string*> contacts[] = {
      {ContactKind::phone, &profile.phone},
      {ContactKind::email, &profile.email},
      {ContactKind::address, &profile.address}};
  for (std::uint32_t n = 0; n < std::size(contacts); ++n) {
    const ContactAddition contact{contacts[n].first, *contacts[n].second, ""};
    if (!contact.value.empty())
      put_contact(database, customer, {fact_id_from(fact), n}, contact, look_up_of(vault, contact));
  }
}

std::optional<CustomerRef> kept(Database& database, const std::optional<Holder>& holder) {
  if (!holder) return std::nullopt;
  return holder->kept ? canonical(database, *holder->kept) : holder->customer;
}

/// The kept one's value stands; what it lacks comes from the others, oldest merge first.
void add_fields(std::vector<FieldValue>& fields, std::vector<FieldValue> more) {
  for (FieldValue& each : more)
    if (std::ranges::find(fields, each.field, &FieldValue::field) == fields.end())
      fields.push_back(std::move(each));
}

/// What one of a person's references adds to the profile. False: not enrolled.
bool add_reference(Database& database, const CustomerRef& ref, CustomerProfile& profile) {
  {
    auto row = database.query(read_customer);
    row->bind_blob(1, view(ref.bytes));
    if (!row->step()) return false;
    LocalTime since = local_time(*row, 6);
    if (const auto day = day_at(*row, 10))  // as another system has it
      since.at = {to_days(*day) * day_ms - since.offset_minutes * std::int64_t{60'000}};
    if (ref == profile.ref) {
      profile.member_since = since;
      profile.origin = row->text(8);
      profile.erased = !row->is_null(9);
      if (profile.erased) profile.kept = restrictions_of(database, ref);
    } else {
      profile.aliases.push_back(ref);
      profile.member_since = std::min(profile.member_since, since);
    }
  }
  profile.sealed = profile.sealed || has_sealed_changes(database, ref);
  add_fields(profile.fields, fields_of(database, ref));
  std::ranges::move(contacts_of(database, ref), std::back_inserter(profile.contacts));
  return true;
}

}  // namespace

Result<Done> apply(Applying& applying, const CustomerEnrolment& enrolment) {
  Database& database = applying.database;
  if (is_known(database, enrolment.customer))
    return applying.contradict("customer.twice", "This customer is already enrolled",
                               "Look the customer up instead.");
  if (!enrolment.origin.empty() &&
      customer_by_origin(database, applying.header.store, enrolment.origin))
    return applying.contradict("origin.duplicate", "This customer is already imported",
                               "Leave it out.");
  const auto profile = opened(applying.vault, enrolment.customer, enrolment.sealed_profile);
  std::string card = enrolment.card;
  if (card.empty() && profile.ok() && *profile) card = (*profile)->card;
  if (!card.empty() && is_taken(database, enrolment.customer, card)) {
    if (auto ok = applying.contradict("card.taken", "This card belongs to another customer",
                                      "Give the customer another card.");
        !ok)
      return ok;
    card.clear();
  }
  {
    auto row = database.query(put_customer);
    row->bind_blob(1, view(enrolment.customer.bytes));
    row->bind_text(2, applying.header.store);
    row->bind_blob(3, view(applying.id));
    bind_text_or_null(*row, 4, enrolment.origin);
    bind_text_or_null(*row, 5, card);
    row->bind_text(6, enrolment.language);
    row->bind_text(7, enrolment.staff);
    bind_time(*row, 8, enrolment.at);
    row->bind_blob(10, enrolment.sealed_profile);
    if (enrolment.member_since)
      row->bind(11, to_days(*enrolment.member_since));
    else
      row->bind_null(11);
    row->step();
  }
  if (!enrolment.origin.empty()) {
    auto row = database.query(put_origin);
    row->bind_text(1, applying.header.store);
    row->bind_text(2, enrolment.origin);
    row->bind_blob(3, view(enrolment.customer.bytes));
    row->step();
  }
  put_consents(applying, enrolment.customer, enrolment.consents, enrolment.place, enrolment.staff);
  if (!enrolment.language.empty())
    put_field(database, enrolment.customer, customer_field::language, applying.id,
              enrolment.language);
  put_card(database, enrolment.customer, applying.id, card);
  if (profile.ok() && *profile)
    put_profile(database, *applying.vault, enrolment.customer, applying.id, **profile);
  settle(database, enrolment.customer);
  // The customer stays; what was sealed wrongly is nobody's to read, and a person should know.
  if (!profile && profile.error().kind == Failure::bad_input)
    return applying.contradict("profile.damaged", "The sealed profile cannot be opened",
                               "Enrol the customer again.");
  if (!profile) return profile.error();
  return Done{};
}

Result<Done> reveal(Database& database, Vault& vault, const CustomerRef& customer) {
  std::string sealed_profile;
  Bytes16 fact{};
  {
    auto row = database.query(sealed);
    row->bind_blob(1, view(customer.bytes));
    if (!row->step()) return Done{};
    sealed_profile = row->blob(0);
    fact = bytes16(*row, 1);
  }
  const auto profile = opened(&vault, customer, sealed_profile);
  if (!profile) return profile.error();
  if (*profile) {
    put_profile(database, vault, customer, fact, **profile);
    if (!is_taken(database, customer, (*profile)->card))
      put_card(database, customer, fact, (*profile)->card);
  }
  if (auto ok = reveal_changes(database, vault, customer); !ok) return ok;
  if (auto ok = reveal_notes(database, vault, customer); !ok) return ok;
  if (auto ok = reveal_file_names(database, vault, customer); !ok) return ok;
  settle(database, customer);
  return Done{};
}

Result<bool> is_unopened(Database& database, Vault& vault, const CustomerRef& customer) {
  std::string sealed_profile;
  {
    auto row = database.query(sealed_and_nothing_opened);
    row->bind_blob(1, view(customer.bytes));
    row->bind(2, static_cast<std::int64_t>(ContactKind::card));
    if (!row->step()) return false;
    sealed_profile = row->blob(0);
  }
  const auto profile = opened(&vault, customer, sealed_profile);
  if (!profile && profile.error().kind == Failure::bad_input)
    return false;  // damaged for everybody
  if (!profile) return profile.error();
  return *profile &&
         (!(*profile)->name.empty() || (*profile)->birthday || !(*profile)->phone.empty() ||
          !(*profile)->email.empty() || !(*profile)->address.empty());
}

std::optional<CustomerRef> customer_by_key(Database& database, const Vault& vault,
                                           const ContactKey& key) {
  if (key.kind == ContactKind::card) return customer_by_card(database, key.value);
  const auto holder = [&](std::string_view name, std::string_view value) {
    return kept(database, holder_of(database, key.kind, vault.lookup_hash(name, value)));
  };
  if (key.kind == ContactKind::email) {
    if (auto found = holder("email", key.value)) return found;
    return holder_of_key(database, keys_of_contact(ContactKind::email, key.value).front());
  }
  auto found = holder("phone", key.value);
  if (!found)
    for (const std::string& each : earlier_forms(key.value))
      if ((found = holder("phone", each))) break;
  return found;
}

std::optional<CustomerRef> customer_by_card(Database& database, std::string_view card) {
  return kept(database, holder_of_card(database, card));
}

std::optional<CustomerRef> customer_by_origin(Database& database, std::string_view store,
                                              std::string_view origin) {
  std::optional<CustomerRef> found;
  {
    auto row = database.query(by_origin);
    row->bind_text(1, store);
    row->bind_text(2, origin);
    if (row->step()) found = customer_ref(*row, 0);
  }
  return found ? std::optional(canonical(database, *found)) : std::nullopt;
}

std::optional<CustomerView> customer(Database& database, const CustomerRef& ref) {
  CustomerView found;
  found.ref = canonical(database, ref);
  {
    auto row = database.query(read_customer);
    row->bind_blob(1, view(found.ref.bytes));
    if (!row->step()) return std::nullopt;
    found.profile.name = row->text(0);
    found.profile.phone = row->text(1);
    found.profile.email = row->text(2);
    found.profile.address = row->text(3);
    if (!row->is_null(4))
      found.profile.birthday = from_days(static_cast<std::int32_t>(row->integer(4)));
    found.card = row->text(5);
    found.member_since = local_time(*row, 6);
  }
  found.balance = balance(database, found.ref);
  const auto person = references_of(database, found.ref);
  found.last_purchases = last_purchases(database, person, purchases_shown);
  for (const CustomerRef& each : person)
    std::ranges::move(warranties_of(database, each, warranties_shown),
                      std::back_inserter(found.warranties));
  std::ranges::stable_sort(found.warranties, {},
                           [](const auto& each) { return to_days(each.cover.end); });
  if (found.warranties.size() > warranties_shown) found.warranties.resize(warranties_shown);
  return found;
}

std::optional<CustomerProfile> customer_profile(Database& database, const CustomerRef& ref) {
  CustomerProfile found;
  found.ref = canonical(database, ref);
  std::vector<ConsentEvent> events;
  for (const CustomerRef& each : references_of(database, found.ref)) {
    if (!add_reference(database, each, found)) return std::nullopt;
    read_consents(database, each, events);
  }
  std::ranges::sort(found.fields, {}, &FieldValue::field);
  std::ranges::stable_sort(found.contacts, [](const Contact& a, const Contact& b) {
    return std::pair(a.kind, a.tag) < std::pair(b.kind, b.tag);
  });
  found.consents = keepsake::standing(events);
  return found;
}

}  // namespace keepsake::records

#pragma once
// Fields and contacts of customers: what enrolments and changes say, opened where the key is here.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/customer/profile.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// One value of a field, unless a later fact set it.
void put_field(Database& database, const CustomerRef& customer, std::string_view field,
               const Bytes16& fact, std::string_view value);
/// One addition, unless it was taken away. `look_up` as Vault::lookup_hash; empty: not looked up
/// by.
void put_contact(Database& database, const CustomerRef& customer, const ContactTag& tag,
                 const ContactAddition& contact, std::string_view look_up);
/// Takes an addition away, for ever: it stays away when it arrives later.
void remove_contact(Database& database, const CustomerRef& customer, const ContactTag& tag);
/// What a contact is looked up by: keyed hash of phone and e-mail, the bytes of a card.
std::string look_up_of(const Vault& vault, const ContactAddition& contact);

/// Whose a value is: the earliest addition that still stands.
struct Holder {
  CustomerRef customer;
  std::optional<CustomerRef> kept;  ///< the next in the chain of merges, if it was merged
};
/// As a card, else as a key fob.
std::optional<Holder> holder_of_card(Database& database, std::string_view card);
std::optional<Holder> holder_of(Database& database, ContactKind kind, std::string_view hash);

std::vector<FieldValue> fields_of(Database& database, const CustomerRef& customer);
/// What the oldest contact of the kind is looked up by; empty: there is none.
std::string look_up_of_first(Database& database, const CustomerRef& customer, ContactKind kind);
std::vector<Contact> contacts_of(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records

#pragma once
// Fields and contacts of customers: what enrolments and changes say, opened where the key is here.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/customer_profile.hpp"
#include "storage/records/applying.hpp"

namespace keepsake::records {

Result<Done> apply(Applying& applying, const CustomerChange& change);

/// One value of a field, unless a later fact set it.
void put_field(Database& database, const CustomerRef& customer, std::string_view field,
               const Bytes16& fact, std::string_view value);
/// One addition, unless it was taken away. `look_up` as Vault::lookup_hash; empty: not looked up
/// by.
void put_contact(Database& database, const CustomerRef& customer, const ContactTag& tag,
                 const ContactAddition& contact, std::string_view look_up);
/// What a contact is looked up by: keyed hash of phone and e-mail, the bytes of a card.
std::string look_up_of(const Vault& vault, const ContactAddition& contact);

/// Brings the summary in the customer's row (name, first phone ...) and what the customer is found
/// by up to their fields and contacts. Every change of them ends here.
void settle(Database& database, const CustomerRef& customer);

/// Opens the changes that were sealed until now.
Result<Done> reveal_changes(Database& database, Vault& vault, const CustomerRef& customer);

/// The earliest addition of the card or key fob that still stands.
std::optional<CustomerRef> holder_of_card(Database& database, std::string_view card);
/// The earliest addition with this hash.
std::optional<CustomerRef> holder_of(Database& database, ContactKind kind, std::string_view hash);

std::vector<FieldValue> fields_of(Database& database, const CustomerRef& customer);
std::vector<Contact> contacts_of(Database& database, const CustomerRef& customer);
bool has_sealed_changes(Database& database, const CustomerRef& customer);

}  // namespace keepsake::records

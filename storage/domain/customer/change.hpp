#pragma once
// Changes to what is known of a customer, and the facts they travel in. What is personal is sealed
// under the customer's key (storage/vault): a fact's body shows who, when and by whom, never what.
//
// Changes of several terminals may meet in any order and give the same: a field keeps the value of
// the latest fact id; contacts are a set in which adding wins, because taking away names additions
// that were seen, never values.

#include <string>
#include <vector>

#include "storage/domain/customer/customer.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/customer/obligations.hpp"

namespace keepsake {

enum class ContactKind { phone = 1, email, card, key_fob, address, label };
std::string_view name_of(ContactKind kind);
Result<ContactKind> parse_contact_kind(std::string_view name);

/// One addition, for ever: the n-th of a fact. An enrolment's are phone 0, e-mail 1, address 2,
/// card 3.
struct ContactTag {
  FactId fact;
  std::uint32_t n = 0;
  auto operator<=>(const ContactTag&) const = default;
};
std::string to_text(const ContactTag& tag);  ///< "32 digits.n"
Result<ContactTag> parse_contact_tag(std::string_view text);

/// Phone in E.164, e-mail normalised, card and key fob without spaces; a label is one of the shop's
/// own marks ("VIP").
struct ContactAddition {
  ContactKind kind = ContactKind::phone;
  std::string value;
  std::string usage;  ///< "home", "work", or empty
  bool operator==(const ContactAddition&) const = default;
};

struct FieldChange {
  std::string field;  ///< of namespace customer_field
  std::string value;  ///< empty: cleared
  bool operator==(const FieldChange&) const = default;
};

/// The personal content of a CustomerChange.
struct ProfileChange {
  std::vector<FieldChange> fields;
  std::vector<ContactAddition> added;
  std::vector<ContactTag> removed;
  bool empty() const { return fields.empty() && added.empty() && removed.empty(); }
  bool operator==(const ProfileChange&) const = default;
};

/// Every value as it is kept, each field once. Fields are checked against `declared_fields`.
Result<ProfileChange> normalised(ProfileChange change,
                                 std::span<const CustomerField> declared_fields);

/// Customer changed.
struct CustomerChange {
  CustomerRef customer;
  std::string sealed;  ///< a ProfileChange (storage/facts/personal.hpp) under the customer's key
  std::string staff;   ///< empty: the customer
  LocalTime at;
  bool operator==(const CustomerChange&) const = default;
};

/// Consents given or withdrawn. A withdrawal wins over every grant, earlier or later, that does not
/// name it: a grant from a terminal that had not heard of it proves nothing.
struct ConsentChange {
  CustomerRef customer;
  std::vector<Consent> consents;
  std::vector<FactId> after;  ///< the facts of withdrawals that were known when this was given
  std::string place;          ///< store or terminal, as the shop calls it
  std::string staff;
  LocalTime at;
  bool operator==(const ConsentChange&) const = default;
};

/// Note added; the text is sealed.
struct CustomerNote {
  CustomerRef customer;
  std::string sealed;
  std::string staff;
  LocalTime at;
  bool operator==(const CustomerNote&) const = default;
};

/// Two references are one person: from now on `merged` is read as `kept`.
struct CustomerMerge {
  CustomerRef kept;
  CustomerRef merged;
  std::string reason;  ///< "phone", "by hand": never a value
  std::string staff;
  LocalTime at;
  bool operator==(const CustomerMerge&) const = default;
};

/// They are two after all.
struct MergeUndoing {
  FactId merge;
  std::string staff;
  LocalTime at;
  bool operator==(const MergeUndoing&) const = default;
};

/// Two references look alike and are two people all the same: never to be offered as one again.
struct CustomersApart {
  CustomerRef one;
  CustomerRef other;
  std::string staff;
  LocalTime at;
  bool operator==(const CustomersApart&) const = default;
};

/// A person is forgotten, under every reference they had: keys destroyed, records cleaned, sums
/// kept.
struct CustomerErasure {
  std::vector<CustomerRef> customers;  ///< 1..limits::merged_customers
  std::string reason;                  ///< "request", "retention"
  std::string staff;
  LocalTime at;
  /// What stays all the same, without a name, as it was known where the person was erased.
  std::vector<Restriction> kept = {};
  bool operator==(const CustomerErasure&) const = default;
};

}  // namespace keepsake

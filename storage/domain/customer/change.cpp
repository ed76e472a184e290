#include "storage/domain/customer/change.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "storage/domain/customer/email.hpp"
#include "storage/domain/values/limits.hpp"
#include "storage/domain/values/payment_card.hpp"
#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {

namespace {

constexpr std::string_view contact_names[] = {"phone",   "email",   "card",
                                              "key-fob", "address", "label"};

/// The value as it is kept. Phones are expected in E.164: only the shop's settings know how people
/// there write national numbers.
Result<std::string> contact_value(const ContactAddition& contact) {
  const std::string_view where = name_of(contact.kind);
  std::size_t max = limits::code_bytes;
  std::string value = tidied(contact.value);
  switch (contact.kind) {
    case ContactKind::phone: {
      Profile alone;
      alone.phone = value;
      if (auto ok = check(alone); !ok) return ok.error();
      break;
    }
    case ContactKind::email: {
      auto normal = normalise_email(value);
      if (!normal) return normal.error();
      value = std::move(*normal);
      max = limits::text_bytes;
      break;
    }
    case ContactKind::card:
    case ContactKind::key_fob:
      value = without_blanks(value);
      if (holds_payment_card(value)) return payment_card(name_of(contact.kind));
      break;
    case ContactKind::address:
      // Lines of an address are one line here, so that every list and label can show it.
      std::ranges::replace(value, '\n', ',');
      max = limits::text_bytes;
      break;
    case ContactKind::label:
      break;
  }
  if (auto ok = check_text(value, max, Presence::required, where); !ok) return ok.error();
  return value;
}

Error too_many(const char* where) {
  return {Failure::limit, "change.limit", "Too many changes at once", where,
          "Make several changes."};
}

}  // namespace

std::string_view name_of(ContactKind kind) {
  return contact_names[static_cast<std::size_t>(kind) - 1];
}

Result<ContactKind> parse_contact_kind(std::string_view name) {
  for (std::size_t i = 0; i < std::size(contact_names); ++i)
    if (contact_names[i] == name) return static_cast<ContactKind>(i + 1);
  return Error{Failure::bad_input, "contact.kind", "Not a kind of contact", std::string(name),
               "Use phone, email, card, key-fob, address or label."};
}

std::string to_text(const ContactTag& tag) {
  return to_hex(tag.fact) + "." + std::to_string(tag.n);
}

Result<ContactTag> parse_contact_tag(std::string_view text) {
  const Error wrong{Failure::bad_input, "contact.tag", "Not the id of a contact", "",
                    "Copy it from `customer show`: 32 digits, a point and a number."};
  const auto point = text.find('.');
  if (point == std::string_view::npos) return wrong;
  const auto fact = parse_fact_id(text.substr(0, point));
  if (!fact) return wrong;
  ContactTag tag{*fact, 0};
  const std::string_view n = text.substr(point + 1);
  const auto [end, error] = std::from_chars(n.data(), n.data() + n.size(), tag.n);
  if (error != std::errc() || end != n.data() + n.size()) return wrong;
  return tag;
}

Result<ProfileChange> normalised(ProfileChange change,
                                 std::span<const CustomerField> declared_fields) {
  if (change.fields.size() > limits::customer_fields) return too_many("fields");
  if (change.added.size() + change.removed.size() > limits::customer_contacts)
    return too_many("contacts");
  std::set<std::string_view> seen;
  for (FieldChange& each : change.fields) {
    if (!seen.insert(each.field).second)
      return Error{Failure::bad_input, "field.twice", "A field is given twice", each.field,
                   "Give each field once."};
    auto value = field_value(each.field, each.value, declared_fields);
    if (!value) return value.error();
    each.value = std::move(*value);
  }
  for (ContactAddition& each : change.added) {
    auto value = contact_value(each);
    if (!value) return value.error();
    each.value = std::move(*value);
    each.usage = tidied(each.usage);
    if (auto ok = check_text(each.usage, limits::code_bytes, Presence::optional, "usage"); !ok)
      return ok.error();
  }
  return change;
}

}  // namespace keepsake

#include "storage/domain/customer/profile_access.hpp"

#include <algorithm>

#include "storage/domain/values/utf8.hpp"

namespace keepsake {
namespace {

constexpr std::string_view dots = "\u2022\u2022\u2022\u2022";

bool sees(std::string_view field, Viewer viewer, std::span<const CustomerField> declared_fields) {
  if (viewer == Viewer::manager || !field.starts_with(customer_field::custom)) return true;
  const CustomerField* as = declared(declared_fields, field);
  return as != nullptr && as->seen_by == SeenBy::everyone;
}

void mask(Contact& contact) {
  switch (contact.kind) {
    case ContactKind::phone:
      contact.value = masked_phone(contact.value);
      return;
    case ContactKind::email:
      contact.value = masked_email(contact.value);
      return;
    case ContactKind::address:
      contact.value = masked_address(contact.value);
      return;
    case ContactKind::card:
    case ContactKind::key_fob:
    case ContactKind::label:
      return;  // the shop's own
  }
}

}  // namespace

std::string masked_email(std::string_view email) {
  const auto at = email.find('@');
  if (at == std::string_view::npos || at == 0) return std::string(dots);
  std::string_view rest = email;
  take_code_point(rest);
  const std::size_t first = email.size() - rest.size();
  return std::string(email.substr(0, first)) + std::string(dots) + std::string(email.substr(at));
}

std::string masked_address(std::string_view address) {
  const auto comma = address.rfind(',');
  if (comma == std::string_view::npos) return std::string(dots);
  return std::string(dots) + std::string(address.substr(comma));
}

std::string masked_date(std::string_view iso) {
  const auto dash = iso.find('-', 1);
  if (dash == std::string_view::npos) return std::string(dots);
  return std::string(dots) + std::string(iso.substr(dash));
}

CustomerProfile seen_by(CustomerProfile profile, Viewer viewer,
                        std::span<const CustomerField> declared_fields) {
  std::erase_if(profile.fields,
                [&](const FieldValue& each) { return !sees(each.field, viewer, declared_fields); });
  if (viewer != Viewer::staff) return profile;
  for (FieldValue& each : profile.fields)
    if (each.field == customer_field::birthday) each.value = masked_date(each.value);
  for (Contact& each : profile.contacts) mask(each);
  return profile;
}

Result<Done> may_change(const ProfileChange& change, Viewer viewer,
                        std::span<const CustomerField> declared_fields) {
  for (const FieldChange& each : change.fields)
    if (!sees(each.field, viewer, declared_fields))
      return Error{Failure::refused, "field.managers", "Only managers can change this field",
                   each.field, "Ask a manager to change it."};
  return Done{};
}

}  // namespace keepsake

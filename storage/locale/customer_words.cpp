#include "storage/locale/customer_words.hpp"

#include "storage/domain/customer/change.hpp"

namespace keepsake {

std::string consent_name(const Locale& locale, ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::membership:
      return locale.tr("Membership");
    case ConsentPurpose::marketing:
      return locale.tr("Offers");
    case ConsentPurpose::sharing:
      break;
  }
  return locale.tr("Sharing with partners");
}

std::string own_consent_wording(const Locale& locale, ConsentPurpose purpose) {
  switch (purpose) {
    case ConsentPurpose::membership:
      return locale.tr("Yes, I join. Keep my name and number for it.");
    case ConsentPurpose::marketing:
      return locale.tr("You may send me offers. I can stop this any time.");
    case ConsentPurpose::sharing:
      break;
  }
  return locale.tr("Your partners may have my data too. I can stop this any time.");
}

std::string consent_wording(const Locale& locale, std::span<const ConsentText> texts,
                            ConsentPurpose purpose, std::string_view version) {
  if (const auto* text = text_of_version(texts, purpose, version))
    return text->text.in(code_of(locale.language()));
  return version == product_version(purpose) ? own_consent_wording(locale, purpose) : std::string();
}

std::string field_label(const Locale& locale, std::span<const CustomerField> declared_fields,
                        std::string_view field) {
  if (field == customer_field::name) return locale.tr("Name");
  if (field == customer_field::birthday) return locale.tr("Birthday");
  if (field == customer_field::gender) return locale.tr("Gender");
  if (field == customer_field::postcode) return locale.tr("Postcode");
  if (field == customer_field::household) return locale.tr("Household size");
  if (field == customer_field::heard_from) return locale.tr("Heard about us from");
  if (field == customer_field::language) return locale.tr("Language");
  if (field == customer_field::channel) return locale.tr("Preferred contact");
  if (field == customer_field::do_not_contact) return locale.tr("Contact");
  if (field == name_of(ContactKind::phone)) return locale.tr("Phone number");
  if (field == name_of(ContactKind::email)) return locale.tr("E-mail");
  if (field == name_of(ContactKind::address)) return locale.tr("Address");
  if (field == name_of(ContactKind::card)) return locale.tr("Member card");
  if (field == name_of(ContactKind::key_fob)) return locale.tr("Key fob");
  if (field == name_of(ContactKind::label)) return locale.tr("Tag");
  if (const CustomerField* own = declared(declared_fields, field))
    return own->label_in(code_of(locale.language()));
  return std::string(field);
}

std::string value_words(const Locale& locale, std::span<const CustomerField> declared_fields,
                        std::string_view field, std::string_view value) {
  if (value.empty()) return {};
  if (field == customer_field::language) return language_name(locale, value);
  if (field == customer_field::channel) return channel_name(locale, value);
  if (field == customer_field::do_not_contact)
    return value == "yes" ? locale.tr("Do not contact") : locale.tr("May contact");
  const CustomerField* own = declared(declared_fields, field);
  if (own != nullptr && own->kind == FieldKind::yes_no)
    return value == "yes" ? locale.tr("Yes") : locale.tr("No");
  const bool day =
      field == customer_field::birthday || (own != nullptr && own->kind == FieldKind::date);
  if (!day) return std::string(value);
  const auto date = parse_date(value);
  return date.ok() ? locale.date_long(*date) : std::string(value);
}

std::string language_name(const Locale& locale, std::string_view tag) {
  if (const auto language = parse_language(tag)) return std::string(native_name(*language));
  return tag.empty() ? locale.tr("Not set") : std::string(tag);
}

std::string channel_name(const Locale& locale, std::string_view channel) {
  if (channel == "phone") return locale.tr("Phone call");
  if (channel == "sms") return locale.tr("Text message");
  if (channel == "email") return locale.tr("E-mail");
  if (channel == "post") return locale.tr("Letter");
  return locale.tr("Not set");
}

std::string file_kind_name(const Locale& locale, FileKind kind) {
  switch (kind) {
    case FileKind::photo:
      return locale.tr("Photo");
    case FileKind::invoice:
      return locale.tr("Invoice");
    case FileKind::document:
      break;
  }
  return locale.tr("Document");
}

}  // namespace keepsake

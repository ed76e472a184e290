#pragma once
// What is kept of a customer in the reader's words: the names of its fields and values, and the
// texts that were agreed to. The text of a consent has a version, and a changed text gets a new one:
// the shop's in its settings (storage/domain/customer/consent_text.hpp), the product's in
// product_version (tests/storage/locale/customer_words_test.cpp fails when it is forgotten).

#include <span>
#include <string>
#include <string_view>

#include "storage/domain/customer/consent_text.hpp"
#include "storage/domain/customer/field.hpp"
#include "storage/domain/customer/file.hpp"
#include "storage/locale/locale.hpp"

namespace keepsake {

std::string consent_name(const Locale& locale, ConsentPurpose purpose);
/// The product's text of the present version.
std::string own_consent_wording(const Locale& locale, ConsentPurpose purpose);
/// Of this version, the shop's (`texts`) or the product's; empty: it is no longer known here.
std::string consent_wording(const Locale& locale, std::span<const ConsentText> texts,
                            ConsentPurpose purpose, std::string_view version);

/// "Phone number" of "phone", a contact's kind or one of customer_field; a declared field's own
/// label. One that is not known is named by its key.
std::string field_label(const Locale& locale, std::span<const CustomerField> declared_fields,
                        std::string_view field);
/// A value as it is read: days written out, choices and languages in words. Empty stays empty.
std::string value_words(const Locale& locale, std::span<const CustomerField> declared_fields,
                        std::string_view field, std::string_view value);
/// By tag; "Not set" when empty.
std::string language_name(const Locale& locale, std::string_view tag);
/// phone, sms, email, post; "Not set" when empty.
std::string channel_name(const Locale& locale, std::string_view channel);
std::string file_kind_name(const Locale& locale, FileKind kind);

}  // namespace keepsake

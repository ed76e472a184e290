#include "storage/domain/customer/email.hpp"

#include <memory>
#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include "storage/domain/values/text.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake {
namespace {

constexpr std::size_t email_bytes = 254;  // RFC 5321 4.5.3.1.3, without the angle brackets
constexpr std::size_t email_local_bytes = 64;
constexpr std::string_view not_in_local = "\"(),:;<>[\\] ";  // RFC 5322 3.2.3, unquoted

Error bad_email() {
  return {Failure::bad_input, "email.syntax", "Not an e-mail address", "",
          "Write it as name@example.com"};
}

/// UTS 46, as browsers and mail programs do it.
const icu::IDNA* domains() {
  static const auto made = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
        UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        status));
    return U_SUCCESS(status) ? std::move(idna) : nullptr;
  }();
  return made.get();
}

/// In small letters, as people read it; empty: no domain.
std::string domain_of(std::string_view typed) {
  if (domains() == nullptr || typed.ends_with('.')) return {};
  UErrorCode status = U_ZERO_ERROR;
  std::string ascii, unicode;
  icu::StringByteSink<std::string> to_ascii(&ascii), to_unicode(&unicode);
  icu::IDNAInfo on_the_wire, as_read;
  domains()->nameToASCII_UTF8(typed, to_ascii, on_the_wire, status);
  domains()->nameToUnicodeUTF8(typed, to_unicode, as_read, status);
  const bool sound = U_SUCCESS(status) && !on_the_wire.hasErrors() && !as_read.hasErrors();
  return sound && unicode.find('.') != std::string::npos ? unicode : std::string();
}

}  // namespace

Result<std::string> normalise_email(std::string_view typed) {
  if (typed.size() > 2 * email_bytes) return bad_email();
  const std::string text = tidied(typed);
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string::npos || at > email_local_bytes || text.size() > email_bytes ||
      text.find('@', at + 1) != std::string::npos || !is_printable(text) ||
      text.find_first_of(not_in_local) < at)
    return bad_email();
  const std::string domain = domain_of(std::string_view(text).substr(at + 1));
  if (domain.empty()) return bad_email();
  return text.substr(0, at + 1) + domain;
}

}  // namespace keepsake

#include "sync/pki/validity.hpp"

#include <ctime>
#include <openssl/x509.h>
#include <string>

#include "sync/pki/openssl.hpp"

namespace keepsake::sync::pki {

namespace {

std::optional<Instant> instant_of(const ASN1_TIME* time) {
  std::tm when{};
  if (ASN1_TIME_to_tm(time, &when) != 1) return std::nullopt;
  return Instant{static_cast<std::int64_t>(timegm(&when)) * 1000};
}

std::string named(Holder holder) {
  return holder == Holder::terminal ? "This terminal's certificate" : "Head office's authority";
}

Error expired(Holder holder, Instant until) {
  return {Failure::refused,
          holder == Holder::terminal ? "certificate.expired" : "authority.expired",
          named(holder) + " has expired", "it ended at " + to_iso(until),
          "Check the date of this machine. If it is right, ask head office for a new enrolment "
          "code; sales go on and are kept"};
}

Error early(Holder holder, Instant from) {
  return {Failure::refused, holder == Holder::terminal ? "certificate.early" : "authority.early",
          named(holder) + " is not valid yet", "it begins at " + to_iso(from),
          "The clock of this machine is most likely behind: set the date and the time"};
}

}  // namespace

Result<Validity> validity(std::string_view certificate_pem) {
  const Certificate certificate = read_certificate(certificate_pem);
  if (!certificate) {
    return openssl_error(Failure::bad_input, "pki.certificate", "Not a certificate",
                         "Give a certificate in PEM form");
  }
  const auto from = instant_of(X509_get0_notBefore(certificate.get()));
  const auto until = instant_of(X509_get0_notAfter(certificate.get()));
  if (!from || !until)
    return openssl_error(Failure::bad_input, "pki.certificate", "Its dates cannot be read", {});
  return Validity{*from, *until};
}

Instant renewal_due(const Validity& validity) {
  return {validity.until.ms - (validity.until.ms - validity.from.ms) / 3};
}

Result<Done> check_dates(std::string_view certificate_pem, Holder holder, Instant now) {
  const auto dates = validity(certificate_pem);
  if (!dates) return dates.error();
  if (now < dates->from) return early(holder, dates->from);
  if (now >= dates->until) return expired(holder, dates->until);
  return Done{};
}

}  // namespace keepsake::sync::pki

#include "sync/agent/renewal.hpp"

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/pki/pki.hpp"
#include "sync/pki/validity.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"

namespace keepsake::sync {

namespace {

Error refused_renewal(const HttpAnswer& answer) {
  return refused_answer(answer, "renewal.refused",
                        "Head office did not renew this terminal's certificate",
                        "It will be tried again automatically");
}

/// It has to be for our key, of our authority, and in our name.
Result<Done> check_renewed(const std::string& certificate_pem, const std::string& key_pem,
                           const std::string& ca_pem, const Enrolment& enrolment) {
  if (auto issued = pki::check_issued(certificate_pem, ca_pem, machine_now()); !issued)
    return issued;
  if (auto pair = pki::check_pair(certificate_pem, key_pem); !pair) return pair;
  const auto name = pki::common_name(certificate_pem);
  if (!name) return name.error();
  if (*name != pki::terminal_name(enrolment.terminal, enrolment.epoch))
    return untrusted("name in the certificate");
  return Done{};
}

}  // namespace

Result<Instant> renewal_due(Book& book) {
  const auto enrolment = book.enrolment();
  if (!enrolment) return not_enrolled();
  const auto identity = load_identity(book.folder(), *enrolment);
  if (!identity) return identity.error();
  const auto dates = pki::validity(identity->certificate_pem);
  if (!dates) return dates.error();
  return pki::renewal_due(*dates);
}

Result<Done> renew(Book& book) {
  const auto enrolment = book.enrolment();
  if (!enrolment) return not_enrolled();
  const auto identity = load_identity(book.folder(), *enrolment);
  if (!identity) return identity.error();
  const auto key = renewing_key(book.folder());
  if (!key) return key.error();
  const auto csr =
      pki::make_request(*key, pki::terminal_name(enrolment->terminal, enrolment->epoch));
  if (!csr) return csr.error();
  HttpsTransport transport(enrolment->central_url, *identity);
  const auto answer =
      transport.exchange({"POST", renew_path(enrolment->terminal, enrolment->epoch),
                          encode(RenewRequest{*csr}), std::string(binary_type), Compression::none});
  if (!answer) return answer.error();
  if (answer->status != 200) return refused_renewal(*answer);
  const auto renewed = decode_renew_answer(answer->body, format_of(answer->content_type));
  if (!renewed) return untrusted(renewed.error().where);
  if (auto ok = check_renewed(renewed->certificate_pem, *key, identity->ca_pem, *enrolment); !ok)
    return ok;
  return replace_pair(book.folder(), enrolment->terminal, enrolment->epoch, *key,
                      renewed->certificate_pem);
}

}  // namespace keepsake::sync

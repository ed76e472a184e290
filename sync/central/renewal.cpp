#include "sync/central/renewal.hpp"

#include "storage/engine/database.hpp"
#include "sync/central/standing.hpp"
#include "sync/central/terminal_trail.hpp"

namespace keepsake::sync::central {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;
constexpr int wait_s = 3600;

}  // namespace

std::variant<RenewAnswer, Refusal> Renewals::renew(TerminalNumber number, Epoch epoch,
                                                   std::string_view request_pem) {
  const auto key = pki::request_key(request_pem);
  if (!key) return Refusal{400, {"csr.invalid", key.error().what, 0}, {}};
  try {
    return renew_in_transaction(number, epoch, request_pem, *key);
  } catch (const DatabaseError& error) {
    return as_refusal(error.error());
  }
}

std::variant<RenewAnswer, Refusal> Renewals::renew_in_transaction(TerminalNumber number,
                                                                  Epoch epoch,
                                                                  std::string_view request_pem,
                                                                  std::string_view request_key) {
  const Instant now = clock_.now();
  const Instant day_ago{now.ms - day_ms};
  Transaction transaction(database_);
  if (auto refusal = check_standing(find_terminal(database_, number), epoch)) return *refusal;
  if (auto same = certificate_of_key(database_, number, epoch, request_key, day_ago))
    return RenewAnswer{std::move(*same)};
  if (count_certificates(database_, number, day_ago) >= certificates_a_day)
    return Refusal{429, {"busy", "Too many certificates in a day", 0}, wait_s};
  auto certificate =
      pki::issue_client(authority_, request_pem, pki::terminal_name(number, epoch), now);
  if (!certificate) return as_refusal(certificate.error());
  add_certificate(database_,
                  {number, epoch, now, pki::expires(*certificate).value(),
                   pki::fingerprint(*certificate).value(), std::string(request_key), *certificate});
  transaction.commit();
  return RenewAnswer{std::move(*certificate)};
}

}  // namespace keepsake::sync::central

#include "sync/agent/office_line.hpp"

#include <chrono>
#include <cstring>

#include "storage/book/book.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/identity.hpp"
#include "sync/pki/validity.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync {

Result<OfficeLine> open_line(Book& book, const Patience& patience) {
  const auto enrolment = book.enrolment();
  if (!enrolment) return not_enrolled();
  auto identity = load_identity(book.folder(), *enrolment);
  if (!identity) return identity.error();
  using pki::Holder;
  const Instant now = machine_now();
  if (auto ok = pki::check_dates(identity->ca_pem, Holder::authority, now); !ok) return ok.error();
  if (auto ok = pki::check_dates(identity->certificate_pem, Holder::terminal, now); !ok)
    return ok.error();
  return OfficeLine{*enrolment, std::make_unique<HttpsTransport>(enrolment->central_url,
                                                                 std::move(*identity), patience)};
}

Error not_enrolled() {
  return {Failure::refused,
          "sync.not-enrolled",
          "This terminal is not enrolled",
          {},
          "Run: keepsake enrol --url URL --code CODE"};
}

Instant machine_now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count()};
}

void hear_clock(Book& book, const HttpAnswer& answer) {
  if (answer.at) (void)book.hear_clock(*answer.at);
}

Error refused_answer(const HttpAnswer& answer, std::string_view code, std::string_view what,
                     std::string_view remedy) {
  const auto problem = decode_problem(answer.body, format_of(answer.content_type));
  const bool for_good = answer.status == 401 || answer.status == 403 || answer.status == 410;
  return {for_good ? Failure::refused : Failure::unavailable,
          problem && for_good ? problem->code : std::string(code), std::string(what),
          "HTTP " + std::to_string(answer.status), std::string(remedy)};
}

Error untrusted(std::string where) {
  return {Failure::unavailable, "answer.untrusted", "An answer is not signed by head office",
          std::move(where),
          "It will be tried again automatically; if it keeps happening, enrol this terminal again"};
}

std::uint64_t any_number() {
  const std::string bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

}  // namespace keepsake::sync

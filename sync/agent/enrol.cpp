#include <algorithm>
#include <array>
#include <string>
#include <unistd.h>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/agent.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/transport.hpp"
#include "sync/pki/pki.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/enrol_code.hpp"

namespace keepsake::sync {

namespace {

Error not_the_centre(std::string where) {
  return {Failure::refused, "enrol.ca",
          "The server at this address is not the head office that issued the code",
          std::move(where), "Check the address, or ask head office for a new code"};
}

/// Exactly one certificate, so that what is trusted is what the fingerprint was taken from: a
/// second one smuggled in behind the first would be trusted as well.
bool single_certificate(std::string_view pem) {
  constexpr std::string_view begin = "-----BEGIN";
  const std::size_t first = pem.find(begin);
  return first != std::string_view::npos && pem.find(begin, first + 1) == std::string_view::npos;
}

/// Enrolling is done once, by a person: nothing tries again by itself.
Error once(Error error) {
  if (error.kind == Failure::unavailable && error.code != "link.certificate")
    error.remedy =
        "Check the address and the network, then enrol again; the code stays valid for its 15 "
        "minutes";
  return error;
}

/// The centre's CA, vouched for by the code alone.
Result<std::string> fetch_ca(const std::string& url, const EnrolCode& code) {
  Transport transport(url, {});
  auto answer = transport.exchange({"GET", std::string(ca_path), {}, {}, Compression::none});
  if (!answer) return once(answer.error());
  if (answer->status != 200) return not_the_centre("HTTP " + std::to_string(answer->status));
  if (answer->body.size() > pki::pem_bytes || !single_certificate(answer->body)) {
    return not_the_centre("it does not present exactly one certificate");
  }
  const auto fingerprint = pki::fingerprint(answer->body);
  if (!fingerprint) return not_the_centre("what it presents is not a certificate");
  if (!names_ca(code, *fingerprint)) return not_the_centre("fingerprint of its certificate");
  return std::move(answer->body);
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  std::string text = name.data();
  std::erase_if(text, [](char c) { return c < ' ' || c > '~'; });
  return text;
}

Error refused_by(const HttpAnswer& answer) {
  const auto problem = decode_problem(answer.body, format_of(answer.content_type));
  const std::string where = problem ? problem->code : "HTTP " + std::to_string(answer.status);
  const std::string what =
      problem && !problem->message.empty() ? problem->message : "Head office refused the enrolment";
  if (answer.status == 429 || answer.status >= 500) {
    return {Failure::unavailable, "enrol.busy", what, where, "Try again in a minute"};
  }
  return {Failure::refused, "enrol.code", what, where, "Ask head office for a new code"};
}

Result<EnrolAnswer> request_enrolment(const std::string& url, const std::string& ca_pem,
                                      const EnrolRequest& request) {
  Transport transport(url, {ca_pem, {}, {}});
  const auto answer = transport.exchange({"POST", std::string(enrol_path), encode(request),
                                          std::string(binary_type), Compression::none});
  if (!answer) {
    if (answer.error().code == "link.certificate") return not_the_centre(answer.error().where);
    return once(answer.error());
  }
  if (answer->status != 200) return refused_by(*answer);
  return decode_enrol_answer(answer->body, format_of(answer->content_type));
}

/// The certificate has to be ours, of this authority, and name what the answer says.
Result<Done> check_answer(const EnrolAnswer& answer, const std::string& ca_pem,
                          const std::string& key_pem) {
  const auto issued = pki::check_issued(answer.certificate_pem, ca_pem, machine_now());
  if (!issued) return issued;
  const auto pair = pki::check_pair(answer.certificate_pem, key_pem);
  if (!pair) return pair;
  const auto name = pki::common_name(answer.certificate_pem);
  if (!name) return name.error();
  if (*name != pki::terminal_name(answer.terminal, answer.epoch) || answer.terminal.provisional()) {
    return not_the_centre("name in its certificate");
  }
  return Done{};
}

}  // namespace

Result<Enrolment> enrol(Book& book, std::string_view url, std::string_view typed_code) {
  const auto address = normalise_url(url);
  if (!address) return address.error();
  const auto code = parse_enrol_code(typed_code);
  if (!code) return code.error();
  const auto key = enrolling_key(book.folder(), view(code->secret));
  if (!key) return key.error();
  const auto csr = pki::make_request(*key, "keepsake terminal");
  if (!csr) return csr.error();
  const auto ca_pem = fetch_ca(*address, *code);
  if (!ca_pem) return ca_pem.error();

  const EnrolRequest request{to_text(*code), *csr, bytes32(book.vault().sign_public()),
                             bytes32(book.vault().box_public()), host_name()};
  const auto answer = request_enrolment(*address, *ca_pem, request);
  if (!answer) return answer.error();
  const auto checked = check_answer(*answer, *ca_pem, *key);
  if (!checked) return checked.error();

  const auto stored = store_identity(book.folder(), answer->terminal, answer->epoch,
                                     {*ca_pem, answer->certificate_pem, *key});
  if (!stored) return stored.error();
  const Enrolment enrolment{answer->terminal,
                            answer->epoch,
                            answer->store,
                            *address,
                            std::string(view(answer->central_sign_public)),
                            std::string(view(answer->central_box_public))};
  const auto set = book.set_enrolment(enrolment);
  if (!set) return set.error();
  forget_other_identities(book.folder(), answer->terminal, answer->epoch);
  return enrolment;
}

}  // namespace keepsake::sync

#include <algorithm>
#include <array>
#include <string>
#include <unistd.h>

#include "storage/book/book.hpp"
#include "storage/book/enrolment.hpp"
#include "storage/book/reader.hpp"
#include "storage/journal/journal.hpp"
#include "storage/vault/vault.hpp"
#include "sync/agent/agent.hpp"
#include "sync/agent/identity.hpp"
#include "sync/agent/office_line.hpp"
#include "sync/agent/transport.hpp"
#include "sync/pki/pki.hpp"
#include "sync/wire/codec.hpp"
#include "sync/wire/endpoints.hpp"
#include "sync/wire/enrol_code.hpp"
#include "sync/wire/signing.hpp"

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
  HttpsTransport transport(url, {});
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

/// Who this folder is and has been, and where its journal ends; signed with its key, and with the one
/// that it had before.
Result<EnrolRequest> request_of(Book& book, const EnrolCode& code, const std::string& csr_pem) {
  const auto reader = book.reader();
  if (!reader) return reader.error();
  auto identities = (*reader)->identities();
  if (!identities) return identities.error();
  const auto head = (*reader)->head();
  if (!head) return head.error();
  auto former = book.vault().former_sign_public();
  if (!former) return former.error();
  const auto csr_key = pki::request_key(csr_pem);
  if (!csr_key) return csr_key.error();
  EnrolRequest request{to_text(code), csr_pem, bytes32(book.vault().sign_public()),
                       bytes32(book.vault().box_public()), host_name()};
  request.identities = std::move(*identities);
  request.head = head->seq;
  request.head_hash = head->hash;
  request.former_sign_public = std::move(*former);
  const std::string bytes = enrol_signing_bytes(code, *csr_key, request);
  request.signature = bytes64(book.vault().sign(bytes));
  if (request.former_sign_public.empty()) return request;
  const auto proof = book.vault().sign_as_former(bytes);
  if (!proof) return proof.error();
  request.former_signature = bytes64(*proof);
  return request;
}

Result<EnrolAnswer> request_enrolment(const std::string& url, const std::string& ca_pem, Book& book,
                                      const EnrolCode& code, const std::string& csr_pem) {
  const auto request = request_of(book, code, csr_pem);
  if (!request) return request.error();
  HttpsTransport transport(url, {ca_pem, {}, {}});
  const auto answer = transport.exchange({"POST", std::string(enrol_path), encode(*request),
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

Result<Enrolment> enrol(Book& book, std::string_view url, std::string_view typed_code,
                        const std::function<void()>& found_copy) {
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

  auto answer = request_enrolment(*address, *ca_pem, book, *code, *csr);
  if (!answer && answer.error().where == "terminal.copied") {
    // Somebody else has this folder's keys. With others it is a terminal of its own, and what it
    // sold is its own.
    if (auto taken = book.vault().take_new_keys(); !taken) return taken.error();
    if (found_copy) found_copy();
    answer = request_enrolment(*address, *ca_pem, book, *code, *csr);
  }
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
                            std::string(view(answer->central_box_public)),
                            answer->till};
  const auto set = book.set_enrolment(enrolment);
  if (!set) return set.error();
  forget_other_identities(book.folder(), answer->terminal, answer->epoch, view(code->secret));
  return enrolment;
}

}  // namespace keepsake::sync

// Whom a terminal talks to, with real TLS.
#include <doctest/doctest.h>

#include "storage/engine/whole_file.hpp"
#include "sync/agent/transport.hpp"
#include "sync/pki/pki.hpp"
#include "tests/sync/till.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::test;

namespace {

HttpRequest greeting() {
  HttpRequest request;
  request.path = "/v1/ca";
  return request;
}

std::string authority_of(HeadOffice& office) {
  return read_whole(office.data() / "ca.pem", pki::pem_bytes).value();
}

}  // namespace

TEST_CASE("a server is talked to under its own name only, whoever signed its certificate") {
  HeadOffice office({"head-office.example"});
  HttpsTransport transport(office.url(), {authority_of(office), {}, {}});
  const auto answer = transport.exchange(greeting());
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code == "link.certificate");
}

TEST_CASE("a server whose certificate another authority signed is not talked to") {
  HeadOffice office;
  HeadOffice other;
  HttpsTransport transport(office.url(), {authority_of(other), {}, {}});
  const auto answer = transport.exchange(greeting());
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code == "link.certificate");
  HttpsTransport right(office.url(), {authority_of(office), {}, {}});
  CHECK(right.exchange(greeting()).ok());
}

TEST_CASE("what is acknowledged under another signature stays unsent") {
  HeadOffice office;
  Till till;
  Enrolment enrolment = till.enrol_at(office);
  till.sell(2);
  // As if somebody between had the server's certificate, but not head office's vault.
  enrolment.central_sign_public[0] = static_cast<char>(enrolment.central_sign_public[0] ^ 1);
  REQUIRE(till.book->set_enrolment(enrolment).ok());
  const SyncState state = till.sync();
  CHECK(state.acknowledged == 0);
  CHECK(state.waiting == 2);
  REQUIRE(state.last_error);
  CHECK(state.last_error->code == "answer.untrusted");
}

// Certificates that come to their end, with both ends over TLS.

#include <doctest/doctest.h>
#include <future>

#include "storage/domain/views/reports.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/whole_file.hpp"
#include "sync/agent/renewal.hpp"
#include "sync/central/terminal_trail.hpp"
#include "sync/pki/pki.hpp"
#include "tests/sync/till.hpp"

namespace keepsake::sync::test {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
constexpr std::chrono::hours day{24};

/// Enrolled so many days ago, as far as head office's certificate says.
Enrolment enrolled_before(Till& till, HeadOffice& office, std::chrono::milliseconds ago) {
  office.clock.advance(-ago);
  const Enrolment enrolment = till.enrol_at(office);
  office.clock.advance(ago);
  return enrolment;
}

fs::path identity_file(const Till& till, const std::string& name) {
  return till.data() / "identity" / name;
}

std::string pair_name(const Enrolment& enrolment) {
  return pki::terminal_name(enrolment.terminal, enrolment.epoch) + ".pem";
}

std::int64_t certificates_of(const HeadOffice& office, const Enrolment& enrolment) {
  return central::count_certificates(**central::open_records(office.data()), enrolment.terminal,
                                     {});
}

}  // namespace

TEST_CASE("a till in the last third of its certificate renews by itself and goes on") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = enrolled_before(till, office, 300 * day);
  const TlsIdentity before = *load_identity(till.data(), enrolment);
  till.sell(2);
  const auto agent = Agent::start(
      *till.book, till.clock, [] {}, [] {});
  REQUIRE(eventually([&] { return certificates_of(office, enrolment) == 2; }));
  CHECK(
      eventually([&] { return load_identity(till.data(), enrolment)->key_pem != before.key_pem; }));
  const TlsIdentity after = *load_identity(till.data(), enrolment);
  CHECK(pki::expires(after.certificate_pem)->ms > pki::expires(before.certificate_pem)->ms);
  CHECK_FALSE(fs::exists(identity_file(till, "renewing.pem")));
  CHECK(till.book->enrolment() == enrolment);
  till.sell(1);
  agent->nudge();
  CHECK(eventually([&] { return agent->state().acknowledged == 3; }));
  CHECK(agent->state().link == LinkState::online);
  std::this_thread::sleep_for(200ms);
  CHECK(certificates_of(office, enrolment) == 2);  // and does not do it again
}

TEST_CASE("a till whose certificate is young does not renew it") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = enrolled_before(till, office, 250 * day);
  till.sync();
  CHECK(certificates_of(office, enrolment) == 1);
}

TEST_CASE("a renewal that is cut off leaves a pair that works, and goes on with the same key") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = enrolled_before(till, office, 300 * day);
  const TlsIdentity before = *load_identity(till.data(), enrolment);
  // The answer is lost after head office has given the certificate.
  constexpr std::size_t within_request = 1900;  // beyond the handshake, before the request's end
  office.line().set({LineFault::Kind::lose_answer, within_request, {}});
  auto trying = std::async(std::launch::async, [&] { return renew(*till.book); });
  CHECK(eventually([&] { return certificates_of(office, enrolment) == 2; }));
  office.line().set({});
  CHECK_FALSE(trying.get().ok());
  CHECK(load_identity(till.data(), enrolment)->key_pem == before.key_pem);
  const auto key = read_whole(identity_file(till, "renewing.pem"), pki::pem_bytes);
  REQUIRE(key.ok());
  // A crash before the pair was renamed into its place.
  REQUIRE(write_durably(identity_file(till, pair_name(enrolment) + ".new"), "half").ok());
  till.sell(1);

  CHECK(till.sync().waiting == 0);  // renews first
  CHECK(load_identity(till.data(), enrolment)->key_pem == *key);
  CHECK(certificates_of(office, enrolment) == 2);
  // A crash after it, before the key's file was removed: no other certificate is needed for it.
  REQUIRE(write_durably(identity_file(till, "renewing.pem"), *key).ok());
  CHECK(renew(*till.book).ok());
  CHECK(certificates_of(office, enrolment) == 2);
  till.sell(1);
  CHECK(till.sync().waiting == 0);
}

TEST_CASE("key and certificate of an earlier version are read, and renewed into one file") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  const TlsIdentity identity = *load_identity(till.data(), enrolment);
  const std::string name = pki::terminal_name(enrolment.terminal, enrolment.epoch);
  fs::remove(identity_file(till, name + ".pem"));
  CHECK(load_identity(till.data(), enrolment).error().code == "identity.missing");
  REQUIRE(write_durably(identity_file(till, "key.pem"), identity.key_pem).ok());
  REQUIRE(write_durably(identity_file(till, name + ".crt.pem"), identity.certificate_pem).ok());
  till.sell(1);
  CHECK(till.sync().waiting == 0);
  CHECK(renew(*till.book).ok());
  CHECK_FALSE(fs::exists(identity_file(till, "key.pem")));
  till.sell(1);
  CHECK(till.sync().waiting == 0);
  // Parts that do not belong together are no identity.
  REQUIRE(write_durably(identity_file(till, name + ".pem"),
                        pki::make_key().value() + identity.certificate_pem)
              .ok());
  CHECK(load_identity(till.data(), enrolment).error().code == "identity.missing");
}

TEST_CASE(
    "a till whose certificate has ended keeps selling, says so, and a code lets it in again") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = enrolled_before(till, office, pki::terminal_days * day - 4s);
  till.sell(1);
  std::this_thread::sleep_for(5s);
  const auto refused = sync_once(*till.book, till.clock);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "certificate.expired");
  CHECK(standing_state(*till.book)->link == LinkState::refused);
  CHECK(standing_state(*till.book)->last_error->code == "certificate.expired");
  {
    const auto agent = Agent::start(
        *till.book, till.clock, [] {}, [] {});
    CHECK(eventually([&] { return agent->state().link == LinkState::refused; }));
    CHECK(agent->state().last_error->code == "certificate.expired");
    till.sell(1);
    CHECK(till.totals().purchases == 2);
  }
  // Head office's TLS takes it no more either.
  const auto line = connect(till, enrolment);
  CHECK(line->exchange({"GET", "/v1/status", {}, {}}).error().code == "link.refused");

  const Enrolment again = till.enrol_at(office);
  CHECK(again.terminal == enrolment.terminal);
  CHECK(till.sync().waiting == 0);
  check_equal(till.totals(), office.store());
}

TEST_CASE("a certificate that is not valid yet is told: the clock is behind") {
  HeadOffice office;
  Till till;
  const Enrolment enrolment = till.enrol_at(office);
  const pki::Authority authority{*read_whole(office.data() / "ca.pem", pki::pem_bytes),
                                 *read_whole(office.data() / "ca.key", pki::pem_bytes)};
  const TlsIdentity identity = *load_identity(till.data(), enrolment);
  const auto early =
      pki::issue_client(authority, pki::make_request(identity.key_pem, "till").value(), "till",
                        office.clock.now() + 10 * day);
  REQUIRE(early.ok());
  REQUIRE(write_durably(identity_file(till, pair_name(enrolment)), identity.key_pem + *early).ok());
  CHECK(sync_once(*till.book, till.clock).error().code == "certificate.early");
}

}  // namespace keepsake::sync::test

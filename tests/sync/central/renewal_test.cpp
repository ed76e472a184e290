#include "sync/central/renewal.hpp"

#include <doctest/doctest.h>

#include "sync/central/terminal_trail.hpp"
#include "tests/sync/central/office.hpp"

namespace keepsake::sync::central::test {

namespace {

constexpr std::chrono::hours one_day{24};

struct Renewing : Office {
  SendingTerminal till{clock};
  Renewing() { till.enrol(centre->enrolment()); }

  std::variant<RenewAnswer, Refusal> renew(const std::string& key_pem) {
    return centre->renewals().renew(till.number, till.epoch,
                                    pki::make_request(key_pem, "till").value());
  }
  std::string renewed(const std::string& key_pem) {
    const auto answer = renew(key_pem);
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal ? refusal->problem.code : std::get<RenewAnswer>(answer).certificate_pem;
  }
  std::optional<Instant> end() const {
    return certificate_end(**central::open_records(data()), till.number, till.epoch);
  }
};

std::string opening(const Office& office, Instant now) {
  const FakeClock clock(now);
  const auto centre = Centre::open(office.data(), {"localhost"}, clock);
  return centre.ok() ? "ok" : centre.error().code;
}

}  // namespace

TEST_CASE("a terminal gets its next certificate under the same name") {
  Renewing office;
  const auto before = office.end();
  REQUIRE(before);
  office.clock.advance(300 * one_day);
  const std::string key = pki::make_key().value();
  const std::string certificate = office.renewed(key);
  CHECK(pki::common_name(certificate).value() ==
        pki::common_name(office.till.certificate_pem).value());
  CHECK(pki::check_pair(certificate, key).ok());
  CHECK(pki::check_issued(certificate, office.centre->authority_pem(), office.clock.now()).ok());
  CHECK(office.end()->ms == before->ms + std::chrono::milliseconds(300 * one_day).count());
  office.till.sell(100);
  CHECK(office.taken(office.till, office.till.all()).acked == 1);  // number and epoch are as before
}

TEST_CASE("the same key gets the same certificate again, so that a lost answer costs nothing") {
  Renewing office;
  const std::string key = pki::make_key().value();
  const std::string certificate = office.renewed(key);
  office.clock.advance(std::chrono::hours(1));
  CHECK(office.renewed(key) == certificate);
  CHECK(office.renewed(pki::make_key().value()) != certificate);
  office.clock.advance(2 * one_day);
  CHECK(office.renewed(key) != certificate);
}

TEST_CASE("whoever may not push gets no certificate, and nobody gets them without end") {
  Renewing office;
  const auto refused =
      office.centre->renewals().renew(office.till.number, office.till.epoch, "none");
  CHECK(std::get<Refusal>(refused).problem.code == "csr.invalid");
  for (int i = 1; i < Renewals::certificates_a_day; ++i)  // one came with the enrolment
    CHECK(office.renewed(pki::make_key().value()) != "busy");
  const auto many = office.renew(pki::make_key().value());
  CHECK(std::get<Refusal>(many).status == 429);
  CHECK(std::get<Refusal>(many).retry_after_s);
  office.clock.advance(2 * one_day);
  CHECK(office.renewed(pki::make_key().value()) != "busy");

  const Epoch former = office.till.epoch;
  office.till.enrol(office.centre->enrolment());
  const Epoch present = std::exchange(office.till.epoch, former);
  CHECK(office.renewed(pki::make_key().value()) == "epoch.retired");
  office.till.epoch = present;
  REQUIRE(office.centre->revocations().revoke(office.till.number, "stolen", "anna").ok());
  CHECK(office.renewed(pki::make_key().value()) == "terminal.revoked");
}

TEST_CASE("a centre whose authority does not hold says so at its start") {
  Office office;
  const Instant now = office.clock.now();
  office.centre.reset();
  CHECK(opening(office, now) == "ok");
  CHECK(opening(office, now + 3651 * one_day) == "authority.expired");
  CHECK(opening(office, {now.ms - std::chrono::milliseconds(2 * one_day).count()}) ==
        "authority.early");
  CHECK(opening(office, now) == "ok");
}

}  // namespace keepsake::sync::central::test

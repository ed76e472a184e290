#include "sync/pki/validity.hpp"

#include <doctest/doctest.h>

#include "sync/pki/pki.hpp"

namespace keepsake::sync::pki {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3600 * 1000;
const Instant issued_at{1'795'269'600'000};

std::string certificate() {
  const auto authority = make_authority("test", issued_at).value();
  return issue_client(authority, make_request(make_key().value(), "till").value(), "terminal-7-1",
                      issued_at)
      .value();
}

std::string code_at(Instant now, Holder holder = Holder::terminal) {
  const auto ok = check_dates(certificate(), holder, now);
  return ok ? "ok" : ok.error().code;
}

}  // namespace

TEST_CASE("a certificate is renewed in the last third of its life") {
  const auto dates = validity(certificate());
  REQUIRE(dates.ok());
  CHECK(dates->from.ms == issued_at.ms - day_ms);
  CHECK(dates->until.ms == issued_at.ms + terminal_days * day_ms);
  const Instant due = renewal_due(*dates);
  CHECK(due.ms == dates->from.ms + (terminal_days + 1) * day_ms / 3 * 2);
  CHECK(validity("no certificate").error().code == "pki.certificate");
}

TEST_CASE("a certificate that does not hold is told with its day and what to do") {
  CHECK(code_at(issued_at) == "ok");
  CHECK(code_at({issued_at.ms - day_ms}) == "ok");
  CHECK(code_at({issued_at.ms - day_ms - 1000}) == "certificate.early");
  CHECK(code_at({issued_at.ms + terminal_days * day_ms - 1000}) == "ok");
  CHECK(code_at({issued_at.ms + terminal_days * day_ms}) == "certificate.expired");
  CHECK(code_at({0}, Holder::authority) == "authority.early");
  CHECK(code_at({issued_at.ms * 2}, Holder::authority) == "authority.expired");
  const auto early = check_dates(certificate(), Holder::terminal, {0}).error();
  CHECK(early.kind == Failure::refused);
  CHECK(early.where.find("2026-11-20") != std::string::npos);
  CHECK(early.remedy.find("clock") != std::string::npos);
}

}  // namespace keepsake::sync::pki

#include <algorithm>
#include <doctest/doctest.h>

#include "sync/pki/pki.hpp"

using namespace keepsake;
using namespace keepsake::sync;

namespace {

constexpr Instant now{1'795'000'000'000};
constexpr std::int64_t day_ms = 86'400'000;

struct Party {
  std::string key = pki::make_key().value();
  std::string request = pki::make_request(key, "whatever I like").value();
};

}  // namespace

TEST_CASE("a terminal certificate verifies against its authority and no other") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const auto stranger = pki::make_authority("Keepsake test", now).value();
  const Party terminal;
  const auto certificate =
      pki::issue_client(authority, terminal.request, pki::terminal_name({17}, {2}), now).value();
  CHECK(pki::check_issued(certificate, authority.certificate_pem, now).ok());
  const auto refused = pki::check_issued(certificate, stranger.certificate_pem, now);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "pki.untrusted");
}

TEST_CASE("the authority sets the name and the request cannot") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const Party terminal;
  const auto certificate =
      pki::issue_client(authority, terminal.request, pki::terminal_name({17}, {2}), now).value();
  CHECK(pki::common_name(certificate).value() == "terminal-17-2");
}

TEST_CASE("certificates end when they say and begin a day early for slow clocks") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const Party terminal;
  const auto certificate = pki::issue_client(authority, terminal.request, "x", now).value();
  const auto end = pki::expires(certificate).value();
  CHECK((end.ms - now.ms) / day_ms == pki::terminal_days);
  CHECK(pki::check_issued(certificate, authority.certificate_pem, {now.ms - day_ms + 1000}).ok());
  CHECK(pki::check_issued(certificate, authority.certificate_pem, {end.ms - 1000}).ok());
  CHECK_FALSE(pki::check_issued(certificate, authority.certificate_pem, {end.ms + 2000}).ok());
  const auto authority_end = pki::expires(authority.certificate_pem).value();
  CHECK((authority_end.ms - now.ms) / day_ms == pki::authority_days);
}

TEST_CASE("a server certificate carries every name and address") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const Party server;
  const auto certificate =
      pki::issue_server(authority, server.request,
                        {"localhost", "127.0.0.1", "::1", "centre.example"}, now)
          .value();
  const auto names = pki::server_names(certificate).value();
  CHECK(names == std::vector<std::string>{"localhost", "127.0.0.1", "::1", "centre.example"});
  CHECK(pki::common_name(certificate).value() == "localhost");
}

TEST_CASE("names that would reach into the extension syntax are refused") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const Party server;
  for (const auto* name : {"a,DNS:b", "email:copy", "", "-x", "a b", "@section"}) {
    CAPTURE(name);
    const auto refused = pki::issue_server(authority, server.request, {name}, now);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "pki.name");
  }
  CHECK_FALSE(pki::issue_server(authority, server.request, {}, now).ok());
}

TEST_CASE("two certificates for one request have different serials and fingerprints") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const Party terminal;
  const auto first = pki::issue_client(authority, terminal.request, "x", now).value();
  const auto second = pki::issue_client(authority, terminal.request, "x", now).value();
  CHECK(pki::fingerprint(first).value().size() == 32);
  CHECK(pki::fingerprint(first).value() != pki::fingerprint(second).value());
}

TEST_CASE("a wrong private key is noticed") {
  const auto authority = pki::make_authority("Keepsake test", now).value();
  const Party terminal;
  const auto certificate = pki::issue_client(authority, terminal.request, "x", now).value();
  CHECK(pki::check_pair(certificate, terminal.key).ok());
  const auto wrong = pki::check_pair(certificate, pki::make_key().value());
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().code == "pki.mismatch");
  CHECK(pki::check_pair(authority.certificate_pem, authority.key_pem).ok());
}

TEST_CASE("a request that its key did not sign is refused") {
  const Party terminal;
  CHECK(pki::check_request(terminal.request).ok());
  // Flip one base 64 character of the signature, which stands at the end of the body.
  std::string forged = terminal.request;
  const auto at = forged.find("\n-----END") - 8;
  forged[at] = forged[at] == 'A' ? 'B' : 'A';
  const auto refused = pki::check_request(forged);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "pki.request");
  const auto authority = pki::make_authority("Keepsake test", now).value();
  CHECK_FALSE(pki::issue_client(authority, forged, "x", now).ok());
}

TEST_CASE("two requests of one key are known by the same key") {
  const Party terminal;
  const auto again = pki::make_request(terminal.key, "other words").value();
  REQUIRE(pki::request_key(terminal.request).ok());
  CHECK(pki::request_key(terminal.request).value().size() == 32);
  CHECK(pki::request_key(terminal.request).value() == pki::request_key(again).value());
  CHECK(pki::request_key(terminal.request).value() != pki::request_key(Party().request).value());
}

TEST_CASE("garbage and oversize are never a request or a certificate") {
  for (const auto& text :
       {std::string(), std::string("garbage"), std::string("-----BEGIN CERTIFICATE-----\nAAAA\n"),
        std::string(pki::pem_bytes + 1, 'A')}) {
    CHECK_FALSE(pki::check_request(text).ok());
    CHECK_FALSE(pki::common_name(text).ok());
    CHECK_FALSE(pki::fingerprint(text).ok());
    CHECK_FALSE(pki::make_request(text, "x").ok());
  }
}

TEST_CASE("a terminal name reads back and lookalikes do not") {
  const auto name = pki::terminal_name({0xFFFFFF}, {255});
  REQUIRE(pki::parse_terminal_name(name).has_value());
  CHECK(*pki::parse_terminal_name(name) == TerminalIdentity{{0xFFFFFF}, {255}});
  for (const auto* wrong : {"", "operator", "terminal-", "terminal-1", "terminal-1-",
                            "terminal--1-1", "terminal-01-1", "terminal-1-1 ", "terminal-1-256",
                            "terminal-16777216-1", "Terminal-1-1", "terminal-+1-1"}) {
    CAPTURE(wrong);
    CHECK_FALSE(pki::parse_terminal_name(wrong).has_value());
  }
}

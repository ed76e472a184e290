#include "sync/central/router.hpp"

#include <doctest/doctest.h>

#include "sync/central/server.hpp"
#include "sync/central/throttle.hpp"
#include "tests/sync/central/office.hpp"

using namespace keepsake;
using namespace keepsake::sync;
using namespace keepsake::sync::central;
using namespace keepsake::sync::central::test;

namespace {

struct Case {
  const char* method;
  const char* target;
  const char* peer;  // a certificate's name, "" for none
  unsigned status;   // 0: admitted
  const char* code;
};

Peer peer_of(const char* name) {
  Peer peer = *name == '\0' ? Peer{} : peer_named(name);
  peer.address = "192.0.2.1";
  return peer;
}

}  // namespace

TEST_CASE("who may ask what") {
  Office office;
  const auto router = std::move(*Router::open(*office.centre, office.clock, nullptr));
  const Case cases[] = {
      {"GET", "/v1/ca", "", 0, ""},
      {"GET", "/v1/health", "", 0, ""},
      {"POST", "/v1/enrol", "", 0, ""},
      {"GET", "/v1/status", "", 401, "certificate.missing"},
      {"GET", "/v1/status", "operator", 0, ""},
      {"GET", "/v1/status", "terminal-3-1", 0, ""},
      {"GET", "/v1/status", "somebody", 403, "certificate.unknown"},
      {"POST", "/v1/t/3/1/batch", "", 401, "certificate.missing"},
      {"POST", "/v1/t/3/1/batch", "terminal-3-1", 0, ""},
      {"POST", "/v1/t/3/1/batch", "terminal-4-1", 403, "certificate.terminal"},
      {"POST", "/v1/t/3/1/batch", "terminal-3-2", 403, "certificate.terminal"},
      {"POST", "/v1/t/3/1/batch", "operator", 403, "certificate.terminal"},
      {"POST", "/v1/t/3/1/batch", "terminal-03-1", 403, "certificate.unknown"},
      {"GET", "/v1/t/3/1/batch", "terminal-3-1", 405, "method.wrong"},
      {"POST", "/v1/ca", "", 405, "method.wrong"},
      {"DELETE", "/v1/enrol", "", 405, "method.wrong"},
      {"GET", "/", "", 404, "path.unknown"},
      {"GET", "/v1/ca/", "", 404, "path.unknown"},
      {"POST", "/v1/t/3/1/batch/../../../status", "terminal-3-1", 404, "path.unknown"},
      {"POST", "/v1/t/3/999/batch", "terminal-3-1", 404, "path.unknown"},
      {"POST", "/v1/t//1/batch", "terminal-3-1", 404, "path.unknown"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.method);
    CAPTURE(one.target);
    CAPTURE(one.peer);
    const auto admission =
        router->admit({one.method, one.target, "", "", "", {}}, peer_of(one.peer));
    if (one.status == 0) {
      CHECK(std::holds_alternative<Request>(admission));
    } else {
      REQUIRE(std::holds_alternative<Reply>(admission));
      const auto& reply = std::get<Reply>(admission);
      CHECK(reply.status == one.status);
      CHECK(decode_problem(reply.body).value().code == one.code);
      CHECK(reply.allow.empty() == (one.status != 405));
    }
  }
}

TEST_CASE("what a request says of its body is checked before the body is read") {
  Office office;
  const auto router = std::move(*Router::open(*office.centre, office.clock, nullptr));
  const auto status = [&](const std::string& type, const std::string& encoding,
                          std::uint64_t length) {
    const auto admission = router->admit({"POST", "/v1/t/3/1/batch", type, encoding, "", length},
                                         peer_of("terminal-3-1"));
    const auto* reply = std::get_if<Reply>(&admission);
    return reply == nullptr ? 0U : reply->status;
  };
  CHECK(status("application/x-protobuf", "zstd", limits::batch_bytes) == 0);
  CHECK(status("application/json; charset=utf-8", "", 10) == 0);
  CHECK(status("application/x-protobuf", "zstd", limits::batch_bytes + 1) == 413);
  CHECK(status("application/x-protobuf", "gzip", 10) == 415);
  CHECK(status("text/plain", "", 10) == 415);
}

TEST_CASE("an answer comes in the form that was asked for") {
  Office office;
  const auto router = std::move(*Router::open(*office.centre, office.clock, nullptr));
  const auto admission =
      router->admit({"GET", "/v1/status", "", "", "application/json", {}}, Peer{});
  REQUIRE(std::holds_alternative<Reply>(admission));
  const auto& reply = std::get<Reply>(admission);
  CHECK(reply.type == "application/json");
  CHECK(decode_problem(reply.body, Format::json).value().code == "certificate.missing");
}

TEST_CASE("after too many refusals an address waits and others do not") {
  FakeClock clock;
  Throttle throttle({.per_address = 3, .remembered = 50, .window = std::chrono::minutes(1)});
  for (int i = 0; i < 3; ++i) {
    CHECK(throttle.allows("a", clock.now()));
    throttle.refused("a", clock.now());
  }
  CHECK_FALSE(throttle.allows("a", clock.now()));
  CHECK(throttle.allows("b", clock.now()));
  clock.advance(std::chrono::seconds(59));
  CHECK_FALSE(throttle.allows("a", clock.now()));
  clock.advance(std::chrono::seconds(1));
  CHECK(throttle.allows("a", clock.now()));
}

TEST_CASE("whatever others do an address is judged by its own refusals") {
  FakeClock clock;
  Throttle throttle({.per_address = 3, .remembered = 50, .window = std::chrono::minutes(1)});
  for (int i = 0; i < 10; ++i) throttle.refused("a", clock.now());
  for (int i = 0; i < 1000; ++i) throttle.refused("junk " + std::to_string(i), clock.now());
  CHECK(throttle.allows("till", clock.now()));
}

TEST_CASE("a clock set back frees an address") {
  FakeClock clock;
  Throttle throttle({.per_address = 1, .remembered = 50, .window = std::chrono::minutes(1)});
  throttle.refused("a", clock.now());
  CHECK_FALSE(throttle.allows("a", clock.now()));
  clock.advance(-std::chrono::hours(5));
  CHECK(throttle.allows("a", clock.now()));
}

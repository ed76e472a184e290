#pragma once
// One exchange at a time with one centre. The curl behind it stays in transport.cpp.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::sync {

enum class Compression { none, zstd };

struct HttpRequest {
  std::string method = "GET";  ///< GET or POST
  std::string path;
  std::string body;
  std::string content_type;
  Compression compression = Compression::none;  ///< of the body as given
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
  std::optional<std::chrono::seconds> retry_after;
  std::optional<Instant> at{};  ///< by head office's clock, where it says so
};

/// Whom a connection trusts and who it says it is, all PEM.
struct TlsIdentity {
  std::string ca_pem;           ///< the only authority; empty: nobody is checked (GET /v1/ca alone)
  std::string certificate_pem;  ///< ours; empty: none
  std::string key_pem;
  /// The other end is this terminal, under this epoch or a later one, and not head office.
  std::optional<TerminalIdentity> neighbour{};
};

/// How long an exchange may take.
struct Patience {
  std::chrono::milliseconds to_connect{15'000};
  std::chrono::milliseconds in_all{120'000};  ///< a full batch over a line of 3 kB/s
};

/// The way to head office. Abstract because the simulator (tests/world) puts one in its place that
/// loses, doubles and delays what goes over it.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Blocks. Any HTTP status is an answer. Failure::unavailable "link.down", "link.timeout",
  /// "link.certificate" (the server is not the centre), "link.answer" (too long, no HTTP),
  /// "link.aborted"; Failure::refused "link.refused" (the centre's TLS does not take our
  /// certificate).
  virtual Result<HttpAnswer> exchange(const HttpRequest& request) = 0;
  /// From any thread: ends an exchange under way, and every later one, with "link.aborted".
  virtual void abort() noexcept = 0;
};

/// The connection is kept between exchanges. TLS 1.2 at least, host name checked, no authority of
/// the system, no redirect, no proxy from the environment.
class HttpsTransport : public Transport {
 public:
  HttpsTransport(std::string url, TlsIdentity identity, const Patience& patience = {});
  ~HttpsTransport() override;
  HttpsTransport(const HttpsTransport&) = delete;
  HttpsTransport& operator=(const HttpsTransport&) = delete;
  Result<HttpAnswer> exchange(const HttpRequest& request) override;
  void abort() noexcept override;

 private:
  struct Inside;  // keeps curl out of this header
  std::unique_ptr<Inside> inside_;
};

/// "https://host[:port]" without anything behind it, or Failure::bad_input "enrol.url".
Result<std::string> normalise_url(std::string_view typed);

}  // namespace keepsake::sync

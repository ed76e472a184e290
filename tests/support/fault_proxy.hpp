#pragma once
// A TCP proxy on loopback between a terminal and a centre that can spoil the line in named ways. It
// sees only TLS, so that it tells requests from handshakes by how much the client has sent.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

namespace keepsake::test {

/// What a connection made from now on suffers.
struct LineFault {
  enum class Kind {
    none,
    refuse,       ///< accepted and closed at once
    black_hole,   ///< accepted, and nothing comes through
    cut_request,  ///< closed when the client has sent `bytes`
    /// Nothing the server says after the client has sent `bytes` comes through; set() closes it.
    lose_answer,
    delay,  ///< what the server says comes `delay` later
  };
  Kind kind = Kind::none;
  std::size_t bytes = 0;
  std::chrono::milliseconds delay{0};
};

class FaultProxy {
 public:
  /// Listens on 127.0.0.1, any port, for connections to 127.0.0.1:`target`.
  static std::unique_ptr<FaultProxy> start(std::uint16_t target);
  virtual ~FaultProxy() = default;
  virtual std::uint16_t port() const = 0;
  /// For connections to come; those that exist are closed.
  virtual void set(LineFault fault) = 0;
  virtual void set_target(std::uint16_t target) = 0;
  virtual int connections() const = 0;  ///< accepted so far
  virtual int cuts() const = 0;         ///< closed by a fault so far
};

}  // namespace keepsake::test

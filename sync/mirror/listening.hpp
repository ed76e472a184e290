#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "storage/book/enrolment.hpp"
#include "storage/domain/values/address.hpp"
#include "sync/agent/transport.hpp"
#include "sync/serving/simple_server.hpp"

namespace keepsake {
class Clock;
}  // namespace keepsake

namespace keepsake::sync::mirror {

class MirrorDoor;
class MirrorFile;

/// The listener of a till, with the certificate that the till has at present. open() and close() are for
/// one thread, the rest for any.
class Listening {
 public:
  /// `kept` as MirrorDoor's. All outlive it.
  Listening(MirrorFile& file, const Clock& clock, std::optional<Address> address,
            std::function<void()> kept);
  ~Listening();

  /// Listens from now on under this identity; does nothing when it does so already, or is to listen
  /// nowhere. What fails is told by trouble() and may be tried again.
  void open(const Enrolment& enrolment, const TlsIdentity& identity);
  /// As for own_addresses(); none while it does not listen.
  std::vector<std::string> addresses() const;
  std::optional<std::uint16_t> port() const;
  std::optional<Error> trouble() const;

 private:
  MirrorFile& file_;
  const Clock& clock_;
  const std::optional<Address> address_;
  const std::function<void()> kept_;
  std::optional<Enrolment> enrolment_;
  std::string certificate_;
  std::unique_ptr<MirrorDoor> door_;
  std::unique_ptr<SimpleServer> server_;
  mutable std::mutex mutex_;  ///< of what follows
  std::optional<std::uint16_t> port_;
  std::optional<Error> trouble_;
};

}  // namespace keepsake::sync::mirror

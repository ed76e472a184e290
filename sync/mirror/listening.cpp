#include "sync/mirror/listening.hpp"

#include <utility>

#include "sync/mirror/mirror_door.hpp"
#include "sync/mirror/own_addresses.hpp"

namespace keepsake::sync::mirror {

Listening::Listening(MirrorFile& file, const Clock& clock, std::optional<Address> address,
                     std::function<void()> kept)
    : file_(file), clock_(clock), address_(std::move(address)), kept_(std::move(kept)) {}
Listening::~Listening() = default;

void Listening::open(const Enrolment& enrolment, const TlsIdentity& identity) {
  const bool same = enrolment_ == enrolment && certificate_ == identity.certificate_pem;
  if (!address_ || (server_ && same)) return;
  server_.reset();  // before the door, and before the port is taken again
  door_ = std::make_unique<MirrorDoor>(file_, enrolment, clock_, kept_);
  auto started = SimpleServer::start(*door_, door_options(*address_),
                                     {identity.certificate_pem, identity.key_pem, identity.ca_pem});
  if (started) {
    server_ = std::move(*started);
    enrolment_ = enrolment;
    certificate_ = identity.certificate_pem;
  }
  const std::lock_guard lock(mutex_);
  port_ = server_ ? std::optional(server_->port()) : std::nullopt;
  trouble_ = server_ ? std::nullopt : std::optional(started.error());
}

std::vector<std::string> Listening::addresses() const {
  const auto at = port();
  return at && address_ ? own_addresses({address_->host, *at}) : std::vector<std::string>();
}

std::optional<std::uint16_t> Listening::port() const {
  const std::lock_guard lock(mutex_);
  return port_;
}

std::optional<Error> Listening::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

}  // namespace keepsake::sync::mirror

#pragma once
// What a till that listens answers to others of its store: POST /v1/mirror (MIRROR.md).

#include <functional>
#include <string>

#include "storage/book/enrolment.hpp"
#include "sync/serving/simple_server.hpp"

namespace keepsake {
class Clock;
}  // namespace keepsake

namespace keepsake::sync::mirror {

class MirrorFile;

class MirrorDoor : public SimpleService {
 public:
  /// `kept`: called on the server's thread after something new was kept; keep it short. All outlive
  /// it.
  MirrorDoor(MirrorFile& file, Enrolment enrolment, const Clock& clock, std::function<void()> kept);

  /// 401 "certificate.missing", 403 "neighbour.unknown" (head office has not named it as a till of
  /// this store, or not any more), 404, 405.
  std::variant<Reply, May> look_at(const RequestHead& head, const Peer& peer) override;
  /// 200 with a MirrorAnswer once what came is on the disk; 400, 413, 500, 503.
  Reply serve(const RequestHead& head, const Peer& peer, const std::string& body) override;

 private:
  Seq acknowledged(const TerminalIdentity& whose, const std::string& signed_answer) const;

  MirrorFile& file_;
  const Enrolment enrolment_;
  const Clock& clock_;
  const std::function<void()> kept_;
};

/// Bounds of a till's listener: a few tills, and nobody else beyond a handshake.
ServerOptions door_options(const Address& address);

}  // namespace keepsake::sync::mirror

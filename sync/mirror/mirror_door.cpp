#include "sync/mirror/mirror_door.hpp"

#include <utility>

#include "storage/domain/values/time.hpp"
#include "storage/vault/crypto.hpp"
#include "sync/mirror/mirror_file.hpp"
#include "sync/wire/mirror.hpp"
#include "sync/wire/signing.hpp"

namespace keepsake::sync::mirror {

MirrorDoor::MirrorDoor(MirrorFile& file, Enrolment enrolment, const Clock& clock,
                       std::function<void()> kept)
    : file_(file), enrolment_(std::move(enrolment)), clock_(clock), kept_(std::move(kept)) {}

std::variant<Reply, SimpleService::May> MirrorDoor::look_at(const RequestHead& head,
                                                            const Peer& peer) {
  constexpr Format out = Format::binary;
  if (peer.kind == Peer::Kind::anonymous)
    return problem_reply(401, "certificate.missing", "A client certificate is required", out);
  // Before the path: who is no till of this store learns nothing of what is here.
  if (peer.kind != Peer::Kind::terminal)
    return problem_reply(403, "neighbour.unknown", "Not a till of this store", out);
  const auto known = file_.is_neighbour(peer.terminal);
  if (!known) return reply_of(as_refusal(known.error()), out);
  if (!*known) return problem_reply(403, "neighbour.unknown", "Not a till of this store", out);
  if (head.target != mirror_path) return problem_reply(404, "path.unknown", "Not found", out);
  if (head.method != "POST") {
    auto reply = problem_reply(405, "method.wrong", "Method not allowed", out);
    reply.allow = "POST";
    return reply;
  }
  return May{mirror_bytes};
}

Reply MirrorDoor::serve(const RequestHead&, const Peer& peer, const std::string& body) {
  constexpr Format out = Format::binary;
  const auto request = decode_mirror_request(body);
  if (!request) return reply_of(refusal_of_body(request.error()), out);
  const Seq acked = acknowledged(peer.terminal, request->acknowledgement);
  const auto answer = file_.take(peer.terminal, *request, acked, clock_.now());
  if (!answer) return reply_of(as_refusal(answer.error()), out);
  if (request->batch && !answer->full && kept_) kept_();
  return ok_reply(encode(*answer), out);
}

/// What head office has of it, by its own word; 0: nothing is shown, or nothing that counts.
Seq MirrorDoor::acknowledged(const TerminalIdentity& whose,
                             const std::string& signed_answer) const {
  if (signed_answer.empty()) return 0;
  const auto shown = decode_signed_acknowledgement(signed_answer);
  if (!shown || !verify_signature(ack_signing_bytes(shown->acknowledgement), view(shown->signature),
                                  enrolment_.central_sign_public))
    return 0;
  const auto told = decode_acknowledgement(shown->acknowledgement);
  const bool theirs = told && told->terminal == whose.terminal && told->epoch == whose.epoch;
  return theirs ? told->acked : 0;
}

ServerOptions door_options(const Address& address) {
  ServerOptions options;
  options.address = address;
  options.strangers = Strangers::are_refused;
  options.connections = {.strangers = 64, .strangers_per_address = 16, .per_terminal = 4};
  options.farewell = std::chrono::milliseconds(1'000);
  return options;
}

}  // namespace keepsake::sync::mirror

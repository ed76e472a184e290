#include "sync/serving/peer.hpp"

#include "sync/pki/pki.hpp"

namespace keepsake::sync {

Peer peer_named(std::string_view common_name) {
  Peer peer;
  peer.kind = Peer::Kind::unknown;
  if (common_name == pki::operator_name) peer.kind = Peer::Kind::operating;
  if (const auto terminal = pki::parse_terminal_name(common_name)) {
    peer.kind = Peer::Kind::terminal;
    peer.terminal = *terminal;
  }
  return peer;
}

}  // namespace keepsake::sync

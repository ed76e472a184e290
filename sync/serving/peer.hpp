#pragma once
// Who asks what, without sockets: by the certificate that TLS has verified, and by the head of a
// request.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"

namespace keepsake::sync {

struct Peer {
  /// unknown: ours, but names nobody.
  enum class Kind { anonymous, terminal, operating, unknown };
  Kind kind = Kind::anonymous;
  TerminalIdentity terminal;
  std::string address;  ///< for limits only, never logged
};
/// The peer that this certificate name means.
Peer peer_named(std::string_view common_name);

/// What a request says before its body.
struct RequestHead {
  std::string method;
  std::string target;
  std::string content_type;
  std::string content_encoding;
  std::string accept;
  std::optional<std::uint64_t> content_length;
};

}  // namespace keepsake::sync

#include "sync/wire/signing.hpp"

#include "storage/domain/values/big_endian.hpp"
#include "sync/wire/codec.hpp"

namespace keepsake::sync {

namespace {

/// What the centre says to one terminal alone.
std::string to_terminal(std::string bytes, TerminalNumber terminal, Epoch epoch,
                        std::string_view said) {
  put_big_endian(bytes, terminal.value);
  bytes += static_cast<char>(epoch.value);
  bytes += said;
  return bytes;
}

}  // namespace

std::string batch_signing_bytes(TerminalNumber terminal, Epoch epoch, const Batch& batch) {
  std::string bytes = "keepsake batch v1";
  put_big_endian(bytes, terminal.value);
  bytes += static_cast<char>(epoch.value);
  put_big_endian(bytes, batch.first);
  put_big_endian(bytes, batch.last);
  bytes += view(batch.base_hash);
  bytes += view(batch.head_hash);
  return bytes;
}

std::string opaque_signing_bytes(TerminalNumber terminal, Epoch epoch, const OpaqueRecord& record) {
  std::string bytes = "keepsake opaque v1";
  put_big_endian(bytes, terminal.value);
  bytes += static_cast<char>(epoch.value);
  put_big_endian(bytes, record.seq);
  bytes += view(to_bytes(record.id));
  put_big_endian(bytes, record.type);
  bytes += view(record.base_hash);
  bytes += view(record.hash);
  bytes += record.sealed;
  return bytes;
}

std::string enrol_signing_bytes(const EnrolCode& code, std::string_view csr_key,
                                const EnrolRequest& request) {
  std::string bytes = "keepsake enrol v1";
  bytes += view(code.secret);
  bytes += view(code.ca_fingerprint);
  bytes += csr_key;
  bytes += view(request.sign_public);
  bytes += view(request.box_public);
  put_big_endian(bytes, request.head);
  bytes += view(request.head_hash);
  put_big_endian(bytes, static_cast<std::uint32_t>(request.identities.size()));
  for (const TerminalIdentity& each : request.identities) {
    put_big_endian(bytes, each.terminal.value);
    bytes += static_cast<char>(each.epoch.value);
  }
  bytes += request.former_sign_public;
  return bytes;
}

std::string ack_signing_bytes(std::string_view acknowledgement) {
  return "keepsake ack v1" + std::string(acknowledgement);
}

std::string reservation_signing_bytes(TerminalNumber terminal, Epoch epoch,
                                      std::string_view answer) {
  return to_terminal("keepsake reservations v1", terminal, epoch, answer);
}

std::string snapshot_signing_bytes(TerminalNumber terminal, Epoch epoch, std::string_view offer) {
  return to_terminal("keepsake snapshot v1", terminal, epoch, offer);
}

std::string feed_signing_bytes(TerminalNumber terminal, Epoch epoch, std::string_view page) {
  return to_terminal("keepsake feed v1", terminal, epoch, page);
}

}  // namespace keepsake::sync

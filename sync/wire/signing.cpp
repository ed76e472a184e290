#include "sync/wire/signing.hpp"

#include "sync/wire/codec.hpp"

namespace keepsake::sync {

namespace {

void append_u32(std::string& to, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>((value >> shift) & 0xFFU);
}

}  // namespace

std::string batch_signing_bytes(TerminalNumber terminal, Epoch epoch, const Batch& batch) {
  std::string bytes = "keepsake batch v1";
  append_u32(bytes, terminal.value);
  bytes += static_cast<char>(epoch.value);
  append_u32(bytes, batch.first);
  append_u32(bytes, batch.last);
  bytes += view(batch.base_hash);
  bytes += view(batch.head_hash);
  return bytes;
}

std::string ack_signing_bytes(std::string_view acknowledgement) {
  return "keepsake ack v1" + std::string(acknowledgement);
}

std::string feed_signing_bytes(TerminalNumber terminal, Epoch epoch, std::string_view page) {
  std::string bytes = "keepsake feed v1";
  append_u32(bytes, terminal.value);
  bytes += static_cast<char>(epoch.value);
  bytes += page;
  return bytes;
}

}  // namespace keepsake::sync

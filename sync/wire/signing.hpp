#pragma once
// The bytes that signatures cover; integers big-endian. Signing itself is the vault's.

#include <string>
#include <string_view>

#include "sync/wire/enrol_code.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake::sync {

/// "keepsake batch v1" | terminal u32 | epoch u8 | first u32 | last u32 | base_hash | head_hash.
/// Records need no part of their own: the chain from base to head binds each of them.
std::string batch_signing_bytes(TerminalNumber terminal, Epoch epoch, const Batch& batch);

/// "keepsake opaque v1" | terminal u32 | epoch u8 | seq u32 | id | type u16 | base_hash | hash |
/// sealed.
std::string opaque_signing_bytes(TerminalNumber terminal, Epoch epoch, const OpaqueRecord& record);

/// "keepsake enrol v1" | secret and fingerprint of the code | csr_key, SHA-256 of the request's public
/// key | sign_public | box_public | head u32 | head_hash | number of identities u32 | each: terminal
/// u32 | epoch u8 | former_sign_public. Binds the keys to one another and to this code.
std::string enrol_signing_bytes(const EnrolCode& code, std::string_view csr_key,
                                const EnrolRequest& request);

/// "keepsake ack v1" | the serialised Acknowledgement as it travels.
std::string ack_signing_bytes(std::string_view acknowledgement);

/// "keepsake feed v1" | terminal u32 | epoch u8 | the serialised FeedPage as it travels. A page is
/// for one terminal.
std::string reservation_signing_bytes(TerminalNumber terminal, Epoch epoch,
                                      std::string_view answer);
/// "keepsake snapshot v1" | terminal u32 | epoch u8 | the serialised SnapshotOffer as it travels.
std::string snapshot_signing_bytes(TerminalNumber terminal, Epoch epoch, std::string_view offer);
std::string feed_signing_bytes(TerminalNumber terminal, Epoch epoch, std::string_view page);

}  // namespace keepsake::sync

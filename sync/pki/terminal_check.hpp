#pragma once
// A client's look at a till that listens (sync/mirror): its certificate is the one that it shows head
// office, made for clients alone, so that no till can pass for head office.

#include "storage/domain/values/ids.hpp"

struct ssl_ctx_st;

namespace keepsake::sync::pki {

/// Connections of this OpenSSL context (a client's, with its authority set) go to this terminal alone:
/// certificate of the authority, good now, made for a client, and named for this number and this epoch
/// or a later one. `expected` outlives them.
void expect_terminal(ssl_ctx_st* context, const TerminalIdentity& expected);

}  // namespace keepsake::sync::pki

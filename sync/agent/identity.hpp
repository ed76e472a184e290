#pragma once
// DIR/identity: the TLS key of this terminal and what the centre gave for it.
//
//   key.pem                  0600, made before the first enrolment, kept when an attempt fails
//   terminal-17-2.crt.pem    certificate of terminal 17 in epoch 2
//   terminal-17-2.ca.pem     the authority that it trusts
//
// Certificates are named by terminal and epoch, so that the enrolment in the book, one transaction,
// decides which are valid: after a crash between the files and the book the former enrolment is
// still valid.

#include <filesystem>
#include <string>

#include "storage/domain/values/ids.hpp"
#include "sync/agent/transport.hpp"

namespace keepsake {
struct Enrolment;
}  // namespace keepsake

namespace keepsake::sync {

/// The key that is there, or a new one. Failure::unavailable; ::bad_input when the file is no key.
Result<std::string> identity_key(const std::filesystem::path& folder);

/// Failure::unavailable.
Result<Done> store_certificates(const std::filesystem::path& folder, TerminalNumber terminal,
                                Epoch epoch, const std::string& certificate_pem,
                                const std::string& ca_pem);

/// Removes the certificates of former enrolments, as far as it can.
void forget_other_certificates(const std::filesystem::path& folder, TerminalNumber terminal,
                               Epoch epoch);

/// What a connection under this enrolment needs. Failure::refused "identity.missing".
Result<TlsIdentity> load_identity(const std::filesystem::path& folder, const Enrolment& enrolment);

}  // namespace keepsake::sync

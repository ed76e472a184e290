#pragma once
// DIR/identity: the TLS keys of this terminal and what the centre gave for them.
//
//   terminal-17-2.pem        0600: key and certificate of terminal 17 in epoch 2, in one file, so that
//                            no crash leaves one without the other; renewing replaces it whole
//   terminal-17-2.ca.pem     the authority that it trusts
//   enrolling-1f2e3d4c.pem   0600: the key of an enrolment, by the code's hash: the same code gets the
//                            same answer again, and a copy of this folder that is enrolled with a code
//                            of its own has a key of its own
//   renewing.pem             0600: the key of a renewal that has not ended
//
// Files are named by terminal and epoch, so that the enrolment in the book, one transaction, decides
// which are valid: after a crash between the files and the book the former enrolment is still valid.
// Earlier versions kept key.pem and terminal-17-2.crt.pem apart; they are read where they are.

#include <filesystem>
#include <string>
#include <string_view>

#include "storage/domain/values/ids.hpp"
#include "sync/agent/transport.hpp"

namespace keepsake {
struct Enrolment;
}  // namespace keepsake

namespace keepsake::sync {

/// The key for enrolling with this code: the one that is there, or a new one. Failure::unavailable;
/// ::bad_input when the file is no key.
Result<std::string> enrolling_key(const std::filesystem::path& folder,
                                  std::string_view secret_of_code);
/// The same for a renewal.
Result<std::string> renewing_key(const std::filesystem::path& folder);

/// What the book's enrolment will name. Failure::unavailable.
Result<Done> store_identity(const std::filesystem::path& folder, TerminalNumber terminal,
                            Epoch epoch, const TlsIdentity& identity);
/// Replaces key and certificate of the enrolment that is in force. Failure::unavailable.
Result<Done> replace_pair(const std::filesystem::path& folder, TerminalNumber terminal, Epoch epoch,
                          std::string_view key_pem, std::string_view certificate_pem);

/// Removes what former enrolments and ended attempts left, as far as it can. The key of the code that
/// was used stays until the first renewal: who is not sure that it worked may use the code again.
void forget_other_identities(const std::filesystem::path& folder, TerminalNumber terminal,
                             Epoch epoch, std::string_view secret_of_code);

/// What a connection under this enrolment needs. Failure::refused "identity.missing".
Result<TlsIdentity> load_identity(const std::filesystem::path& folder, const Enrolment& enrolment);

}  // namespace keepsake::sync

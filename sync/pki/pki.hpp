#pragma once
// Keys, certificates and secret files: the private authority of one chain of shops. OpenSSL stays
// inside the .cpp files.
//
// TLS keys are ECDSA P-256: every TLS 1.2 and 1.3 peer, browsers included, takes them as client and
// server certificates. They are apart from the Vault's Ed25519 key, which signs batches and
// answers, so that a certificate can be renewed without touching what was signed.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake::sync::pki {

inline constexpr int authority_days = 3650;
inline constexpr int server_days = 825;
inline constexpr int terminal_days = 398;
inline constexpr std::size_t pem_bytes = 16 * 1024;  ///< the longest PEM text that is looked at

/// A fresh private key, PKCS#8 PEM. Failure::internal "pki.key".
Result<std::string> make_key();

/// A signing request (PKCS#10 PEM) for the key. The common name is only a wish: the authority sets
/// its own. Failure::bad_input "pki.key" when key_pem is not a private key.
Result<std::string> make_request(std::string_view key_pem, std::string_view common_name);

/// Proof of possession: the request is well formed, its key is EC P-256 or Ed25519, and the request
/// is signed by it. Failure::bad_input "pki.request".
Result<Done> check_request(std::string_view request_pem);
/// SHA-256 of the request's public key (SubjectPublicKeyInfo, DER), 32 bytes: the same for every
/// request that one key signs. Failure::bad_input "pki.request".
Result<std::string> request_key(std::string_view request_pem);

struct Authority {
  std::string certificate_pem;
  std::string key_pem;  ///< secret
};
Result<Authority> make_authority(std::string_view name, Instant now);
/// The certificate of a key that is there already. Under the same name it stands for the one that
/// is lost: what was issued before still verifies.
Result<Authority> make_authority(std::string_view name, std::string key_pem, Instant now);

/// A server certificate; `names` are host names or IP addresses and become its subject alternative
/// names, the first also its common name. At least one. Failure::bad_input "pki.request" or
/// "pki.name".
Result<std::string> issue_server(const Authority& authority, std::string_view request_pem,
                                 const std::vector<std::string>& names, Instant now);

/// A client certificate (clientAuth only) with a random serial. Failure::bad_input "pki.request".
Result<std::string> issue_client(const Authority& authority, std::string_view request_pem,
                                 std::string_view common_name, Instant now);

/// Common name of a terminal's certificate: "terminal-17-2".
std::string terminal_name(TerminalNumber terminal, Epoch epoch);
std::optional<TerminalIdentity> parse_terminal_name(std::string_view common_name);
/// Common name of the certificate that may read every store's figures.
inline constexpr std::string_view operator_name = "operator";

// Looking into certificates. Failure::bad_input "pki.certificate" when the text is none.
Result<std::string> common_name(std::string_view certificate_pem);
Result<Instant> expires(std::string_view certificate_pem);
/// SHA-256 of the DER, 32 bytes.
Result<std::string> fingerprint(std::string_view certificate_pem);
Result<std::vector<std::string>> server_names(std::string_view certificate_pem);
/// Failure::refused "pki.untrusted" (the reason in `what`): not signed by `authority_pem`, expired,
/// ...
Result<Done> check_issued(std::string_view certificate_pem, std::string_view authority_pem,
                          Instant now);
/// Failure::refused "pki.mismatch" when the private key is not the certificate's.
Result<Done> check_pair(std::string_view certificate_pem, std::string_view key_pem);

}  // namespace keepsake::sync::pki

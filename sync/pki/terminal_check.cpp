#include "sync/pki/terminal_check.hpp"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <optional>
#include <string>

#include "sync/pki/openssl.hpp"
#include "sync/pki/pki.hpp"

namespace keepsake::sync::pki {

namespace {

std::optional<TerminalIdentity> named_in(X509* certificate) {
  const Bio text(BIO_new(BIO_s_mem()));
  if (!certificate || !text || PEM_write_bio_X509(text.get(), certificate) != 1)
    return std::nullopt;
  const auto name = common_name(written(text.get()));
  return name ? parse_terminal_name(*name) : std::nullopt;
}

/// In place of OpenSSL's own, which wants a server's certificate and a host's name.
int verify(X509_STORE_CTX* chain, void* argument) {
  const auto& expected = *static_cast<const TerminalIdentity*>(argument);
  // OpenSSL has put a server's there, and X509_STORE_CTX_set_purpose() leaves what is there.
  X509_VERIFY_PARAM_set_purpose(X509_STORE_CTX_get0_param(chain), X509_PURPOSE_SSL_CLIENT);
  if (X509_verify_cert(chain) != 1) return 0;
  const auto found = named_in(X509_STORE_CTX_get0_cert(chain));
  if (found && found->terminal == expected.terminal && found->epoch >= expected.epoch) return 1;
  X509_STORE_CTX_set_error(chain, X509_V_ERR_HOSTNAME_MISMATCH);
  return 0;
}

}  // namespace

void expect_terminal(ssl_ctx_st* context, const TerminalIdentity& expected) {
  SSL_CTX_set_cert_verify_callback(context, &verify, const_cast<TerminalIdentity*>(&expected));
}

}  // namespace keepsake::sync::pki

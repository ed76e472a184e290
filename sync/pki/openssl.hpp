#pragma once
// For sync/pki/*.cpp only: OpenSSL's handles with owners, and its error queue as an Error.

#include <memory>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>
#include <string_view>

#include "storage/domain/result.hpp"

namespace keepsake::sync::pki {

template <auto free_function>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    free_function(handle);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Request = std::unique_ptr<X509_REQ, Release<X509_REQ_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;

/// The oldest entry of OpenSSL's queue in `where`; the queue is empty afterwards.
Error openssl_error(Failure kind, std::string code, std::string what, std::string remedy);

/// Null when the text is not one, or is longer than pem_bytes.
Key read_key(std::string_view pem);
Certificate read_certificate(std::string_view pem);
Request read_request(std::string_view pem);

std::string written(BIO* memory);

}  // namespace keepsake::sync::pki

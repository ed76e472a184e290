#pragma once
// For sync/pki/*.cpp only: OpenSSL's handles with owners, and its error queue as an Error.

#include <memory>
#include <string>
#include <string_view>

#include "storage/domain/values/result.hpp"

struct bio_st;
struct evp_pkey_st;
struct x509_st;
struct X509_req_st;

namespace keepsake::sync::pki {

struct Release {
  void operator()(bio_st* handle) const;
  void operator()(evp_pkey_st* handle) const;
  void operator()(x509_st* handle) const;
  void operator()(X509_req_st* handle) const;
};
using Bio = std::unique_ptr<bio_st, Release>;
using Key = std::unique_ptr<evp_pkey_st, Release>;
using Certificate = std::unique_ptr<x509_st, Release>;
using Request = std::unique_ptr<X509_req_st, Release>;

/// The oldest entry of OpenSSL's queue in `where`; the queue is empty afterwards.
Error openssl_error(Failure kind, std::string code, std::string what, std::string remedy);

/// Null when the text is not one, or is longer than pem_bytes.
Key read_key(std::string_view pem);
Certificate read_certificate(std::string_view pem);
Request read_request(std::string_view pem);

std::string written(bio_st* memory);

}  // namespace keepsake::sync::pki

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "sync/pki/openssl.hpp"
#include "sync/pki/pki.hpp"

namespace keepsake::sync::pki {

namespace {

Bio reading(std::string_view pem) {
  if (pem.empty() || pem.size() > pem_bytes) return nullptr;
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// Without this OpenSSL asks the terminal for the passphrase of an encrypted key.
int no_passphrase(char*, int, int, void*) { return -1; }

bool acceptable(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519") != 0) return true;
  char group[64] = {};
  std::size_t length = 0;
  return EVP_PKEY_is_a(key, "EC") != 0 &&
         EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
         std::string_view(group, length) == "prime256v1";
}

Error bad_request(std::string what) {
  return openssl_error(Failure::bad_input, "pki.request", std::move(what),
                       "Make a new signing request with an EC P-256 or Ed25519 key");
}

}  // namespace

void Release::operator()(bio_st* handle) const { BIO_free_all(handle); }
void Release::operator()(evp_pkey_st* handle) const { EVP_PKEY_free(handle); }
void Release::operator()(x509_st* handle) const { X509_free(handle); }
void Release::operator()(X509_req_st* handle) const { X509_REQ_free(handle); }

Error openssl_error(Failure kind, std::string code, std::string what, std::string remedy) {
  char text[200] = {};
  if (const auto number = ERR_get_error()) ERR_error_string_n(number, text, sizeof text);
  ERR_clear_error();
  return {kind, std::move(code), std::move(what), text, std::move(remedy)};
}

Key read_key(std::string_view pem) {
  const Bio bio = reading(pem);
  if (!bio) return nullptr;
  return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
}

Certificate read_certificate(std::string_view pem) {
  const Bio bio = reading(pem);
  if (!bio) return nullptr;
  return Certificate(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
}

Request read_request(std::string_view pem) {
  const Bio bio = reading(pem);
  if (!bio) return nullptr;
  return Request(PEM_read_bio_X509_REQ(bio.get(), nullptr, no_passphrase, nullptr));
}

std::string written(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Result<std::string> make_key() {
  const Key key(EVP_EC_gen("P-256"));
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (!key || !bio ||
      PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1) {
    return openssl_error(Failure::internal, "pki.key", "The private key could not be created",
                         "Check that OpenSSL 3 works on this machine");
  }
  return written(bio.get());
}

Result<std::string> make_request(std::string_view key_pem, std::string_view wished_name) {
  const Key key = read_key(key_pem);
  if (!key) {
    return openssl_error(Failure::bad_input, "pki.key", "Not a private key", "Make a new key");
  }
  const Request request(X509_REQ_new());
  const Bio bio(BIO_new(BIO_s_mem()));
  const std::string name(wished_name.substr(0, 64));  // ub-common-name of RFC 5280
  // Ed25519 signs without a separate digest.
  const EVP_MD* digest = EVP_PKEY_is_a(key.get(), "ED25519") != 0 ? nullptr : EVP_sha256();
  const bool made =
      request && bio && X509_REQ_set_version(request.get(), 0) == 1 &&
      X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(name.data()),
                                 static_cast<int>(name.size()), -1, 0) == 1 &&
      X509_REQ_set_pubkey(request.get(), key.get()) == 1 &&
      X509_REQ_sign(request.get(), key.get(), digest) > 0 &&
      PEM_write_bio_X509_REQ(bio.get(), request.get()) == 1;
  if (!made) return bad_request("The signing request could not be created");
  return written(bio.get());
}

Result<Done> check_request(std::string_view request_pem) {
  const Request request = read_request(request_pem);
  if (!request) return bad_request("Not a signing request");
  EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
  if (key == nullptr || !acceptable(key)) {
    return bad_request("The signing request's kind of key is not accepted");
  }
  if (X509_REQ_verify(request.get(), key) != 1) {
    return bad_request("The signing request is not signed by its own key");
  }
  return Done{};
}

Result<std::string> request_key(std::string_view request_pem) {
  if (auto checked = check_request(request_pem); !checked) return checked.error();
  const Request request = read_request(request_pem);
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(request.get()), &der);
  if (size <= 0) return bad_request("The request's key cannot be read");
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_size = 0;
  const bool hashed = EVP_Digest(der, static_cast<std::size_t>(size), digest, &digest_size,
                                 EVP_sha256(), nullptr) == 1;
  OPENSSL_free(der);
  if (!hashed) return bad_request("The request's key cannot be hashed");
  return std::string(reinterpret_cast<char*>(digest), digest_size);
}

}  // namespace keepsake::sync::pki

#include <arpa/inet.h>
#include <charconv>
#include <ctime>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "storage/domain/values/ascii.hpp"
#include "sync/pki/openssl.hpp"
#include "sync/pki/pki.hpp"

namespace keepsake::sync::pki {

namespace {

template <auto free_function>
struct ReleaseWith {
  template <class T>
  void operator()(T* handle) const {
    free_function(handle);
  }
};
using Store = std::unique_ptr<X509_STORE, ReleaseWith<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, ReleaseWith<X509_STORE_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, ReleaseWith<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, ReleaseWith<X509_EXTENSION_free>>;
using AltNames = std::unique_ptr<GENERAL_NAMES, ReleaseWith<GENERAL_NAMES_free>>;

enum class Role { authority, server, client };

// Clocks of tills are wrong by hours now and then; a certificate that begins "now" would be
// refused.
constexpr std::int64_t backdated_s = 24 * 3600;

Error failed(std::string what) {
  return openssl_error(Failure::internal, "pki.issue", std::move(what),
                       "Check that the authority's key and certificate belong together");
}

bool is_address(const std::string& name) {
  unsigned char buffer[sizeof(in6_addr)];
  return inet_pton(AF_INET, name.c_str(), buffer) == 1 ||
         inet_pton(AF_INET6, name.c_str(), buffer) == 1;
}

// The names go into OpenSSL's own extension syntax, so nothing but letters of a host name may pass.
bool is_host_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '-' || name.front() == '.') return false;
  for (const char c : name) {
    const bool fine = is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
    if (!fine) return false;
  }
  return true;
}

Result<std::string> alternative_names(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) {
    const bool address = is_address(name);
    if (!address && !is_host_name(name)) {
      return Error{Failure::bad_input, "pki.name", "Not a host name or an address",
                   name.substr(0, 80), "Give a name such as centre.example.org or 192.0.2.7"};
    }
    if (!text.empty()) text += ',';
    text += (address ? "IP:" : "DNS:") + name;
  }
  return text;
}

bool set_random_serial(X509* certificate) {
  unsigned char bytes[16];  // RFC 5280: positive, at most 20 octets
  if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40);
  const Number number(BN_bin2bn(bytes, sizeof bytes, nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_times(X509* certificate, Instant now, int days) {
  const auto seconds = static_cast<time_t>(now.ms / 1000);
  return ASN1_TIME_set(X509_getm_notBefore(certificate),
                       seconds - static_cast<time_t>(backdated_s)) != nullptr &&
         ASN1_TIME_adj(X509_getm_notAfter(certificate), seconds, days, 0) != nullptr;
}

bool set_name(X509_NAME* name, std::string_view value) {
  return X509_NAME_add_entry_by_txt(
             name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
             static_cast<int>(std::min<std::size_t>(value.size(), 64)), -1, 0) == 1;
}

bool add(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool add_usage(X509* certificate, X509* issuer, Role role, const std::string& names) {
  if (role == Role::authority) {
    return add(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add(certificate, issuer, NID_subject_key_identifier, "hash");
  }
  return add(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
         add(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
         add(certificate, issuer, NID_ext_key_usage,
             role == Role::server ? "serverAuth" : "clientAuth") &&
         add(certificate, issuer, NID_subject_key_identifier, "hash") &&
         add(certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
         (names.empty() || add(certificate, issuer, NID_subject_alt_name, names));
}

std::string to_pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) return {};
  return written(bio.get());
}

struct Wanted {
  Role role;
  std::string_view name;
  std::string alternatives;
  int days;
};

Result<std::string> issue(const Authority& authority, std::string_view request_pem,
                          const Wanted& wanted, Instant now) {
  if (auto checked = check_request(request_pem); !checked) return checked.error();
  const Request request = read_request(request_pem);
  const Certificate issuer = read_certificate(authority.certificate_pem);
  const Key key = read_key(authority.key_pem);
  const Certificate certificate(X509_new());
  if (!issuer || !key || !certificate) return failed("The authority cannot sign");
  X509* const made = certificate.get();
  const bool signed_well = X509_set_version(made, X509_VERSION_3) == 1 && set_random_serial(made) &&
                           set_times(made, now, wanted.days) &&
                           set_name(X509_get_subject_name(made), wanted.name) &&
                           X509_set_issuer_name(made, X509_get_subject_name(issuer.get())) == 1 &&
                           X509_set_pubkey(made, X509_REQ_get0_pubkey(request.get())) == 1 &&
                           add_usage(made, issuer.get(), wanted.role, wanted.alternatives) &&
                           X509_sign(made, key.get(), EVP_sha256()) > 0;
  if (!signed_well) return failed("The certificate could not be created");
  return to_pem(made);
}

Result<Certificate> parsed(std::string_view pem) {
  Certificate certificate = read_certificate(pem);
  if (!certificate) {
    return openssl_error(Failure::bad_input, "pki.certificate", "Not a certificate",
                         "Give a certificate in PEM form");
  }
  return certificate;
}

Result<int> parsed_number(std::string_view digits, int max) {
  int value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool canonical = !digits.empty() && (digits.front() != '0' || digits.size() == 1);
  if (fault != std::errc() || end != digits.data() + digits.size() || !canonical || value < 0 ||
      value > max) {
    return Error{Failure::bad_input, "pki.name", "Not a terminal's name", {}, {}};
  }
  return value;
}

std::string address_text(const ASN1_OCTET_STRING& bytes) {
  char text[INET6_ADDRSTRLEN] = {};
  inet_ntop(bytes.length == 4 ? AF_INET : AF_INET6, bytes.data, text, sizeof text);
  return text;
}

}  // namespace

Result<Authority> make_authority(std::string_view name, Instant now) {
  auto key_pem = make_key();
  if (!key_pem) return key_pem.error();
  return make_authority(name, std::move(*key_pem), now);
}

Result<Authority> make_authority(std::string_view name, std::string key_pem, Instant now) {
  const Key key = read_key(key_pem);
  const Certificate certificate(X509_new());
  if (!key || !certificate) return failed("The authority could not be created");
  X509* const made = certificate.get();
  const bool signed_well =
      X509_set_version(made, X509_VERSION_3) == 1 && set_random_serial(made) &&
      set_times(made, now, authority_days) && set_name(X509_get_subject_name(made), name) &&
      X509_set_issuer_name(made, X509_get_subject_name(made)) == 1 &&
      X509_set_pubkey(made, key.get()) == 1 && add_usage(made, made, Role::authority, {}) &&
      X509_sign(made, key.get(), EVP_sha256()) > 0;
  if (!signed_well) return failed("The authority could not be created");
  return Authority{to_pem(made), std::move(key_pem)};
}

Result<std::string> issue_server(const Authority& authority, std::string_view request_pem,
                                 const std::vector<std::string>& names, Instant now) {
  auto alternatives = alternative_names(names);
  if (!alternatives) return alternatives.error();
  if (names.empty()) {
    return Error{Failure::bad_input,
                 "pki.name",
                 "A server certificate needs a name",
                 {},
                 "Give at least one host name"};
  }
  return issue(authority, request_pem,
               {Role::server, names.front(), std::move(*alternatives), server_days}, now);
}

Result<std::string> issue_client(const Authority& authority, std::string_view request_pem,
                                 std::string_view common_name, Instant now) {
  return issue(authority, request_pem, {Role::client, common_name, {}, terminal_days}, now);
}

std::string terminal_name(TerminalNumber terminal, Epoch epoch) {
  return "terminal-" + std::to_string(terminal.value) + "-" + std::to_string(epoch.value);
}

std::optional<TerminalIdentity> parse_terminal_name(std::string_view name) {
  constexpr std::string_view prefix = "terminal-";
  if (!name.starts_with(prefix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  const auto dash = name.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto terminal = parsed_number(name.substr(0, dash), static_cast<int>(TerminalNumber::max));
  const auto epoch = parsed_number(name.substr(dash + 1), 255);
  if (!terminal || !epoch) return std::nullopt;
  return TerminalIdentity{{static_cast<std::uint32_t>(*terminal)},
                          {static_cast<std::uint8_t>(*epoch)}};
}

Result<std::string> common_name(std::string_view certificate_pem) {
  const auto certificate = parsed(certificate_pem);
  if (!certificate) return certificate.error();
  const X509_NAME* subject = X509_get_subject_name(certificate->get());
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) {
    return Error{Failure::bad_input, "pki.certificate", "The certificate has no name", {}, {}};
  }
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) {
    return openssl_error(Failure::bad_input, "pki.certificate", "The name cannot be read", {});
  }
  std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return name;
}

Result<Instant> expires(std::string_view certificate_pem) {
  const auto certificate = parsed(certificate_pem);
  if (!certificate) return certificate.error();
  std::tm when{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate->get()), &when) != 1) {
    return openssl_error(Failure::bad_input, "pki.certificate", "The end date cannot be read", {});
  }
  return Instant{static_cast<std::int64_t>(timegm(&when)) * 1000};
}

Result<std::string> fingerprint(std::string_view certificate_pem) {
  const auto certificate = parsed(certificate_pem);
  if (!certificate) return certificate.error();
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (X509_digest(certificate->get(), EVP_sha256(), digest, &size) != 1) {
    return failed("The fingerprint could not be computed");
  }
  return std::string(reinterpret_cast<char*>(digest), size);
}

Result<std::vector<std::string>> server_names(std::string_view certificate_pem) {
  const auto certificate = parsed(certificate_pem);
  if (!certificate) return certificate.error();
  std::vector<std::string> names;
  const AltNames alternatives(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate->get(), NID_subject_alt_name, nullptr, nullptr)));
  if (!alternatives) return names;
  for (int i = 0; i < sk_GENERAL_NAME_num(alternatives.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(alternatives.get(), i);
    if (name->type == GEN_DNS) {
      names.emplace_back(reinterpret_cast<const char*>(name->d.dNSName->data),
                         static_cast<std::size_t>(name->d.dNSName->length));
    } else if (name->type == GEN_IPADD) {
      names.push_back(address_text(*name->d.iPAddress));
    }
  }
  return names;
}

Result<Done> check_issued(std::string_view certificate_pem, std::string_view authority_pem,
                          Instant now) {
  const auto certificate = parsed(certificate_pem);
  if (!certificate) return certificate.error();
  const auto authority = parsed(authority_pem);
  if (!authority) return authority.error();
  const Store store(X509_STORE_new());
  const StoreContext context(X509_STORE_CTX_new());
  if (!store || !context || X509_STORE_add_cert(store.get(), authority->get()) != 1 ||
      X509_STORE_CTX_init(context.get(), store.get(), certificate->get(), nullptr) != 1) {
    return failed("The certificate could not be checked");
  }
  X509_STORE_CTX_set_time(context.get(), 0, static_cast<time_t>(now.ms / 1000));
  if (X509_verify_cert(context.get()) == 1) return Done{};
  const char* reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
  ERR_clear_error();
  return Error{Failure::refused,
               "pki.untrusted",
               std::string("The certificate is not trusted: ") + reason,
               {},
               "Check both clocks, or enrol again"};
}

Result<Done> check_pair(std::string_view certificate_pem, std::string_view key_pem) {
  const auto certificate = parsed(certificate_pem);
  if (!certificate) return certificate.error();
  const Key key = read_key(key_pem);
  if (!key || X509_check_private_key(certificate->get(), key.get()) != 1) {
    return openssl_error(Failure::refused, "pki.mismatch",
                         "The private key does not belong to the certificate",
                         "Restore both files from the same backup, or enrol again");
  }
  return Done{};
}

}  // namespace keepsake::sync::pki

#include "sync/agent/identity.hpp"

#include <algorithm>
#include <system_error>

#include "storage/book/enrolment.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/whole_file.hpp"
#include "storage/vault/crypto.hpp"
#include "sync/pki/pki.hpp"

namespace keepsake::sync {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view begin_certificate = "-----BEGIN CERTIFICATE";

fs::path identity_folder(const fs::path& folder) { return folder / "identity"; }

fs::path pair_file(const fs::path& folder, TerminalNumber terminal, Epoch epoch) {
  return identity_folder(folder) / (pki::terminal_name(terminal, epoch) + ".pem");
}

fs::path ca_file(const fs::path& folder, TerminalNumber terminal, Epoch epoch) {
  return identity_folder(folder) / (pki::terminal_name(terminal, epoch) + ".ca.pem");
}

fs::path enrolling_file(const fs::path& folder, std::string_view secret_of_code) {
  const std::string name = to_hex(sha256(secret_of_code)).substr(0, 8);
  return identity_folder(folder) / ("enrolling-" + name + ".pem");
}

fs::path renewing_file(const fs::path& folder) { return identity_folder(folder) / "renewing.pem"; }

/// Of earlier versions.
fs::path former_certificate_file(const fs::path& folder, TerminalNumber terminal, Epoch epoch) {
  return identity_folder(folder) / (pki::terminal_name(terminal, epoch) + ".crt.pem");
}

/// The key in `file`, made when there is none. It is on the disk before anybody sees it.
Result<std::string> key_in(const fs::path& folder, const fs::path& file) {
  const auto made = make_private_folder(identity_folder(folder));
  if (!made) return made.error();
  auto there = read_whole(file, pki::pem_bytes);
  if (there || there.error().kind != Failure::not_found) return there;
  auto key = pki::make_key();
  if (!key) return key;
  const auto written = write_durably(file, *key);
  if (!written) return written.error();
  return key;
}

/// Key and certificate, as this version or an earlier one keeps them.
Result<TlsIdentity> load_pair(const fs::path& folder, const Enrolment& enrolment) {
  const auto pair =
      read_whole(pair_file(folder, enrolment.terminal, enrolment.epoch), 2 * pki::pem_bytes);
  if (pair) {
    const std::size_t at = std::min(pair->find(begin_certificate), pair->size());
    return TlsIdentity{{}, pair->substr(at), pair->substr(0, at)};
  }
  if (pair.error().kind != Failure::not_found) return pair.error();
  const auto key = read_whole(identity_folder(folder) / "key.pem", pki::pem_bytes);
  if (!key) return key.error();
  const auto certificate = read_whole(
      former_certificate_file(folder, enrolment.terminal, enrolment.epoch), pki::pem_bytes);
  if (!certificate) return certificate.error();
  return TlsIdentity{{}, *certificate, *key};
}

}  // namespace

Result<std::string> enrolling_key(const fs::path& folder, std::string_view secret_of_code) {
  return key_in(folder, enrolling_file(folder, secret_of_code));
}

Result<std::string> renewing_key(const fs::path& folder) {
  return key_in(folder, renewing_file(folder));
}

Result<Done> replace_pair(const fs::path& folder, TerminalNumber terminal, Epoch epoch,
                          std::string_view key_pem, std::string_view certificate_pem) {
  std::string pair(key_pem);
  pair += certificate_pem;
  const auto written = write_durably(pair_file(folder, terminal, epoch), pair);
  if (!written) return written;
  // What a crash leaves of this does no harm: the next renewal asks for the same key again.
  forget_other_identities(folder, terminal, epoch, {});
  return Done{};
}

Result<Done> store_identity(const fs::path& folder, TerminalNumber terminal, Epoch epoch,
                            const TlsIdentity& identity) {
  const auto ca = write_durably(ca_file(folder, terminal, epoch), identity.ca_pem, everyone_reads);
  if (!ca) return ca;
  return write_durably(pair_file(folder, terminal, epoch),
                       identity.key_pem + identity.certificate_pem);
}

void forget_other_identities(const fs::path& folder, TerminalNumber terminal, Epoch epoch,
                             std::string_view secret_of_code) {
  const fs::path enrolled_with = enrolling_file(folder, secret_of_code);
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(identity_folder(folder), error)) {
    if (entry.path() != pair_file(folder, terminal, epoch) &&
        entry.path() != ca_file(folder, terminal, epoch) && entry.path() != enrolled_with)
      fs::remove(entry.path(), error);
  }
}

Result<TlsIdentity> load_identity(const fs::path& folder, const Enrolment& enrolment) {
  const auto missing = [&](const Error& error) {
    return Error{Failure::refused, "identity.missing",
                 "A key or certificate of this terminal cannot be read", error.where,
                 "Enrol this terminal again"};
  };
  auto identity = load_pair(folder, enrolment);
  if (!identity) return missing(identity.error());
  if (const auto pair = pki::check_pair(identity->certificate_pem, identity->key_pem); !pair)
    return missing(pair.error());
  const auto ca = read_whole(ca_file(folder, enrolment.terminal, enrolment.epoch), pki::pem_bytes);
  if (!ca) return missing(ca.error());
  identity->ca_pem = *ca;
  return identity;
}

}  // namespace keepsake::sync

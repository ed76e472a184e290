#include "sync/agent/identity.hpp"

#include <system_error>

#include "storage/book/enrolment.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/whole_file.hpp"
#include "sync/pki/pki.hpp"

namespace keepsake::sync {

namespace fs = std::filesystem;

namespace {

fs::path identity_folder(const fs::path& folder) { return folder / "identity"; }

fs::path certificate_file(const fs::path& folder, TerminalNumber terminal, Epoch epoch) {
  return identity_folder(folder) / (pki::terminal_name(terminal, epoch) + ".crt.pem");
}

fs::path ca_file(const fs::path& folder, TerminalNumber terminal, Epoch epoch) {
  return identity_folder(folder) / (pki::terminal_name(terminal, epoch) + ".ca.pem");
}

}  // namespace

Result<std::string> identity_key(const fs::path& folder) {
  const auto made = make_private_folder(identity_folder(folder));
  if (!made) return made.error();
  const fs::path file = identity_folder(folder) / "key.pem";
  auto there = read_whole(file, pki::pem_bytes);
  if (there || there.error().kind != Failure::not_found) return there;
  auto key = pki::make_key();
  if (!key) return key;
  const auto written = write_durably(file, *key);
  if (!written) return written.error();
  return key;
}

Result<Done> store_certificates(const fs::path& folder, TerminalNumber terminal, Epoch epoch,
                                const std::string& certificate_pem, const std::string& ca_pem) {
  const auto ca = write_durably(ca_file(folder, terminal, epoch), ca_pem, everyone_reads);
  if (!ca) return ca;
  return write_durably(certificate_file(folder, terminal, epoch), certificate_pem, everyone_reads);
}

void forget_other_certificates(const fs::path& folder, TerminalNumber terminal, Epoch epoch) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(identity_folder(folder), error)) {
    const std::string name = entry.path().filename().string();
    const bool certificate = name.starts_with("terminal-") && name.ends_with(".pem");
    if (certificate && entry.path() != certificate_file(folder, terminal, epoch) &&
        entry.path() != ca_file(folder, terminal, epoch)) {
      fs::remove(entry.path(), error);
    }
  }
}

Result<TlsIdentity> load_identity(const fs::path& folder, const Enrolment& enrolment) {
  const auto missing = [&](const Error& error) {
    return Error{Failure::refused, "identity.missing",
                 "A key or certificate of this terminal cannot be read", error.where,
                 "Enrol this terminal again"};
  };
  const auto key = read_whole(identity_folder(folder) / "key.pem", pki::pem_bytes);
  if (!key) return missing(key.error());
  const auto certificate =
      read_whole(certificate_file(folder, enrolment.terminal, enrolment.epoch), pki::pem_bytes);
  if (!certificate) return missing(certificate.error());
  const auto ca = read_whole(ca_file(folder, enrolment.terminal, enrolment.epoch), pki::pem_bytes);
  if (!ca) return missing(ca.error());
  return TlsIdentity{*ca, *certificate, *key};
}

}  // namespace keepsake::sync

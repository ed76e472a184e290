#include "sync/agent/identity.hpp"

#include <system_error>

#include "storage/book/enrolment.hpp"
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

Result<Done> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(identity_folder(folder), error);
  if (!error) fs::permissions(identity_folder(folder), fs::perms::owner_all, error);
  if (!error) return Done{};
  return Error{Failure::unavailable, "identity.folder", "The folder for keys cannot be created",
               identity_folder(folder).string(), "Check the disk and its permissions"};
}

}  // namespace

Result<std::string> identity_key(const fs::path& folder) {
  const auto made = make_folder(folder);
  if (!made) return made.error();
  const fs::path file = identity_folder(folder) / "key.pem";
  auto there = pki::read_file(file, pki::pem_bytes);
  if (there || there.error().kind != Failure::not_found) return there;
  auto key = pki::make_key();
  if (!key) return key;
  const auto written = pki::write_secret_file(file, *key);
  if (!written) return written.error();
  return key;
}

Result<Done> store_certificates(const fs::path& folder, TerminalNumber terminal, Epoch epoch,
                                const std::string& certificate_pem, const std::string& ca_pem) {
  const auto ca = pki::write_public_file(ca_file(folder, terminal, epoch), ca_pem);
  if (!ca) return ca;
  return pki::write_public_file(certificate_file(folder, terminal, epoch), certificate_pem);
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
  const auto key = pki::read_file(identity_folder(folder) / "key.pem", pki::pem_bytes);
  if (!key) return missing(key.error());
  const auto certificate =
      pki::read_file(certificate_file(folder, enrolment.terminal, enrolment.epoch), pki::pem_bytes);
  if (!certificate) return missing(certificate.error());
  const auto ca =
      pki::read_file(ca_file(folder, enrolment.terminal, enrolment.epoch), pki::pem_bytes);
  if (!ca) return missing(ca.error());
  return TlsIdentity{*ca, *certificate, *key};
}

}  // namespace keepsake::sync

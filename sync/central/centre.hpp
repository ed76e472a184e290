#pragma once
// The centre's data folder, opened by the one process that writes it. Its files: CENTRAL.md.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/book/forget.hpp"
#include "storage/engine/database.hpp"
#include "storage/engine/lock_file.hpp"
#include "storage/vault/vault.hpp"
#include "sync/central/carrying.hpp"
#include "sync/central/code_dealing.hpp"
#include "sync/central/dormancy.hpp"
#include "sync/central/enrolment.hpp"
#include "sync/central/expiries.hpp"
#include "sync/central/hand_in.hpp"
#include "sync/central/ingest.hpp"
#include "sync/central/look_ups.hpp"
#include "sync/central/neighbours.hpp"
#include "sync/central/publishing.hpp"
#include "sync/central/renewal.hpp"
#include "sync/central/reservations.hpp"
#include "sync/central/retention.hpp"
#include "sync/central/revocation.hpp"
#include "sync/pki/pki.hpp"

namespace keepsake::sync::central {

class Centre {
 public:
  /// Makes what is missing: folder (0700), authority, server and operator certificates, vault,
  /// database. A server certificate that lacks one of `names` or ends within 30 days is made anew.
  /// Failure::busy "book.locked" when another process has the folder, ::refused "schema.newer",
  /// ::corrupt, ...
  static Result<std::unique_ptr<Centre>> open(const std::filesystem::path& folder,
                                              const std::vector<std::string>& names,
                                              const Clock& clock);

  const std::filesystem::path& folder() const { return folder_; }
  const std::string& authority_pem() const { return authority_pem_; }
  const std::string& server_certificate_pem() const { return server_certificate_pem_; }
  const std::string& server_key_pem() const { return server_key_pem_; }
  // These use the one writing connection, as begin_generation() does: one caller at a time.
  Ingest& ingest() { return *ingest_; }
  Enrolments& enrolment() { return *enrolment_; }
  Publishing& publishing() { return *publishing_; }
  Revocations& revocations() { return *revocations_; }
  Renewals& renewals() { return *renewals_; }
  LookUps& look_ups() { return *look_ups_; }
  Reservations& reservations() { return *reservations_; }
  Expiries& expiries() { return *expiries_; }
  CodeDealing& code_dealing() { return *code_dealing_; }
  Retention& retention() { return *retention_; }
  Dormancies& dormancies() { return *dormancies_; }
  Carrying& carrying() { return *carrying_; }
  Neighbours& neighbours() { return *neighbours_; }
  HandIns& hand_ins() { return *hand_ins_; }
  /// For what only opens: from any thread.
  const Vault& vault() const { return *vault_; }
  /// What is left of erased customers; Router runs it beside the writer.
  Forgetting& forgetting() { return *forgetting_; }
  /// Runs it here and now.
  Result<Done> clean_up();
  Result<Done> work_with_writer(const std::function<Result<Done>(Database&)>& work);
  /// A person says that the date is right (central_clock.hpp).
  Result<Done> confirm_clock(Instant now);
  /// A read-only connection of its own, for one thread.
  Result<std::unique_ptr<Database>> reader() const;
  /// The vault for the thread that reads: nothing is written by it.
  Result<std::unique_ptr<Vault>> vault_reader() const;
  /// Terminals pull from the start: positions that they know are not this database's.
  Result<Done> begin_generation();
  /// Empty: no such terminal, or the database fails.
  std::string store_of(TerminalNumber terminal);

 private:
  Centre() = default;
  Result<Done> open_certificates(const std::vector<std::string>& names, const Clock& clock);
  Result<Done> open_database(const Clock& clock);

  std::filesystem::path folder_;
  LockFile lock_;
  pki::Authority authority_;
  std::string authority_pem_;
  std::string server_certificate_pem_;
  std::string server_key_pem_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Forgetting> forgetting_;
  std::unique_ptr<Ingest> ingest_;
  std::unique_ptr<Enrolments> enrolment_;
  std::unique_ptr<Publishing> publishing_;
  std::unique_ptr<Revocations> revocations_;
  std::unique_ptr<Renewals> renewals_;
  std::unique_ptr<LookUps> look_ups_;
  std::unique_ptr<Reservations> reservations_;
  std::unique_ptr<Expiries> expiries_;
  std::unique_ptr<Retention> retention_;
  std::unique_ptr<Dormancies> dormancies_;
  std::unique_ptr<CodeDealing> code_dealing_;
  std::unique_ptr<Carrying> carrying_;
  std::unique_ptr<Neighbours> neighbours_;
  std::unique_ptr<HandIns> hand_ins_;
};

/// For reports beside a running centre. Failure::not_found "central.none".
Result<std::unique_ptr<Database>> open_records(const std::filesystem::path& folder);

}  // namespace keepsake::sync::central

#include "sync/central/centre.hpp"

#include <algorithm>

#include "storage/domain/values/may_pass.hpp"
#include "storage/engine/durable_file.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/engine/whole_file.hpp"
#include "sync/central/central_clock.hpp"
#include "sync/central/feed.hpp"
#include "sync/central/known_customers.hpp"
#include "sync/central/register.hpp"
#include "sync/central/schema.hpp"
#include "sync/pki/validity.hpp"

namespace keepsake::sync::central {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t renewed_before_ms = std::int64_t{30} * 24 * 3600 * 1000;

constexpr std::string_view authority_name = "Keepsake centre";

/// Whether terminals were let in already, which what is lost now must not be made anew for.
bool has_data(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "central.db", ignored);
}

Error lost(const fs::path& file, std::string_view what) {
  return {Failure::corrupt, "central.incomplete", std::string(what) + " is missing", file.string(),
          "Put it back from a backup of this folder; a new one would shut every terminal out."};
}

/// Of a key that others could read nobody knows who has it.
Result<Done> check_private(const fs::path& file) {
  std::error_code failed;
  const auto mode = fs::status(file, failed).permissions();
  if (failed || (mode & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none)
    return Done{};
  return Error{Failure::refused, "central.mode",
               "Other users of this computer may read the authority's key", file.string(),
               "Give it to its owner alone (chmod 600); if others could have read it, enrol every "
               "terminal again under a new authority."};
}

// What is there is never written over: a lost certificate is made again from its key, a lost key
// only while nothing was ever signed with it.
Result<pki::Authority> open_authority(const fs::path& folder, Instant now) {
  if (auto ok = check_private(folder / "ca.key"); !ok) return ok.error();
  const auto certificate = read_whole(folder / "ca.pem", pki::pem_bytes);
  if (certificate) {
    auto key = read_whole(folder / "ca.key", pki::pem_bytes);
    if (!key && key.error().kind == Failure::not_found)
      return lost(folder / "ca.key", "The authority's key");
    if (!key) return key.error();
    if (auto pair = pki::check_pair(*certificate, *key); !pair) return pair.error();
    return pki::Authority{*certificate, std::move(*key)};
  }
  if (certificate.error().kind != Failure::not_found) return certificate.error();
  auto key = read_whole(folder / "ca.key", pki::pem_bytes);
  if (!key && key.error().kind != Failure::not_found) return key.error();
  if (!key && has_data(folder)) return lost(folder / "ca.key", "The authority");
  auto made = key ? pki::make_authority(authority_name, std::move(*key), now)
                  : pki::make_authority(authority_name, now);
  if (!made) return made.error();
  if (!key) {
    if (auto done = write_durably(folder / "ca.key", made->key_pem); !done) return done.error();
  }
  if (auto done = write_durably(folder / "ca.pem", made->certificate_pem, everyone_reads); !done)
    return done.error();
  return made;
}

/// With an authority that does not hold, no terminal trusts this centre and none is trusted by it.
Result<Done> check_authority(const pki::Authority& authority, const fs::path& file, Instant now) {
  const auto holds = pki::check_dates(authority.certificate_pem, pki::Holder::authority, now);
  if (holds || holds.error().kind != Failure::refused) return holds;
  Error error = holds.error();
  error.where = file.string() + ", " + error.where;
  error.remedy =
      error.code == "authority.early"
          ? "The clock of this computer is most likely behind: set the date and the time."
          : "Check the date of this computer. If it is right, put ca.pem aside: a new one is made "
            "of ca.key at the next start; then enrol every terminal again with a new code.";
  return error;
}

bool still_good(std::string_view certificate, const pki::Authority& authority, Instant now) {
  return pki::check_issued(certificate, authority.certificate_pem, {now.ms + renewed_before_ms})
      .ok();
}

bool names_all(std::string_view certificate, const std::vector<std::string>& wanted) {
  const auto names = pki::server_names(certificate);
  return names && std::ranges::all_of(wanted, [&](const auto& name) {
           return std::ranges::find(*names, name) != names->end();
         });
}

struct Pair {
  std::string certificate_pem;
  std::string key_pem;
};

Result<Pair> open_server(const fs::path& folder, const pki::Authority& authority,
                         const std::vector<std::string>& names, Instant now) {
  const auto certificate = read_whole(folder / "server.pem", pki::pem_bytes);
  const auto key = read_whole(folder / "server.key", pki::pem_bytes);
  if (certificate && key && still_good(*certificate, authority, now) &&
      names_all(*certificate, names) && pki::check_pair(*certificate, *key)) {
    return Pair{*certificate, *key};
  }
  auto new_key = pki::make_key();
  if (!new_key) return new_key.error();
  const auto request = pki::make_request(*new_key, names.empty() ? "" : names.front());
  if (!request) return request.error();
  auto issued = pki::issue_server(authority, *request, names, now);
  if (!issued) return issued.error();
  if (auto done = write_durably(folder / "server.key", *new_key); !done) return done.error();
  if (auto done = write_durably(folder / "server.pem", *issued, everyone_reads); !done)
    return done.error();
  return Pair{std::move(*issued), std::move(*new_key)};
}

/// Certificate and key in one file, 0600: `curl --cert operator.pem`.
Result<Done> open_operator(const fs::path& folder, const pki::Authority& authority, Instant now) {
  const auto have = read_whole(folder / "operator.pem", 2 * pki::pem_bytes);
  if (have && still_good(*have, authority, now)) return Done{};
  const auto key = pki::make_key();
  if (!key) return key.error();
  const auto request = pki::make_request(*key, pki::operator_name);
  if (!request) return request.error();
  const auto issued = pki::issue_client(authority, *request, pki::operator_name, now);
  if (!issued) return issued.error();
  return write_durably(folder / "operator.pem", *issued + *key);
}

}  // namespace

Result<std::unique_ptr<Centre>> Centre::open(const fs::path& folder,
                                             const std::vector<std::string>& names,
                                             const Clock& clock) {
  if (auto made = make_private_folder(folder); !made) return made.error();
  auto lock = LockFile::acquire(folder / "lock");
  if (!lock) return lock.error();
  std::unique_ptr<Centre> centre(new Centre);
  centre->folder_ = folder;
  centre->lock_ = std::move(*lock);
  if (auto done = centre->open_certificates(names, clock); !done) return done.error();
  if (auto done = centre->open_database(clock); !done) return done.error();
  return centre;
}

Result<Done> Centre::open_certificates(const std::vector<std::string>& names, const Clock& clock) {
  const Instant now = clock.now();
  auto authority = open_authority(folder_, now);
  if (!authority) return authority.error();
  if (auto ok = check_authority(*authority, folder_ / "ca.pem", now); !ok) return ok;
  authority_ = std::move(*authority);
  authority_pem_ = authority_.certificate_pem;
  auto server = open_server(folder_, authority_, names, now);
  if (!server) return server.error();
  server_certificate_pem_ = std::move(server->certificate_pem);
  server_key_pem_ = std::move(server->key_pem);
  return open_operator(folder_, authority_, now);
}

Result<Done> Centre::open_database(const Clock& clock) {
  auto vault = has_data(folder_) ? Vault::open(folder_) : Vault::create(folder_);
  if (!vault) return vault.error();
  vault_ = std::move(*vault);
  auto database = sqlite::open(folder_ / "central.db");
  if (!database) return database.error();
  database_ = std::move(*database);
  if (auto done = migrate(*database_); !done) return done;
  try {
    if (generation(*database_) == 0) draw_generation(*database_);
  } catch (const DatabaseError& error) {
    return error.error();
  }
  try {
    forgetting_ =
        std::make_unique<Forgetting>(folder_ / "central.db", *vault_, has_pending(*database_));
  } catch (const DatabaseError& error) {
    return error.error();
  }
  ingest_ = std::make_unique<Ingest>(*database_, *vault_, clock, *forgetting_);
  if (auto done = look_through(*database_); !done) return done;
  // What was acknowledged before the power went.
  if (const auto done = ingest_->apply_all(); !done && !may_pass(done.error())) return done.error();
  if (auto done = ingest_->judge_after_upgrade(); !done && !may_pass(done.error())) return done;
  enrolment_ = std::make_unique<Enrolments>(*database_, *vault_, authority_, clock);
  publishing_ = std::make_unique<Publishing>(*database_, *vault_, clock, *forgetting_);
  revocations_ = std::make_unique<Revocations>(*database_, clock);
  renewals_ = std::make_unique<Renewals>(*database_, authority_, clock);
  code_dealing_ = std::make_unique<CodeDealing>(*database_, *publishing_, clock);
  expiries_ = std::make_unique<Expiries>(*database_, *publishing_, clock);
  retention_ = std::make_unique<Retention>(*database_, *publishing_, clock);
  dormancies_ = std::make_unique<Dormancies>(*database_, *vault_, clock);
  look_ups_ = std::make_unique<LookUps>(*database_, *vault_, clock);
  reservations_ = std::make_unique<Reservations>(*database_, *vault_, clock);
  carrying_ = std::make_unique<Carrying>(*database_, *ingest_, clock);
  neighbours_ = std::make_unique<Neighbours>(*database_, clock);
  hand_ins_ = std::make_unique<HandIns>(*database_, *ingest_, clock);
  return Done{};
}

Result<Done> Centre::clean_up() {
  if (!forgetting_->due()) return Done{};
  return forgetting_->run([this](const std::function<Result<Done>(Database&)>& work) {
    return work_with_writer(work);
  });
}

Result<Done> Centre::work_with_writer(const std::function<Result<Done>(Database&)>& work) {
  try {
    return work(*database_);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<Done> Centre::confirm_clock(Instant now) {
  return work_with_writer([now](Database& database) -> Result<Done> {
    central::confirm_clock(database, now);
    return Done{};
  });
}

Result<std::unique_ptr<Database>> Centre::reader() const { return open_records(folder_); }

Result<std::unique_ptr<Vault>> Centre::vault_reader() const { return Vault::open(folder_); }

std::string Centre::store_of(TerminalNumber number) {
  try {
    const auto terminal = find_terminal(*database_, number);
    return terminal ? terminal->store : std::string();
  } catch (const DatabaseError&) {
    return {};
  }
}

Result<Done> Centre::begin_generation() {
  try {
    draw_generation(*database_);
    return Done{};
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

Result<std::unique_ptr<Database>> open_records(const fs::path& folder) {
  auto database = sqlite::open(folder / "central.db", {.mode = sqlite::Mode::reader});
  if (!database && database.error().kind == Failure::not_found) {
    return Error{Failure::not_found, "central.none", "There is no head office data in this folder",
                 folder.string(), "Start it first: keepsake-central --data DIR --listen ADDR:PORT"};
  }
  if (!database) return database.error();
  if (auto done = check_schema(**database); !done) return done.error();
  return database;
}

}  // namespace keepsake::sync::central

#pragma once
// Who let which terminal in or shut it out, when and why; and the certificates that were given out.
// Functions run inside the caller's transaction and throw DatabaseError.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/time.hpp"

namespace keepsake {
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

struct TrailEntry {
  TerminalNumber terminal;
  Epoch epoch;
  std::string
      what;  ///< "enrolled", "revoked", "readmitted", "carried" (by whom records came in a file)
  std::string reason;  ///< may be empty
  std::string made_by;
  Instant made;
};
void add_trail(Database& database, const TrailEntry& entry);
/// Oldest first, the newest `limit`.
std::vector<TrailEntry> trail_of(Database& database, TerminalNumber terminal, std::size_t limit);

struct IssuedCertificate {
  TerminalNumber terminal;
  Epoch epoch;
  Instant issued;
  Instant ends;
  std::string sha256;        ///< 32 bytes, of the DER
  std::string key_sha256{};  ///< of a renewal: as pki::request_key
  std::string pem{};         ///< of a renewal
};
void add_certificate(Database& database, const IssuedCertificate& certificate);
/// What this key was given since then; nullopt: nothing.
std::optional<std::string> certificate_of_key(Database& database, TerminalNumber terminal,
                                              Epoch epoch, std::string_view key_sha256,
                                              Instant since);
std::int64_t count_certificates(Database& database, TerminalNumber terminal, Instant since);
/// When the last certificate of this epoch ends; nullopt: none was given out.
std::optional<Instant> certificate_end(Database& database, TerminalNumber terminal, Epoch epoch);

}  // namespace keepsake::sync::central

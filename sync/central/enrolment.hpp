#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sync/pki/pki.hpp"
#include "sync/serving/refusal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Clock;
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Gives out one-time codes and, against them, numbers and certificates. One caller at a time, the
/// one that owns the writing connection.
class Enrolments {
 public:
  static constexpr std::int64_t code_ms = 15 * 60 * 1000;
  static constexpr std::int64_t open_codes = 200;  ///< unused, unexpired codes at a time

  Enrolments(Database& writer, Vault& vault, pki::Authority authority, const Clock& clock);

  /// A code for one terminal of the store, which is created if it is new. Failure::bad_input
  /// "store.name", ::refused "store.alike" (a new one, whose words are those of another), ::limit
  /// "enrol.codes", or what the database reports. `by`: who lets it in, for the
  /// trail.
  Result<std::string> new_code(std::string_view store, std::string_view by = {});

  /// A terminal whose signing key is known, and that is the folder which was last enrolled with it,
  /// keeps its number, gets the next epoch (the older retire) and goes on where its chain stands, or
  /// from its start where its journal has another end; any other gets a number that was never given.
  /// The code is burnt in the same transaction. Refusals: 400 "csr.invalid", "enrol.proof"; 409
  /// "terminal.copied" (another folder was enrolled with this key); 403 "code.unknown", "code.used", "code.expired",
  /// "terminal.other-store", "terminal.revoked" (the answer of a code that was used before that),
  /// "epoch.exhausted". A revoked terminal that has a code is let in again: whoever made the code
  /// wants it so.
  std::variant<EnrolAnswer, Refusal> enrol(const EnrolRequest& request);

 private:
  std::variant<EnrolAnswer, Refusal> enrol_in_transaction(const EnrolRequest& request,
                                                          std::string_view secret_sha256,
                                                          std::string_view request_key);

  Database& database_;
  Vault& vault_;
  pki::Authority authority_;
  std::string authority_fingerprint_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

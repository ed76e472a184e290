#pragma once

#include <variant>

#include "storage/domain/customer/contact_key.hpp"
#include "sync/serving/refusal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Clock;
class Database;
class Vault;
}  // namespace keepsake

namespace keepsake::sync::central {

struct LookUpCount {
  std::int64_t asked = 0;
  std::int64_t found = 0;
  Instant first;  ///< of them
};
/// What a terminal has looked up since then.
LookUpCount count_look_ups(Database& database, TerminalNumber terminal, Instant since);

/// Finds customers and gift cards of the chain for a store that does not know them yet: by a whole
/// number, address or card only, so many an hour, each look-up kept (never what was asked for). One caller at a time, the
/// one that owns the writing connection.
class LookUps {
 public:
  /// A busy till greets some sixty customers an hour, most of whom its store knows; a stolen one is to
  /// gather little before it is revoked.
  static constexpr std::int64_t an_hour = 100;

  LookUps(Database& writer, const Vault& vault, const Clock& clock)
      : database_(writer), vault_(vault), clock_(clock) {}

  struct Found {
    LookUpAnswer answer;
    bool news = false;  ///< the store did not know them: they wait in its feed
  };
  /// Refusals: 403 and 410 as check_standing(), 429 "busy".
  std::variant<Found, Refusal> look_up(TerminalNumber number, Epoch epoch, const ContactKey& key);

 private:
  Database& database_;
  const Vault& vault_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

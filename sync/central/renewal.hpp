#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "sync/pki/pki.hpp"
#include "sync/serving/refusal.hpp"
#include "sync/wire/messages.hpp"

namespace keepsake {
class Clock;
class Database;
}  // namespace keepsake

namespace keepsake::sync::central {

/// Gives a terminal its next certificate while the one that it shows is good. One caller at a time,
/// the one that owns the writing connection.
class Renewals {
 public:
  /// A defect at a terminal must not fill the database.
  static constexpr std::int64_t certificates_a_day = 10;

  Renewals(Database& writer, pki::Authority authority, const Clock& clock)
      : database_(writer), authority_(std::move(authority)), clock_(clock) {}

  /// Number and epoch stay. The same key gets the same certificate again for a day. Refusals: 400
  /// "csr.invalid", 403 and 410 as check_standing(), 429 "busy".
  std::variant<RenewAnswer, Refusal> renew(TerminalNumber number, Epoch epoch,
                                           std::string_view request_pem);

 private:
  std::variant<RenewAnswer, Refusal> renew_in_transaction(TerminalNumber number, Epoch epoch,
                                                          std::string_view request_pem,
                                                          std::string_view request_key);

  Database& database_;
  pki::Authority authority_;
  const Clock& clock_;
};

}  // namespace keepsake::sync::central

#pragma once
// What head office has set aside for this terminal, and what is left of it. Functions run inside the
// caller's transaction and throw DatabaseError.

#include <string_view>
#include <vector>

#include "storage/domain/sale/reservation.hpp"

namespace keepsake {

class Database;
struct Fact;

struct ReservationLeft {
  Reservation reservation;
  std::int64_t left = 0;  ///< > 0
  bool operator==(const ReservationLeft&) const = default;
};

struct ReservationsKnown {
  std::int64_t change = 0;  ///< of head office's changes, all up to this one
  Instant leases_until;     ///< nothing is spent of any lease from there on
};

namespace terminal {

/// false: what the question knew is not what is known now, and nothing is changed: another answer came
/// first.
bool take_in(Database& database, const ReservationNews& news, Instant now);
ReservationsKnown reservations_known(Database& database);
/// To be told to head office until it says that they have ended.
std::vector<GivenBack> given_back(Database& database);
/// Of a former enrolment: head office has ended them.
void forget_reservations(Database& database);

/// In force at `now`, with something left: holds first, then leases, those that end first first. A
/// customer's under every reference.
std::vector<ReservationLeft> reservations(Database& database, const Resource& resource,
                                          Instant now);
/// What this terminal may let customers spend without hold or lease, as reservations(); `unit` as in
/// risk_of().
std::vector<ReservationLeft> risk(Database& database, std::string_view unit, Instant now);
/// A fact that is about to be recorded names only what is in force, not more than is left of it, and
/// what it spends: of the risk budget no more than holds and leases leave over. Failure::refused "reservation.gone".
Result<Done> check_reservations(Database& database, const Fact& fact, Instant now);

}  // namespace terminal

}  // namespace keepsake

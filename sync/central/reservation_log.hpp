#pragma once
// The centre's rows of what is set aside for terminals. Functions run inside the caller's transaction
// and throw DatabaseError.

#include <optional>
#include <string_view>
#include <vector>

#include "storage/domain/sale/reservation.hpp"

namespace keepsake {
class Database;
}

namespace keepsake::sync::central {

enum class ReservationState { in_force = 0, recalled = 1, ended = 2 };

struct KeptReservation {
  Reservation reservation;
  TerminalIdentity holder;
  ReservationState state = ReservationState::in_force;
  bool to_share = false;          ///< recalled so that other tills get some, not for a hold
  std::int64_t out_of_lease = 0;  ///< of a hold: so much less the terminal's own lease is meanwhile
  std::int64_t used = 0;          ///< by facts that have come
  bool of_present = true;         ///< the terminal is still who it was, and not shut out
  std::int64_t left() const {     ///< never below zero
    return used < reservation.quantity ? reservation.quantity - used : 0;
  }
};

/// Puts it, new or changed, as the newest change.
void put(Database& database, const KeptReservation& kept);
std::optional<KeptReservation> find_reservation(Database& database, const ReservationId& id);
/// Of any of these names.
std::vector<KeptReservation> reservations_of(Database& database,
                                             const std::vector<Resource>& names);

/// Points and money of one reference of a customer, by terminals of a store; none that has ended.
std::vector<KeptReservation> set_aside_at(Database& database, const CustomerRef& customer,
                                          std::string_view store);

/// Leases of one kind that a terminal has, under its present epoch.
std::vector<Resource> leased_to(Database& database, TerminalNumber terminal, std::string_view kind);

/// What changed for a terminal after `known`, oldest first; rows are the present ones.
struct ReservationChange {
  std::int64_t change = 0;
  KeptReservation kept;
};
std::vector<ReservationChange> changes_for(Database& database, const TerminalIdentity& holder,
                                           std::int64_t known, std::size_t most);
std::int64_t newest_change_for(Database& database, const TerminalIdentity& holder);

/// What terminals have of one kind and unit, in order of store and terminal.
struct LeaseSum {
  std::string store;
  TerminalNumber terminal;
  std::uint32_t till = 0;
  std::string kind, unit;
  std::int64_t leases = 0;
  std::int64_t left = 0;  ///< of all of them
  Instant until;          ///< they end, unless the terminal is reached before
};
/// Of a store, or of all ("").
std::vector<LeaseSum> lease_sums(Database& database, std::string_view store);

void put_due(Database& database, const Resource& resource);
/// Takes one out of what is to be looked at.
std::optional<Resource> take_due(Database& database);
/// Whatever is leased is to be looked at.
void put_due_leased(Database& database);
/// What holds were of that have ended by now, whether they were used or not, is to be looked at.
void put_due_ended(Database& database, Instant now);
/// Removes holds that ended before then.
void drop_holds_before(Database& database, Instant end);

/// Until when the leases of a terminal are good; nullopt: it has had none.
std::optional<Instant> lease_term(Database& database, const TerminalIdentity& holder);
void put_lease_term(Database& database, const TerminalIdentity& holder, Instant until);
/// Nothing is set aside for it any more, under whatever epoch, and all that was is to be looked at.
void drop_all_of(Database& database, TerminalNumber terminal);

}  // namespace keepsake::sync::central

#pragma once
// What facts spent of what head office had set aside, counted from the facts themselves: nothing keeps
// a sum that could be wrong.

#include <vector>

#include "storage/domain/sale/reservation.hpp"
#include "storage/records/core/applying.hpp"

namespace keepsake::records {

/// Of the fact that is being applied, whatever becomes of it.
void put_reservation_uses(Applying& applying, const std::vector<ReservationUse>& uses);

/// Every name of a resource, the present one first: what was set aside before two customers became one
/// is the person's.
std::vector<Resource> names_of(Database& database, const Resource& resource);

/// By all facts that are known here.
std::int64_t used_of(Database& database, const ReservationId& reservation);
/// By one fact, in the order of their ids.
std::vector<ReservationUse> reservations_used_by(Database& database, FactId fact);

}  // namespace keepsake::records

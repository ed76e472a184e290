#pragma once

#include <optional>
#include <vector>

#include "kiosk/flow/sale/held.hpp"
#include "kiosk/flow/shared/ticket.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/result.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake::flow {

/// The daily work on points and old data that the program does by itself.
struct Chores {
  std::optional<Date> done_on;  ///< the last day on which all went well
  std::optional<Error> trouble;
  bool operator==(const Chores&) const = default;
};

/// What outlasts everybody: the line to head office, the open shift, counters.
struct Device {
  SyncState sync;
  std::optional<ShiftView> shift;  ///< the open one; figures as of its last load
  Ticket last_ticket;
  std::vector<HeldSaleView> held = {};  ///< oldest first
  Chores chores = {};
  std::optional<std::vector<StaffMember>> staff = {};  ///< everybody; nullopt: not told yet
  bool operator==(const Device&) const = default;
};

}  // namespace keepsake::flow

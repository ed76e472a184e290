#pragma once
// What happens without anybody touching the screen, and without having been asked.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flow/sale/held.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/staff_member.hpp"
#include "storage/domain/values/ids.hpp"
#include "storage/domain/values/types.hpp"
#include "storage/domain/views/sync_state.hpp"

namespace keepsake {
struct ActiveProgramme;
}

namespace keepsake::flow {

/// A barcode or QR code, whole, from the wedge scanner; at most limits::code_bytes of printable
/// ASCII.
struct Scan {
  std::string text;
};

/// Time passed (`now` of reduce). Sent at next_deadline(), and harmless at any other time.
struct Tick {};

struct SyncChanged {
  SyncState state;
};

struct ShiftKnown {
  std::optional<ShiftView> shift;
};  ///< at start-up

/// Who works at the store's tills: at start-up, and whenever it may have changed.
struct StaffKnown {
  std::vector<StaffMember> staff;
};

struct HeldSalesKnown {
  std::vector<HeldSaleView> held;
};  ///< at start-up

struct ChoresDone {
  Date day;
  std::optional<Error> trouble;
};

struct Printed {
  FactId fact;
  Result<Done> outcome;
};

/// Another programme is published, and the context of reduce() has it. A sale that nothing is paid of
/// is quoted by it at once; what is paid in part ends by the one it began with.
struct ProgrammeChanged {
  std::shared_ptr<const ActiveProgramme> programme;
};

using News = Types<ProgrammeChanged, Scan, Tick, SyncChanged, ShiftKnown, StaffKnown,
                   HeldSalesKnown, ChoresDone, Printed>;

}  // namespace keepsake::flow

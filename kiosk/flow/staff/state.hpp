#pragma once
// The screens of staff beside the sale.

#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/staff/article_page.hpp"
#include "kiosk/flow/staff/customer_pages.hpp"
#include "kiosk/flow/staff/exception_page.hpp"
#include "storage/domain/sale/shift.hpp"
#include "storage/domain/staff/staff_member.hpp"

namespace keepsake::flow {

struct Context;

struct PinEntry {
  std::string digits;   ///< draw dots
  bool locked = false;  ///< a staff member locked the till (or let it); a basket may be waiting
  bool operator==(const PinEntry&) const = default;
};

struct ShiftOpen {
  std::string counted;  ///< cash in the drawer at the start
  bool operator==(const ShiftOpen&) const = default;
};

/// First the blind count; then `shift` (fresh from the book) and the difference; then confirm.
struct ShiftClose {
  std::string counted;
  std::optional<ShiftView> shift;  ///< set once the count was given
  bool closed = false;             ///< recorded; the figures stay until "finish"
  bool operator==(const ShiftClose&) const = default;
};
/// counted - expected; nullopt before the count, or when the entry is no amount.
std::optional<Money> difference(const ShiftClose& close, const Context& context);

/// Session::device.sync in words. `staff_menu` things start here too: leave with Back.
struct SyncStatus {
  bool operator==(const SyncStatus&) const = default;
};

/// Somebody who is taken on or changed. Nothing of it is kept before Submit.
struct StaffForm {
  std::string id = {};  ///< empty: somebody new
  std::string name = {};
  bool manager = false;
  std::optional<NewPin> pin = {};  ///< they choose one; with it all of the form is saved
  bool removing = false;           ///< "remove them?"
  bool operator==(const StaffForm&) const = default;
};

/// Everybody who works at the store's tills. For managers.
struct StaffList {
  std::vector<StaffEntry> staff = {};  ///< by id
  bool loaded = false;
  std::optional<StaffForm> form = {};
  bool operator==(const StaffList&) const = default;
};

/// What the programme in force says (Context::active). For managers, to read.
struct ProgrammePage {
  bool operator==(const ProgrammePage&) const = default;
};

}  // namespace keepsake::flow

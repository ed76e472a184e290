#pragma once
// Everything the screen is, as one value. Three parts, by how long they live:
//
//   Device  outlasts everybody: the line to head office, the open shift, counters.
//   Till    a sale under way (sale/till.hpp).
//   Visit   one person at the screen, customer or staff. Its end is `visit = Visit{}`, which is the
//           privacy reset: fields, language, text size, contrast, customer, staff and screen all go
//           at once.
//
// Screens read it const. Text fields are plain UTF-8 with the caret at the end; their limits are in
// shared/field.hpp. Amounts and weights are typed as "1234.50" ('.' whatever the language; screens
// format).

#include "kiosk/flow/customer/state.hpp"
#include "kiosk/flow/sale/state.hpp"
#include "kiosk/flow/shared/device.hpp"
#include "kiosk/flow/shared/visitor.hpp"
#include "kiosk/flow/staff/state.hpp"
#include "kiosk/flow/warranty/state.hpp"
#include "storage/domain/values/choice.hpp"

namespace keepsake::flow {

using AnyScreen = Types<
    // customer
    Attract, Start, Identify, CustomerHome, PointsWhy, MyData, Join, PriceCheck,
    // warranty
    WarrantyForm, WarrantyDone, ItemPage,
    // sale
    Sale, Tendering, SaleDone, RewardsGiven, ReturnFind, Returning, ReturnDone,
    // staff
    PinEntry, ShiftOpen, ShiftClose, SyncStatus, CustomerSearch, CustomerPage, MergeReview,
    StaffList, ArticlePage, ProgrammePage, ExceptionPage>;
struct Screen : Choice<AnyScreen> {
  using Choice::Choice;
  bool operator==(const Screen&) const = default;
};

struct Visit : Visitor {
  Screen screen;
  bool operator==(const Visit&) const = default;
};

struct Session {
  Device device;
  Till till;
  Visit visit;
  bool operator==(const Session&) const = default;
};

/// Whether what the shop asks of customers may change now: not while one reads a text to agree to it, or
/// is asked the shop's own questions, and not in a sale.
bool may_change_settings(const Session& session);

/// How staff at this screen know that whoever stands there is this customer.
Recognition recognition_of(const Session& session, const CustomerRef& customer);

}  // namespace keepsake::flow

#include "kiosk/flow/places.hpp"

#include <algorithm>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/values/ascii.hpp"

namespace keepsake::flow {

namespace {

/// A phone typed to look somebody up is the first field of joining.
std::string typed_phone(const Screen& screen) {
  if (const auto* identify = get_if<Identify>(&screen)) return identify->phone;
  if (const auto* sale = get_if<Sale>(&screen))
    if (const auto* pane = get_if<CustomerPane>(&sale->pane)) return pane->phone;
  return {};
}

/// And a name typed to look somebody up is the other one.
std::string typed_name(const Screen& screen) {
  const auto* sale = get_if<Sale>(&screen);
  const auto* pane = sale == nullptr ? nullptr : get_if<PeoplePane>(&sale->pane);
  if (pane == nullptr) return {};
  const std::string& words = pane->search.words;
  const bool name = std::ranges::none_of(words, [](char c) { return is_digit(c) || c == '@'; });
  return name ? words : std::string();
}

void to_tender(Turn& turn) {
  if (turn.s.till.basket.lines.empty()) return turn.refuse("sale.empty");
  if (turn.asked<ResolveScan>()) return turn.refuse("scan.waiting", Kept::basket);
  turn.leave_to(Tendering{});
}

void to_warranty(Turn& turn) {
  WarrantyForm form;
  form.bought = turn.now.date();
  if (turn.s.visit.staff)
    form.customer = turn.s.till.customer;
  else if (turn.s.visit.member)
    form.customer = turn.s.visit.member->ref;
  turn.leave_to(std::move(form));
}

void go_as_staff(Turn& turn, Place place) {
  const bool shift = turn.s.device.shift.has_value();
  switch (place) {
    case Place::start:
    case Place::staff:
      return turn.staff_home();
    case Place::identify:
      if (!shift) return turn.leave_to(ShiftOpen{});
      return turn.leave_to(Sale{.pane = CustomerPane{}, .touched = {}, .page = 0});
    case Place::sale:
      return turn.leave_to(shift ? Screen(Sale{}) : Screen(ShiftOpen{}));
    case Place::tender:
      return shift ? to_tender(turn) : turn.leave_to(ShiftOpen{});
    case Place::shift_close:
      if (!shift) return turn.leave_to(ShiftOpen{});
      if (!turn.s.till.empty()) return turn.refuse("shift.basket", Kept::basket);
      return turn.leave_to(ShiftClose{});
    case Place::sync:
      return turn.leave_to(SyncStatus{});
    case Place::returns:
      return shift ? to_returns(turn) : turn.leave_to(ShiftOpen{});
    case Place::customers:
    case Place::search:
    case Place::merges:
      return to_staff_customer(turn, place);
    case Place::staff_list:
      return to_staff_list(turn);
    case Place::articles:
      return to_articles(turn);
    case Place::exceptions:
      return to_exceptions(turn);
    case Place::programme:
      return turn.s.visit.staff->manager ? turn.leave_to(ProgrammePage{}) : turn.staff_home();
    case Place::why:
    case Place::my_data:
      return turn.staff_home();  // a customer's own
    case Place::join:
    case Place::warranty:
      break;  // the same for both sides
  }
}

}  // namespace

void go_to(Turn& turn, Place place) {
  if (place == Place::join) {
    Join form;
    form.phone = typed_phone(turn.s.visit.screen);
    form.name = typed_name(turn.s.visit.screen);
    turn.leave_to(std::move(form));
    return capitalise(turn, get<Join>(turn.s.visit.screen).name);
  }
  if (place == Place::warranty) return to_warranty(turn);
  if (turn.s.visit.staff) return go_as_staff(turn, place);
  switch (place) {
    case Place::start:
      return turn.leave_to(Start{});
    case Place::identify:
      return turn.s.visit.member ? turn.customer_home() : turn.leave_to(Identify{});
    case Place::why:
      return to_why(turn);
    case Place::my_data:
      return to_my_data(turn);
    default:
      return turn.leave_to(PinEntry{.digits = {}, .locked = !turn.s.till.empty()});
  }
}

}  // namespace keepsake::flow

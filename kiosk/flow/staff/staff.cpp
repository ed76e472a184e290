// PIN, shift open and close, sync status.
#include <cassert>

#include "kiosk/flow/figure.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/trusted_time.hpp"

namespace keepsake::flow {
namespace {

void check_pin(Turn& turn, PinEntry& pin) {
  if (pin.digits.size() < 4) return turn.refuse("pin.short");
  std::string digits = std::move(pin.digits);
  pin.digits.clear();  // a PIN is not kept a moment longer than it takes to ask
  const auto place = pin.locked ? PinPlace::locked_till : PinPlace::stand;
  turn.ask(CheckPin{std::move(digits), place, turn.now.at});
}

void signed_in(Turn& turn, const PinChecked& answer) {
  if (!answer.staff.ok()) {
    turn.refuse(notice_code(answer.staff.error()),
                turn.s.till.empty() ? Kept::nothing_to_keep : Kept::basket, answer.tries_left);
    return;
  }
  assert(!turn.s.visit.staff && !answer.staff->id.empty());
  turn.s.visit.member.reset();  // a customer's page does not lie behind the staff's
  turn.s.visit.recognised = {};
  turn.s.visit.staff = *answer.staff;
  // The records say so; the news of it may still be on its way.
  if (auto& known = turn.s.device.staff) {
    std::erase_if(*known, [&](const StaffMember& each) { return each.id == answer.staff->id; });
    known->push_back(*answer.staff);
  }
  turn.staff_home();
}

void type(Turn& turn, std::string& text, Field field, const std::string& utf8) {
  if (type_into(text, field, utf8) != Typed::taken) turn.refuse("field.full");
}

void not_opened(Turn& turn, const Error& error) {
  turn.fail(error, Kept::count);
  // The book knows a shift that this screen does not: take the book's word.
  if (error.code != "shift.already-open") return;
  turn.ask(LoadShift{});
}

}  // namespace

std::optional<Money> difference(const ShiftClose& close, const Context& context) {
  if (!close.shift) return std::nullopt;
  const auto counted = entered_amount(close.counted, context.currency);
  if (!counted) return std::nullopt;
  return Money{counted->minor - close.shift->expected.minor, context.currency};
}

void on(Turn& turn, PinEntry& pin, const Event& event) {
  handle(
      event, [&](const Type& typed) { type(turn, pin.digits, Field::pin, typed.utf8); },
      [&](const Erase&) { erase_last(pin.digits); }, [&](const ClearField&) { pin.digits.clear(); },
      [&](const Submit&) { check_pin(turn, pin); },
      [&](const PinChecked& answer) { signed_in(turn, answer); },
      [&](const Back&) {
        if (pin.locked) return turn.reset();
        turn.customer_home();
      },
      // Cards of members say nothing to a locked till.
      [&](const Scan&) { turn.refuse("scan.not-here"); });
}

void on(Turn& turn, ShiftOpen& open, const Event& event) {
  handle(
      event, [&](const Type& typed) { type(turn, open.counted, Field::counted, typed.utf8); },
      [&](const Erase&) { erase_last(open.counted); },
      [&](const ClearField&) { open.counted.clear(); },
      [&](const Submit& e) {
        const auto counted = entered_amount(open.counted, turn.ctx.currency);
        const bool much = counted && is_much_counted(*counted, {0, turn.ctx.currency});
        if (!counts(turn, e, open.counted, much, Codes::none)) return;
        if (!counted) return turn.refuse("count.syntax", Kept::count);
        turn.ask(RecordFact{ShiftOpening{turn.now, turn.s.visit.staff->id, *counted}});
      },
      [&](const Recorded& answer) {
        if (!answer.id.ok()) return not_opened(turn, answer.id.error());
        turn.play(Sound::good);
        turn.staff_home();
        turn.notify(Tone::good, "shift.opened");
      },
      [&](const ShiftLoaded& answer) {
        if (!answer.shift.ok() || !answer.shift.value()) return;
        turn.s.device.shift = answer.shift.value();
        turn.staff_home();
      },
      [&](const Back&) { turn.s.till.empty() ? turn.reset() : turn.lock(); },
      [&](const Go& go) {
        if (go.place == Place::sync) go_to(turn, go.place);
      },
      [&](const Scan&) { turn.refuse("scan.not-here", Kept::count); });
}

namespace {

void close_shift(Turn& turn, ShiftClose& close) {
  if (close.closed) return turn.reset();
  const auto counted = entered_amount(close.counted, turn.ctx.currency);
  if (!counted) return turn.refuse("count.syntax", Kept::count);
  if (!close.shift) {
    if (turn.asked<LoadShift>()) return;
    turn.ask(LoadShift{});
    return;
  }
  turn.ask(RecordFact{ShiftClosing{turn.now, turn.s.visit.staff->id, close.shift->id,
                                   close.shift->expected, *counted}});
}

bool is_much(const Turn& turn, const ShiftClose& close) {
  const auto counted = entered_amount(close.counted, turn.ctx.currency);
  const Money none{0, turn.ctx.currency};
  return counted &&
         is_much_counted(*counted, turn.s.device.shift ? turn.s.device.shift->expected : none);
}

void shift_loaded(Turn& turn, ShiftClose& close, const ShiftLoaded& answer) {
  if (!answer.shift.ok()) return turn.fail(answer.shift.error(), Kept::count);
  turn.s.device.shift = answer.shift.value();
  if (!answer.shift.value()) return turn.refuse("shift.none");
  close.shift = answer.shift.value();
}

}  // namespace

void on(Turn& turn, ShiftClose& close, const Event& event) {
  const bool counting = !close.shift && !turn.asked<LoadShift>();
  handle(
      event,
      [&](const Type& typed) {
        if (counting) type(turn, close.counted, Field::counted, typed.utf8);
      },
      [&](const Erase&) {
        if (counting) erase_last(close.counted);
      },
      [&](const ClearField&) {
        if (counting) close.counted.clear();
      },
      [&](const Submit& e) {
        if (close.shift || counts(turn, e, close.counted, is_much(turn, close), Codes::none))
          close_shift(turn, close);
      },
      [&](const ShiftLoaded& answer) { shift_loaded(turn, close, answer); },
      [&](const Recorded& answer) {
        if (!answer.id.ok()) return turn.fail(answer.id.error(), Kept::count);
        close.closed = true;
        turn.play(Sound::good);
        turn.notify(Tone::good, "shift.closed");
      },
      [&](const Back&) {
        if (close.closed) return turn.reset();
        if (close.shift) {  // count again
          close = ShiftClose{};
          return;
        }
        turn.staff_home();
      },
      [&](const Go& go) {
        if (close.closed || go.place == Place::sync) go_to(turn, go.place);
      },
      [&](const Scan&) { turn.refuse("scan.not-here", Kept::count); });
}

namespace {

bool clock_in_doubt(const Turn& turn) {
  const auto& trouble = turn.s.device.chores.trouble;
  return trouble && doubts_clock(*trouble);
}

void clock_confirmed(Turn& turn, const ClockConfirmed& answer) {
  if (!answer.outcome.ok()) return turn.fail(answer.outcome.error(), Kept::nothing_to_keep);
  if (clock_in_doubt(turn)) turn.s.device.chores.trouble.reset();
  turn.notify(Tone::good, "clock.confirmed");
  turn.play(Sound::good);
}

}  // namespace

void on(Turn& turn, SyncStatus&, const Event& event) {
  handle(
      event,
      [&](const SayDateIsRight&) {
        if (turn.s.visit.staff && turn.s.visit.staff->manager && clock_in_doubt(turn))
          turn.ask(ConfirmClock{});
      },
      [&](const ClockConfirmed& answer) { clock_confirmed(turn, answer); },
      [&](const SyncNow&) { turn.emit(Sync{}); }, [&](const Submit&) { turn.emit(Sync{}); },
      [&](const Back&) { turn.staff_home(); }, [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan&) { turn.refuse("scan.not-here"); });
}

void on(Turn& turn, ProgrammePage&, const Event& event) {
  handle(
      event, [&](const Back&) { turn.staff_home(); }, [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan&) { turn.refuse("scan.not-here"); });
}

}  // namespace keepsake::flow

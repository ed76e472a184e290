// Attract, start, identify, and the price check.
#include <utility>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/shared/timing.hpp"
#include "kiosk/flow/warranty/handlers.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {

void on_customer_scan(Turn& turn, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::nothing_to_keep);
  const auto patience = turn.patient(done_stays);
  std::visit(
      Overloaded{
          [&](std::monostate) { turn.refuse("scan.unknown"); },
          [&](const ReceiptScanned& receipt) {
            if (!receipt.purchase) return turn.refuse("scan.unknown");
            turn.notify(Tone::info, "scan.receipt");
          },
          [&](const GiftCardView&) { turn.notify(Tone::info, "scan.gift-card"); },
          [&](const CodeScanned&) { turn.refuse("scan.not-here"); },
          [&](const ItemsScanned& found) { show_items(turn, found.items, Kept::nothing_to_keep); },
          [&](const Article& article) {
            turn.leave_to(PriceCheck{article, turn.now.at + patience});
          },
          [&](const CustomerView& member) {
            turn.s.visit.member = member;
            turn.s.visit.recognised = by_card(answer.text);
            turn.customer_home();
            turn.play(Sound::good);
          },
      },
      *answer.scanned);
}

namespace {

void look_up(Turn& turn, Identify& identify) {
  if (turn.asked<FindPoints>() || identify.withheld) return;
  const auto phone = normalise_phone(identify.phone, turn.ctx.calling_code, turn.ctx.country);
  if (!phone.ok()) return turn.fail(phone.error(), Kept::form);
  identify.points.reset();
  identify.shows_at = turn.now.at + number_answer;
  turn.ask(FindPoints{*phone, turn.now});
}

void found(Turn& turn, Identify& identify, const PointsFound& answer) {
  if (!answer.points.ok()) return turn.fail(answer.points.error(), Kept::form);
  identify.withheld = *answer.points;
  identify.pending = answer.pending;
  show_in_time(turn, identify);
}

/// Another number is typed: what was found was not its.
void forget_points(Turn& turn, Identify& identify) {
  turn.forget<FindPoints>();
  const std::string phone = std::move(identify.phone);
  identify = Identify{.phone = phone};
}

void submit_pin(Turn& turn, Identify& identify) {
  if (identify.pin->size() < 4) return turn.refuse("pin.short", Kept::form);
  const auto phone = normalise_phone(identify.phone, turn.ctx.calling_code, turn.ctx.country);
  if (!phone.ok()) return turn.fail(phone.error(), Kept::form);
  // A PIN is not kept a moment longer than it takes to ask.
  std::string pin = std::exchange(*identify.pin, {});
  turn.ask(CheckMemberPin{.pin = std::move(pin), .phone_e164 = *phone});
}

/// Whose PIN it was is at their own page now.
void proved(Turn& turn, const MemberProved& answer) {
  if (!answer.customer.ok())
    return turn.refuse(notice_code(answer.customer.error()), Kept::form, answer.tries_left);
  turn.s.visit.member = *answer.customer;
  turn.s.visit.recognised = by_pin(answer.proof);
  turn.customer_home();
  turn.play(Sound::good);
}

void open_field(Identify& identify, Field field) {
  if (field == Field::phone) identify.pin.reset();
  // A number is said first; what it answers to a PIN is the same whoever's it is.
  if (field == Field::pin && identify.points) identify.pin.emplace();
}

void type_pin(Turn& turn, std::string& pin, const Event& event) {
  if (const auto* type = get_if<Type>(&event)) {
    if (type_into(pin, Field::pin, type->utf8) != Typed::taken)
      turn.refuse("field.full", Kept::form);
  } else if (holds_alternative<Erase>(event)) {
    erase_last(pin);
  } else if (holds_alternative<ClearField>(event)) {
    pin.clear();
  }
}

}  // namespace

void show_in_time(Turn& turn, Identify& identify) {
  if (!identify.withheld) return;
  const Instant due = identify.shows_at.value_or(turn.now.at);
  // A clock set back must not keep it for hours.
  if (turn.now.at < due && due - turn.now.at <= number_answer) return;
  identify.points = std::exchange(identify.withheld, std::nullopt);
  identify.shows_at.reset();
  turn.play(Sound::good);
}

void show_points(Turn& turn, const std::string& phone) {
  turn.leave_to(Identify{.phone = phone});
  look_up(turn, get<Identify>(turn.s.visit.screen));
}

void customer_moves(Turn& turn, const Event& event) {
  handle(
      event, [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan& scan) { turn.resolve(scan.text); },
      [&](const ScanResolved& answer) { on_customer_scan(turn, answer); });
}

void on(Turn& turn, Attract&, const Event& event) {
  const bool handled = handle(
      event, [&](const Scan& scan) { turn.resolve(scan.text); },
      [&](const ScanResolved& answer) { on_customer_scan(turn, answer); },
      [&](const Wake& wake) {
        turn.s.visit.language = wake.language;
        turn.enter(Start{});
        turn.play(Sound::click);
      });
  if (handled || ticket_of(event) != nullptr) return;
  turn.enter(Start{});
  turn.play(Sound::click);
}

void on(Turn& turn, Start&, const Event& event) {
  const bool handled = handle(event, [&](const Back&) { turn.reset(); });
  if (!handled) customer_moves(turn, event);
}

void on(Turn& turn, Identify& identify, const Event& event) {
  if (identify.pin && (holds_alternative<Type>(event) || holds_alternative<Erase>(event) ||
                       holds_alternative<ClearField>(event)))
    return type_pin(turn, *identify.pin, event);
  const bool handled = handle(
      event,
      [&](const Type& typed) {
        forget_points(turn, identify);
        if (type_into(identify.phone, Field::phone, typed.utf8) != Typed::taken)
          turn.refuse("field.full", Kept::form);
      },
      [&](const Erase&) {
        forget_points(turn, identify);
        erase_last(identify.phone);
      },
      [&](const ClearField&) {
        forget_points(turn, identify);
        identify.phone.clear();
      },
      [&](const Edit& edit) { open_field(identify, edit.field); },
      [&](const Submit&) { identify.pin ? submit_pin(turn, identify) : look_up(turn, identify); },
      [&](const PointsFound& answer) { found(turn, identify, answer); },
      [&](const MemberProved& answer) { proved(turn, answer); },
      [&](const Back&) {
        if (!identify.pin) return turn.leave_to(Start{});
        identify.pin.reset();
      });
  if (!handled) customer_moves(turn, event);
}

void on(Turn& turn, PriceCheck&, const Event& event) {
  const bool handled = handle(
      event, [&](const Back&) { turn.customer_home(); },
      [&](const Submit&) { turn.customer_home(); });
  if (!handled) customer_moves(turn, event);
}

}  // namespace keepsake::flow

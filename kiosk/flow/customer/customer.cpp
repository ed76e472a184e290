// Attract, start, identify, and the price check.
#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/shared/timing.hpp"
#include "storage/domain/customer/phone.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/overloaded.hpp"

namespace keepsake::flow {

void on_customer_scan(Turn& turn, const ScanResolved& answer) {
  if (!answer.scanned.ok()) return turn.fail(answer.scanned.error(), Kept::nothing_to_keep);
  const auto patience = turn.patient(done_stays);
  std::visit(Overloaded{
                 [&](std::monostate) { turn.refuse("scan.unknown"); },
                 [&](const ReceiptScanned& receipt) {
                   if (!receipt.purchase) return turn.refuse("scan.unknown");
                   turn.notify(Tone::info, "scan.receipt");
                 },
                 [&](const GiftCardView&) { turn.notify(Tone::info, "scan.gift-card"); },
                 [&](const Article& article) {
                   turn.leave_to(PriceCheck{article, turn.now.at + patience});
                 },
                 [&](const CustomerView& member) {
                   turn.s.visit.member = member;
                   turn.customer_home();
                   turn.play(Sound::good);
                 },
             },
             *answer.scanned);
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
  const bool handled = handle(
      event,
      [&](const Type& typed) {
        identify.not_found = false;
        if (type_into(identify.phone, Field::phone, typed.utf8) != Typed::taken)
          turn.refuse("field.full", Kept::form);
      },
      [&](const Erase&) {
        identify.not_found = false;
        erase_last(identify.phone);
      },
      [&](const ClearField&) { identify = Identify{}; },
      [&](const Submit&) {
        if (turn.asked<FindCustomer, LoadCustomer>()) return;
        const auto phone = normalise_phone(identify.phone, turn.ctx.calling_code, turn.ctx.country);
        if (!phone.ok()) return turn.fail(phone.error(), Kept::form);
        turn.ask(FindCustomer{*phone});
      },
      [&](const CustomerFound& answer) {
        if (!answer.customer.ok()) return turn.fail(answer.customer.error(), Kept::form);
        if (!answer.customer.value()) {
          identify.not_found = true;
          return turn.refuse("customer.unknown", Kept::form);
        }
        turn.s.visit.member = *answer.customer.value();
        turn.customer_home();
        turn.play(Sound::good);
      },
      [&](const Back&) { turn.leave_to(Start{}); });
  if (!handled) customer_moves(turn, event);
}

void on(Turn& turn, PriceCheck&, const Event& event) {
  const bool handled = handle(
      event, [&](const Back&) { turn.customer_home(); },
      [&](const Submit&) { turn.customer_home(); });
  if (!handled) customer_moves(turn, event);
}

}  // namespace keepsake::flow

// A manager settles what contradicted what else was known.
#include <algorithm>
#include <cassert>
#include <utility>

#include "kiosk/flow/places.hpp"
#include "kiosk/flow/staff/exception_page.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/values/handle.hpp"

namespace keepsake::flow {
namespace {

void loaded(Turn& turn, ExceptionPage& page, const ExceptionsLoaded& answer) {
  if (!answer.open.ok()) return turn.fail(answer.open.error(), Kept::nothing_to_keep);
  page.open = *answer.open;
  page.loaded = true;
  page.chosen.reset();
  page.asking.reset();
}

void choose(ExceptionPage& page, Decision decision) {
  if (!page.chosen || page.asking) return;
  assert(*page.chosen < page.open.size());
  const auto fitting = decisions_for(page.open[*page.chosen]);
  if (std::ranges::find(fitting, decision) != fitting.end()) page.asking = decision;
}

void submit(Turn& turn, ExceptionPage& page) {
  if (!page.asking) return;
  assert(page.chosen && *page.chosen < page.open.size());
  const Decision decision = *std::exchange(page.asking, std::nullopt);
  turn.ask(SettleException{page.open[*page.chosen].name, decision});
}

void answered(Turn& turn, ExceptionPage& page, const ExceptionAnswered& answer) {
  page.chosen.reset();
  turn.ask(LoadExceptions{});  // another till may have been faster
  if (!answer.outcome.ok()) return turn.fail(answer.outcome.error(), Kept::nothing_to_keep);
  // Points or money of the sale's customer may be others now.
  turn.forget_member();
  turn.emit(Sync{});
  turn.notify(Tone::good, "exception.done");
  turn.play(Sound::good);
}

void show_customer(Turn& turn, const ExceptionPage& page) {
  if (!page.chosen || page.asking) return;
  const CustomerRef customer = page.open[*page.chosen].customer;
  if (!customer.nobody()) to_profile(turn, customer);
}

/// Out of the innermost question first.
void back(Turn& turn, ExceptionPage& page) {
  if (page.asking)
    page.asking.reset();
  else if (page.chosen)
    page.chosen.reset();
  else
    turn.staff_home();
}

}  // namespace

void to_exceptions(Turn& turn) {
  if (!turn.s.visit.staff->manager) return turn.staff_home();
  turn.leave_to(ExceptionPage{});
  turn.ask(LoadExceptions{});
}

void on(Turn& turn, ExceptionPage& page, const Event& event) {
  handle(
      event, [&](const ExceptionsLoaded& answer) { loaded(turn, page, answer); },
      [&](const ExceptionAnswered& answer) { answered(turn, page, answer); },
      [&](const OpenException& open) {
        if (!page.chosen && open.index < page.open.size()) page.chosen = open.index;
      },
      [&](const ChooseDecision& chosen) { choose(page, chosen.decision); },
      [&](const ShowExceptionCustomer&) { show_customer(turn, page); },
      [&](const Submit&) { submit(turn, page); }, [&](const Back&) { back(turn, page); },
      [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan&) { turn.refuse("scan.not-here"); });
}

}  // namespace keepsake::flow

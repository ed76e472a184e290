#include "kiosk/flow/reduce.hpp"

#include <algorithm>
#include <cassert>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/figure.hpp"
#include "kiosk/flow/sale/handlers.hpp"
#include "kiosk/flow/shared/timing.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "kiosk/flow/warranty/handlers.hpp"

namespace keepsake::flow {
namespace {

template <class T>
const T* as(const Event& event) {
  return get_if<T>(&event);
}

void to_screen(Turn& turn, const Event& event) {
  visit([&](auto& screen) { on(turn, screen, event); }, turn.s.visit.screen);
}

/// True when the answer was awaited; it is then no longer.
bool take_ticket(Visit& visit, Ticket ticket) {
  if (visit.pending && visit.pending->ticket == ticket) {
    visit.pending.reset();
    return true;
  }
  return std::erase_if(visit.asked, [&](const Asked& a) { return a.ticket == ticket; }) > 0;
}

/// Pages with figures by the rules have them anew; the sale's own are follow_programme()'s.
void programme_changed(Turn& turn, const Event& event) {
  if (turn.s.visit.pending) return;
  if (auto* home = get_if<CustomerHome>(&turn.s.visit.screen)) on(turn, *home, event);
  if (auto* returning = get_if<Returning>(&turn.s.visit.screen)) on(turn, *returning, event);
}

/// The machine's own news: never a person's touch, so it neither wakes nor keeps awake.
bool device_news(Turn& turn, const Event& event) {
  if (const auto* sync = as<SyncChanged>(event)) {
    turn.s.device.sync = sync->state;
    auto* paying = get_if<Tendering>(&turn.s.visit.screen);
    if (paying && paying->card && sync->state.link == LinkState::online)
      paying->card->offline.reset();
    return true;
  }
  if (const auto* known = as<ShiftKnown>(event)) {
    turn.s.device.shift = known->shift;
    return true;
  }
  if (const auto* known = as<StaffKnown>(event)) {
    turn.s.device.staff = known->staff;
    return true;
  }
  if (as<ProgrammeChanged>(event)) {  // the context of this turn has it already
    programme_changed(turn, event);
    return true;
  }
  if (const auto* known = as<HeldSalesKnown>(event)) {
    turn.s.device.held = known->held;
    return true;
  }
  if (const auto* chores = as<ChoresDone>(event)) {
    turn.s.device.chores.trouble = chores->trouble;
    if (!chores->trouble) turn.s.device.chores.done_on = chores->day;
    return true;
  }
  if (const auto* printed = as<Printed>(event)) {
    const auto outcome = printed->outcome.ok() ? Receipt::printed : Receipt::failed;
    if (auto* sold = get_if<SaleDone>(&turn.s.visit.screen); sold && sold->id == printed->fact)
      sold->receipt = outcome;
    if (auto* given = get_if<RewardsGiven>(&turn.s.visit.screen);
        given && given->id == printed->fact)
      given->receipt = outcome;
    if (auto* back = get_if<ReturnDone>(&turn.s.visit.screen); back && back->id == printed->fact)
      back->receipt = outcome;
    // A customer at the screen has nothing to do with a printer's trouble.
    if (!printed->outcome.ok() && turn.s.visit.staff)
      turn.fail(printed->outcome.error(), Kept::sale);
    return true;
  }
  return false;
}

void answered(Turn& turn, const Event& event) {
  if (const auto* proof = as<MemberProved>(event); proof != nullptr && turn.s.visit.proving) {
    if (const auto begun = proved_by_pin(turn, *proof)) to_screen(turn, *begun);
    return;
  }
  const auto* scanned = as<ScanResolved>(event);
  const Checked figure = scanned == nullptr ? Checked::not_it : checked(turn, *scanned);
  if (figure == Checked::said) return;
  to_screen(turn, figure == Checked::is_figure ? Event(Submit{}) : event);
}

void answer(Turn& turn, const Event& event, Ticket ticket) {
  const bool was_write = turn.s.visit.pending && turn.s.visit.pending->ticket == ticket;
  if (!take_ticket(turn.s.visit, ticket)) return;
  if (const auto* recorded = as<Recorded>(event); recorded != nullptr && recorded->id.ok()) {
    turn.s.device.shift = recorded->shift;
    turn.emit(Sync{});
  }
  const bool warned = turn.s.visit.idle.gone_at.has_value();
  answered(turn, event);
  // The clock stood still while the write was under way; what came of it deserves a full look.
  if (was_write || (!warned && turn.s.visit.idle == Idle{})) turn.rearm();
}

void tick_idle(Turn& turn) {
  Visit& visit = turn.s.visit;
  const Instant now = turn.now.at;
  const auto allowed = turn.patient(std::max(staff_idle, customer_idle));
  // A clock set back must not keep somebody's page on the screen for hours.
  if (visit.idle.at && *visit.idle.at - now > allowed) turn.rearm();
  if (visit.idle.gone_at && *visit.idle.gone_at - now > allowed)
    visit.idle.gone_at = now + turn.patient(idle_warning);

  if (visit.idle.gone_at && now >= *visit.idle.gone_at) return turn.reset();
  if (!visit.idle.at || now < *visit.idle.at) return;
  if (visit.staff) return turn.lock();
  const auto* pin = get_if<PinEntry>(&visit.screen);
  if (pin != nullptr && pin->locked) return turn.s.till.empty() ? turn.reset() : turn.lock();
  visit.idle.at.reset();
  visit.idle.gone_at = now + turn.patient(idle_warning);
  visit.choosing_language = false;
  if (auto* home = get_if<CustomerHome>(&visit.screen)) home->privacy = Privacy::masked;
  // Whoever answers the warning sees nothing personal before they ask for it again.
  if (holds_alternative<PointsWhy>(visit.screen) || holds_alternative<MyData>(visit.screen) ||
      holds_alternative<ItemPage>(visit.screen))
    turn.customer_home();
}

Instant* leaving(Screen& screen) {
  if (auto* price = get_if<PriceCheck>(&screen)) return &price->leaves_at;
  if (auto* done = get_if<WarrantyDone>(&screen)) return &done->leaves_at;
  return nullptr;
}

/// Where screens that leave by themselves, and "back" on them, lead.
void leave(Turn& turn) {
  if (turn.s.visit.staff) return turn.staff_home();
  if (turn.s.visit.member) return turn.customer_home();
  turn.reset();
}

void tick(Turn& turn) {
  Visit& visit = turn.s.visit;
  if (visit.notice_until && turn.now.at >= *visit.notice_until) {
    visit.notice.reset();
    visit.notice_until.reset();
  }
  if (visit.pending) return;
  if (auto* identify = get_if<Identify>(&visit.screen)) show_in_time(turn, *identify);
  const Instant* until = leaving(visit.screen);
  if (until != nullptr && turn.now.at >= *until && !visit.choosing_language && !visit.idle.gone_at)
    leave(turn);
  tick_idle(turn);
}

/// Touches that mean the same on every screen.
bool common(Turn& turn, const Event& event) {
  Visit& visit = turn.s.visit;
  if (const auto* chosen = as<ChooseLanguage>(event)) {
    visit.language = chosen->language;
    visit.choosing_language = false;
    visit.script = KeyScript::own;
  } else if (const auto* keys = as<ShowKeys>(event)) {
    visit.keys = keys->page;
  } else if (as<SwapScript>(event)) {
    visit.script = visit.script == KeyScript::own ? KeyScript::latin : KeyScript::own;
  } else if (as<OpenLanguages>(event)) {
    visit.choosing_language = true;
  } else if (as<SwitchTextSize>(event)) {
    visit.text = visit.text == TextSize::normal ? TextSize::large : TextSize::normal;
  } else if (as<SwitchContrast>(event)) {
    visit.contrast = visit.contrast == Contrast::normal ? Contrast::high : Contrast::normal;
  } else if (as<Finish>(event)) {
    if (visit.staff && !turn.s.till.empty())
      turn.lock();
    else
      turn.reset();
  } else if (as<Back>(event) && visit.choosing_language) {
    visit.choosing_language = false;
  } else if (!as<Dismiss>(event) && !as<StillHere>(event)) {
    return false;
  }
  return true;
}

/// Remembers what a keyboard gives a figure's field. True: the field has no such key, and a scanner
/// that types letters is not answered letter by letter.
bool keyed(Turn& turn, const Event& event) {
  const auto* type = as<Type>(event);
  const Editing field = editing(turn.s.visit.screen);
  if (type == nullptr || type->hand != Hand::keyboard || field.text == nullptr ||
      !is_figure(field.field)) {
    if (!as<Submit>(event)) turn.s.visit.keyed.clear();
    return false;
  }
  if (turn.s.visit.keyed.size() + type->utf8.size() <= limits::code_bytes)
    turn.s.visit.keyed += type->utf8;
  std::string copy = *field.text;
  if (type_into(copy, field.field, type->utf8) != Typed::wrong_key) return false;
  turn.play(Sound::error);
  return true;
}

void edit(Turn& turn, const Event& event) {
  if (turn.s.visit.choosing_language) return;
  // A capital or a letter of another language is one of a word: its own letters come back.
  const auto* type = as<Type>(event);
  if (type != nullptr && turn.s.visit.keys != KeyPage::digits) turn.s.visit.keys = KeyPage::letters;
  if (!keyed(turn, event)) to_screen(turn, event);
}

/// Nobody can have read the question yet.
bool just_asked(Instant since, Instant now) { return now >= since && now - since < dead_time; }

/// The member's own PIN under the question.
void type_pin(Turn& turn, Proving& proving, const Event& event) {
  if (holds_alternative<Back>(event)) return proving.pin.reset();
  if (holds_alternative<Submit>(event)) return prove_by_pin(turn);
  if (holds_alternative<Erase>(event)) return erase_last(*proving.pin);
  if (holds_alternative<ClearField>(event)) return proving.pin->clear();
  if (const auto* type = as<Type>(event)) type_into(*proving.pin, Field::pin, type->utf8);
}

/// What lies under the question about proof is dead.
void answer_proving(Turn& turn, const Event& event) {
  Proving& proving = *turn.s.visit.proving;
  if (proving.pin) return type_pin(turn, proving, event);
  if (holds_alternative<Back>(event)) return turn.s.visit.proving.reset();
  if (just_asked(proving.since, turn.now.at)) return;
  const auto* edit = as<Edit>(event);
  if (edit != nullptr && edit->field == Field::pin) proving.pin.emplace();
  if (holds_alternative<Submit>(event)) to_screen(turn, vouched(turn));
}

/// What is done to the screen; where it takes proof that nobody gave, that is asked first.
void do_or_ask(Turn& turn, const Event& event) {
  if (turn.s.visit.proving) return answer_proving(turn, event);
  turn.s.visit.proving = wants_proof(turn.s, event, turn.now.at);
  if (!turn.s.visit.proving) edit(turn, event);
}

/// Somebody touched, typed or scanned.
void touched(Turn& turn, const Event& event) {
  Visit& visit = turn.s.visit;
  const auto* scan = as<Scan>(event);
  if (visit.idle.gone_at) {
    // What lies under the warning is hidden, so a touch can only mean "I am here".
    turn.rearm();
    if (scan == nullptr && !as<Finish>(event)) return turn.play(Sound::click);
  }
  if (as<Submit>(event) && visit.doubt && just_asked(visit.doubt->since, turn.now.at)) return;
  turn.doubted = std::exchange(visit.doubt, std::nullopt);
  if (visit.notice) {
    visit.notice.reset();
    visit.notice_until.reset();
  }
  if (scan != nullptr) {
    visit.choosing_language = false;
    if (!scannable(scan->text)) {
      turn.refuse("scan.unreadable");
    } else {
      turn.play(Sound::scan_ok);
      to_screen(turn, event);
    }
  } else if (holds_alternative<Attract>(visit.screen)) {
    to_screen(turn, event);  // swallowed: it wakes and does nothing else
  } else {
    turn.play(Sound::click);
    if (!common(turn, event)) do_or_ask(turn, event);
    if (as<Submit>(event)) turn.s.visit.keyed.clear();
  }
  if (Instant* until = leaving(turn.s.visit.screen))
    *until = std::max(*until, turn.now.at + turn.patient(done_stays));
  turn.rearm();
}

/// Whoever does not work here any more, perhaps by another till's or head office's word, is signed out;
/// whose role changed has the new one.
void hold_to_staff(Turn& turn) {
  const Visit& visit = turn.s.visit;
  if (!visit.staff || visit.pending || !turn.s.device.staff) return;
  const auto found = std::ranges::find(*turn.s.device.staff, visit.staff->id, &StaffMember::id);
  if (found == turn.s.device.staff->end()) {
    turn.lock();
    return turn.refuse("staff.signed-out");
  }
  const bool less = visit.staff->manager && !found->manager;
  turn.s.visit.staff = *found;
  const bool selling =
      holds_alternative<Sale>(visit.screen) || holds_alternative<Tendering>(visit.screen);
  if (less && !selling) turn.staff_home();  // a manager's page is no cashier's
}

/// Whatever happened.
void assert_sound([[maybe_unused]] const Visit& visit) {
  assert(!visit.pending || visit.asked.empty());  // nothing moves under a write
  assert(visit.asked.size() <= reads_at_once);
  assert(!visit.staff || !visit.member);  // no customer's page lies behind the staff's
}

}  // namespace

Step reduce(Session session, const Event& event, const Context& context, LocalTime now) {
  assert(context.active != nullptr);
  Step step{std::move(session), {}};
  Turn turn(step.session, step.effects, context, now);
  if (as<Tick>(event)) {
    tick(turn);
  } else if (device_news(turn, event)) {
  } else if (const Ticket* ticket = ticket_of(event)) {
    answer(turn, event, *ticket);
  } else if (!step.session.visit.pending) {
    touched(turn, event);
  }
  hold_to_staff(turn);
  assert_sound(step.session.visit);
  turn.follow_programme();  // at the news of it, or as soon as nothing is paid or written any more
  return step;
}

std::optional<Instant> next_deadline(const Session& session) {
  const Visit& visit = session.visit;
  std::optional<Instant> next = visit.notice_until;
  const auto sooner = [&](const std::optional<Instant>& at) {
    if (at && (!next || *at < *next)) next = at;
  };
  if (visit.pending) return next;
  sooner(visit.idle.at);
  sooner(visit.idle.gone_at);
  if (const auto* identify = get_if<Identify>(&visit.screen); identify && identify->withheld)
    sooner(identify->shows_at);
  if (visit.choosing_language || visit.idle.gone_at) return next;
  if (const auto* price = get_if<PriceCheck>(&visit.screen)) sooner(price->leaves_at);
  if (const auto* done = get_if<WarrantyDone>(&visit.screen)) sooner(done->leaves_at);
  return next;
}

}  // namespace keepsake::flow

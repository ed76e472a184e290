// Who works at the store's tills: managers take people on, change them and let them go.
#include <algorithm>
#include <utility>

#include "kiosk/flow/customer/handlers.hpp"
#include "kiosk/flow/places.hpp"
#include "kiosk/flow/staff/handlers.hpp"
#include "storage/domain/staff/team.hpp"
#include "storage/domain/values/handle.hpp"
#include "storage/domain/values/tidy.hpp"

namespace keepsake::flow {
namespace {

void open_form(Turn& turn, StaffList& list, StaffForm form) {
  list.form = std::move(form);
  turn.s.visit.keys = KeyPage::letters;
  capitalise(turn, list.form->name);
}

/// The list as it is, here and for whoever is signed in.
void take_staff(Turn& turn, StaffList& list, std::vector<StaffEntry> staff) {
  list.staff = std::move(staff);
  list.loaded = true;
  auto& known = turn.s.device.staff.emplace();
  for (const StaffEntry& each : list.staff) known.push_back(each.member);
}

void staff_loaded(Turn& turn, StaffList& list, const StaffLoaded& answer) {
  if (!answer.staff.ok()) return turn.fail(answer.staff.error(), Kept::nothing_to_keep);
  take_staff(turn, list, *answer.staff);
}

/// Whether what the form says may be; else what is wrong was said.
bool can_save(Turn& turn, const StaffList& list, StaffRole role) {
  if (tidied(list.form->name).empty()) {
    turn.refuse("text.missing", Kept::form);
    return false;
  }
  const auto left = expect_manager_left(list.staff, list.form->id, role);
  if (!left.ok()) turn.fail(left.error(), Kept::nothing_to_keep);
  return left.ok();
}

StaffRole role_of(const StaffForm& form) {
  return form.manager ? StaffRole::manager : StaffRole::cashier;
}

void save(Turn& turn, const StaffForm& form, std::string pin) {
  turn.ask(ChangeStaff{{form.id, tidied(form.name), form.manager}, std::move(pin)});
}

/// Whose PIN it is types it, twice.
void submit_pin(Turn& turn, StaffForm& form) {
  PinStep step = take_step(*form.pin);
  if (!step.wrong.empty()) return turn.refuse(step.wrong);
  if (!step.pin.empty()) save(turn, form, std::move(step.pin));
}

void submit(Turn& turn, StaffList& list) {
  if (!list.form) return;
  StaffForm& form = *list.form;
  if (std::exchange(form.removing, false)) {
    turn.ask(RemoveStaff{form.id});
    return;
  }
  if (form.pin) return submit_pin(turn, form);
  if (!can_save(turn, list, role_of(form))) return;
  // Without a PIN somebody new could do nothing: they choose it now.
  if (form.id.empty())
    form.pin.emplace();
  else
    save(turn, form, {});
}

void ask_remove(Turn& turn, StaffList& list) {
  if (!list.form || list.form->pin || list.form->id.empty()) return;
  const auto left = expect_manager_left(list.staff, list.form->id, StaffRole::none);
  if (!left.ok()) return turn.fail(left.error(), Kept::nothing_to_keep);
  list.form->removing = true;
}

void changed(Turn& turn, StaffList& list, const StaffChanged& answer) {
  if (!answer.outcome.ok()) {
    // A PIN is typed anew.
    turn.fail(answer.outcome.error(),
              list.form && list.form->pin ? Kept::nothing_to_keep : Kept::form);
    if (answer.outcome.error().code != "staff.none") return;
    list.form.reset();  // they were removed at another till
    turn.ask(LoadStaff{});
    return;
  }
  list.form.reset();
  if (answer.staff)
    take_staff(turn, list, *answer.staff);
  else
    turn.ask(LoadStaff{});
  turn.emit(Sync{});
  turn.notify(Tone::good, "profile.saved");
  turn.play(Sound::good);
}

void typed(Turn& turn, const StaffList& list, const Event& event) {
  const Editing now = editing(turn.s.visit.screen);
  if (now.text == nullptr) return;
  if (const auto* type = get_if<Type>(&event)) {
    if (type_into(*now.text, now.field, type->utf8) != Typed::taken)
      turn.refuse("field.full", Kept::form);
  } else if (holds_alternative<Erase>(event)) {
    erase_last(*now.text);
  } else {
    now.text->clear();
  }
  if (now.field == Field::name) capitalise(turn, list.form->name);
}

/// Out of the innermost question first.
void back(Turn& turn, StaffList& list) {
  if (!list.form) return turn.staff_home();
  if (list.form->removing)
    list.form->removing = false;
  else if (list.form->pin)
    list.form->pin.reset();
  else
    list.form.reset();
}

}  // namespace

void to_staff_list(Turn& turn) {
  if (!turn.s.visit.staff->manager) return turn.staff_home();
  turn.leave_to(StaffList{});
  turn.ask(LoadStaff{});
}

void on(Turn& turn, StaffList& list, const Event& event) {
  handle(
      event, [&](const StaffLoaded& answer) { staff_loaded(turn, list, answer); },
      [&](const StaffChanged& answer) { changed(turn, list, answer); },
      [&](const AddStaffMember&) {
        if (list.loaded && !list.form) open_form(turn, list, {});
      },
      [&](const OpenStaffMember& open) {
        if (list.form || open.index >= list.staff.size()) return;
        const StaffMember& member = list.staff[open.index].member;
        open_form(turn, list, {member.id, member.name, member.manager});
      },
      [&](const ChooseRole& choose) {
        if (list.form && !list.form->pin && !list.form->removing)
          list.form->manager = choose.manager;
      },
      [&](const OpenPin&) {
        if (list.form && !list.form->pin && !list.form->removing &&
            can_save(turn, list, role_of(*list.form)))
          list.form->pin.emplace();
      },
      [&](const AskRemoveMember&) { ask_remove(turn, list); },
      [&](const Type&) { typed(turn, list, event); },
      [&](const Erase&) { typed(turn, list, event); },
      [&](const ClearField&) { typed(turn, list, event); },
      [&](const Submit&) { submit(turn, list); }, [&](const Back&) { back(turn, list); },
      [&](const Go& go) { go_to(turn, go.place); },
      [&](const Scan&) {
        turn.refuse("scan.not-here", list.form ? Kept::form : Kept::nothing_to_keep);
      });
}

}  // namespace keepsake::flow
